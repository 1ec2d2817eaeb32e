import type { ImageValue } from "@inlay/engine";
import { rowSteps } from "../pixels/row-steps.ts";
import { fullScale } from "../pixels/sample-depth.ts";
import type { MaskSteps } from "./run-mask.ts";

/** What a mask can be read from: brightness, one of the colours, or opacity. */
export const channelNames = ["luminance", "red", "green", "blue", "alpha"] as const;

export type ChannelName = (typeof channelNames)[number];

/**
 * One channel of a picture as a mask's samples: 0–255, rounded to the nearest, whatever the picture's depth. Luminance
 * is the luma of ITU-R BT.709, 0.2126 R + 0.7152 G + 0.0722 B over the samples as stored. A grey picture has the same
 * sample in all its colours; a picture without alpha is opaque.
 */
export function* channelSteps(image: ImageValue, channel: ChannelName): MaskSteps {
  const { width, height, channels } = image;
  const out = new Uint8Array(width * height);
  if (channel === "alpha" && channels !== 4) return out.fill(255);
  const read = channel === "luminance" && channels > 1 ? readLuma : readSamples;
  const first = channels === 1 ? 0 : offsets[channel];
  yield* rowSteps({ height, cost: width * channels }, (y) => read(image, first, out, y * width));
  return out;
}

const offsets: Readonly<Record<ChannelName, number>> = { luminance: 0, red: 0, green: 1, blue: 2, alpha: 3 };

/** Writes a row of `out` from its position `start` on. */
function readSamples(
  { data, width, channels, depth }: ImageValue,
  first: number,
  out: Uint8Array,
  start: number,
): void {
  const scale = 255 / fullScale[depth];
  for (let i = start; i < start + width; i++) out[i] = toByte(data[i * channels + first]! * scale);
}

function readLuma({ data, width, channels, depth }: ImageValue, first: number, out: Uint8Array, start: number): void {
  const scale = 255 / fullScale[depth];
  for (let i = start; i < start + width; i++) {
    const at = i * channels + first;
    out[i] = toByte((0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!) * scale);
  }
}

/** Storing drops the fraction, so that adding a half rounds; samples of floating point may lie outside the range. */
function toByte(level: number): number {
  return Math.min(255, Math.max(0, level)) + 0.5;
}
