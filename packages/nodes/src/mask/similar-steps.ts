import type { ImageValue } from "@inlay/engine";
import { rowSteps } from "../pixels/row-steps.ts";
import { fullScale } from "../pixels/sample-depth.ts";
import type { MaskSteps } from "./run-mask.ts";

/** Red, green and blue on the scale of 0–255, fractions allowed. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The colour of one pixel; a grey one has it three times. */
export function colourAt({ data, width, channels, depth }: ImageValue, x: number, y: number): Rgb {
  const at = (y * width + x) * channels;
  const scale = 255 / fullScale[depth];
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  return [data[at]! * scale, data[at + green]! * scale, data[at + blue]! * scale];
}

/** Keeps the rounding of floating-point samples from mattering; far below one step of 16 bits. */
const rounding = 1e-3;

/**
 * 255 for every pixel none of whose colours is further than `tolerance` (0–255) from the target's, else 0. Alpha is
 * ignored.
 */
export function* similarSteps(image: ImageValue, target: Rgb, tolerance: number): MaskSteps {
  const { data, width, height, channels, depth } = image;
  const out = new Uint8Array(width * height);
  const scale = 255 / fullScale[depth];
  const limit = tolerance + rounding;
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  yield* rowSteps({ height, cost: width * channels }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) {
      const at = i * channels;
      const similar =
        Math.abs(data[at]! * scale - target[0]) <= limit &&
        Math.abs(data[at + green]! * scale - target[1]) <= limit &&
        Math.abs(data[at + blue]! * scale - target[2]) <= limit;
      if (similar) out[i] = 255;
    }
  });
  return out;
}
