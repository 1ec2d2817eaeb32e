import { EngineError, type ImageValue } from "@inlay/engine";
import { convertColours } from "./convert-colours.ts";
import { convertDepth } from "./convert-depth.ts";
import { rowSteps } from "./row-steps.ts";
import { fullScale, sampleArrays } from "./sample-depth.ts";
import { describeSize, sameSize } from "./size.ts";
import { withAlpha } from "./with-alpha.ts";

export interface Comparison {
  /** Where the pictures differ: |a − b| × amplify for each colour, or the difference in alpha where that is larger. */
  readonly image: ImageValue;
  /** The largest |a − b| of all samples, in levels of 0–255. */
  readonly max: number;
  /** The mean |a − b|, in levels of 0–255. */
  readonly mean: number;
  /** Mean of (a − b)², in squared levels of 0–255. */
  readonly meanSquare: number;
  /** Samples that differ by more than the tolerance. */
  readonly differing: number;
  /** Samples that were compared: pixels × channels. */
  readonly samples: number;
}

export interface CompareOptions {
  /** In levels of 0–255. */
  readonly tolerance: number;
  readonly amplify: number;
}

/**
 * Compares two pictures of one size sample by sample, alpha too. Where their formats differ, both are taken as the
 * richer one: the greater depth, colour rather than grey, alpha rather than none (which counts as opaque).
 * Yields progress (0–1). Throws `image.size-mismatch`.
 */
export function* compareSteps(
  first: ImageValue,
  second: ImageValue,
  { tolerance, amplify }: CompareOptions,
): Generator<number, Comparison, void> {
  const [a, b] = alike(first, second);
  const { width, height, channels, depth } = a;
  const colours = channels === 1 ? 1 : 3;
  const image = { ...a, channels: colours, data: new sampleArrays[depth](width * height * colours) } as const;
  const level = 255 / fullScale[depth];
  const total = { max: 0, sum: 0, squares: 0, differing: 0 };
  yield* rowSteps({ height, cost: width * channels * 2 }, (y) => {
    for (let i = y * width * channels; i < (y + 1) * width * channels; i++) {
      const difference = Math.abs(a.data[i]! - b.data[i]!) * level;
      if (difference === 0) continue;
      total.max = Math.max(total.max, difference);
      total.sum += difference;
      total.squares += difference * difference;
      if (difference > tolerance) total.differing += 1;
    }
    showDifference(image, y, { a, b, amplify });
  });
  const samples = a.data.length;
  const { max, sum, squares, differing } = total;
  return { image, max, mean: sum / samples, meanSquare: squares / samples, differing, samples };
}

interface Pair {
  readonly a: ImageValue;
  readonly b: ImageValue;
  readonly amplify: number;
}

function showDifference({ data, width, channels, depth }: ImageValue, y: number, { a, b, amplify }: Pair): void {
  const top = fullScale[depth];
  const stride = a.channels;
  const half = depth === "f32" ? 0 : 0.5;
  for (let pixel = y * width; pixel < (y + 1) * width; pixel++) {
    const from = pixel * stride;
    const alpha = stride === 4 ? Math.abs(a.data[from + 3]! - b.data[from + 3]!) : 0;
    for (let c = 0; c < channels; c++) {
      const difference = Math.max(alpha, Math.abs(a.data[from + c]! - b.data[from + c]!));
      data[pixel * channels + c] = Math.min(top, difference * amplify) + half;
    }
  }
}

const depths = ["u8", "u16", "f32"] as const;

function alike(a: ImageValue, b: ImageValue): readonly [ImageValue, ImageValue] {
  if (!sameSize(a, b)) throw sizeMismatch(a, b);
  const depth = depths[Math.max(depths.indexOf(a.depth), depths.indexOf(b.depth))]!;
  const channels = Math.max(a.channels, b.channels);
  const rich = (image: ImageValue) => {
    const deep = convertDepth(image, depth);
    return channels === 4 ? withAlpha(deep) : convertColours(deep, channels === 1 ? 1 : 3);
  };
  return [rich(a), rich(b)];
}

function sizeMismatch(a: ImageValue, b: ImageValue): EngineError {
  return new EngineError({
    code: "image.size-mismatch",
    message: "The pictures have different sizes, so that their samples cannot be compared.",
    input: "b",
    expected: `${describeSize(a)}, as the first picture`,
    received: describeSize(b),
  });
}
