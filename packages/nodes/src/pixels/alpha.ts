import type { ImageValue, MaskValue } from "@inlay/engine";
import { convertColours } from "./convert-colours.ts";
import { rowSteps } from "./row-steps.ts";
import { fullScale } from "./sample-depth.ts";
import { withAlpha } from "./with-alpha.ts";

/** A picture's alpha as a mask, rounded to 8 bits; 255 everywhere when it has none. Yields progress (0–1). */
export function* alphaMaskSteps({
  width,
  height,
  channels,
  depth,
  data,
}: ImageValue): Generator<number, MaskValue, void> {
  const mask = new Uint8Array(width * height);
  const scale = 255 / fullScale[depth];
  if (channels !== 4) mask.fill(255);
  else {
    yield* rowSteps({ height, cost: width * 4 }, (y) => {
      for (let i = y * width; i < (y + 1) * width; i++) {
        mask[i] = Math.min(255, Math.max(0, data[i * 4 + 3]! * scale)) + 0.5;
      }
    });
  }
  return { kind: "mask", width, height, data: mask };
}

/** The picture as RGBA with the mask as its alpha; colours stay as they are. Yields progress (0–1). */
export function* joinAlphaSteps(image: ImageValue, mask: MaskValue): Generator<number, ImageValue, void> {
  const { width, height, depth } = image;
  const opaque = withAlpha(convertColours(image, 3));
  const data = opaque === image ? image.data.slice() : opaque.data;
  const scale = fullScale[depth] / 255;
  yield* rowSteps({ height, cost: width * 4 }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) data[i * 4 + 3] = mask.data[i]! * scale;
  });
  return { ...opaque, data };
}
