import type { ImageValue } from "@inlay/engine";
import { rowSteps } from "../pixels/row-steps.ts";
import { fullScale } from "../pixels/sample-depth.ts";

/**
 * The colours of a picture, without alpha, as samples of 8 bits: rounded to the nearest, what lies outside the range
 * of floating point cut off. Yields its progress (0–1).
 */
export function* colourBytesSteps(image: ImageValue): Generator<number, Uint8Array, void> {
  const { data, width, height, channels, depth } = image;
  const colours = channels === 1 ? 1 : 3;
  const scale = 255 / fullScale[depth];
  const out = new Uint8Array(width * height * colours);
  yield* rowSteps({ height, cost: width * colours }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) {
      for (let c = 0; c < colours; c++) {
        out[i * colours + c] = Math.min(255, Math.max(0, data[i * channels + c]! * scale)) + 0.5;
      }
    }
  });
  return out;
}
