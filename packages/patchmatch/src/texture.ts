import type { Picture } from "./picture.ts";

/** How much a step of brightness from one pixel to the next counts beside a difference of colour. */
const gain = 4;

/** Stands for the brightness of a pixel of the hole. */
const unknown = -1;

/**
 * The picture with two more channels that say how rough it is: the steps of brightness along x and along y.
 *
 * On a small picture fine texture has been averaged away, and smooth areas would be taken for it; these channels keep
 * it apart when they are averaged too (A. Newson et al., "Video Inpainting of Complex Scenes", SIIMS 2014).
 */
export function withTexture(picture: Picture): Picture {
  const { width, height, hole } = picture;
  const channels = picture.channels + 2;
  const light = brightness(picture);
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const to = at * channels;
      for (let c = 0; c < channels - 2; c++) data[to + c] = picture.data[at * (channels - 2) + c]!;
      data[to + channels - 2] = roughness(light, at, x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at);
      data[to + channels - 1] = roughness(light, at, y > 0 ? at - width : at, y < height - 1 ? at + width : at);
    }
  }
  return { width, height, channels, data, hole };
}

/** The mean of each known pixel's channels. */
function brightness({ channels, data, hole }: Picture): Int16Array {
  const light = new Int16Array(hole.length).fill(unknown);
  for (let at = 0; at < hole.length; at++) {
    if (hole[at] === 1) continue;
    let sum = 0;
    for (let i = at * channels; i < (at + 1) * channels; i++) sum += data[i]!;
    light[at] = Math.floor(sum / channels);
  }
  return light;
}

/** The larger of the steps to the two neighbours that are known, times `gain`. */
function roughness(light: Int16Array, at: number, before: number, after: number): number {
  const own = light[at]!;
  if (own === unknown) return 0;
  const back = light[before] === unknown ? 0 : Math.abs(own - light[before]!);
  const ahead = light[after] === unknown ? 0 : Math.abs(own - light[after]!);
  return Math.min(255, gain * Math.max(back, ahead));
}
