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
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  // Comparing samples as they are takes a third of the time of scaling each of them first.
  const [red, greens, blues] = target.map((level) => rangeOf(level, tolerance + rounding, 255 / fullScale[depth]));
  const [redLow, redHigh] = red!;
  const [greenLow, greenHigh] = greens!;
  const [blueLow, blueHigh] = blues!;
  yield* rowSteps({ height, cost: width * channels }, (y) => {
    const end = (y + 1) * width;
    for (let i = y * width, at = i * channels; i < end; i++, at += channels) {
      const first = data[at]!;
      if (first < redLow || first > redHigh) continue;
      const second = data[at + green]!;
      if (second < greenLow || second > greenHigh) continue;
      const third = data[at + blue]!;
      if (third >= blueLow && third <= blueHigh) out[i] = 255;
    }
  });
  return out;
}

/** The least and the largest sample that is near enough. */
function rangeOf(level: number, limit: number, scale: number): readonly [number, number] {
  return [(level - limit) / scale, (level + limit) / scale];
}
