import type { ImageValue, Samples } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { sampleArrays } from "./sample-depth.ts";

/**
 * Where the pixels of a picture of the same size or with its sides exchanged come from: the source pixel of (x, y) is
 * `start` + x × `acrossX` + y × `downY`, counted row by row.
 */
interface Walk {
  readonly exchanged: boolean;
  readonly start: number;
  readonly acrossX: number;
  readonly downY: number;
}

/** The picture as a mirror shows it: left and right, or top and bottom, exchanged. */
export type Mirror = "horizontal" | "vertical";

/** Mirrors a picture; every sample is copied exactly. Yields progress (0–1). */
export function mirrorSteps(image: ImageValue, mirror: Mirror): Generator<number, ImageValue, void> {
  const { width, height } = image;
  return mirror === "horizontal"
    ? walk(image, { exchanged: false, start: width - 1, acrossX: -1, downY: width })
    : walk(image, { exchanged: false, start: (height - 1) * width, acrossX: 1, downY: -width });
}

/** Turns a picture clockwise by quarters of a turn; every sample is copied exactly. Yields progress (0–1). */
export function quarterTurnSteps(image: ImageValue, quarters: 1 | 2 | 3): Generator<number, ImageValue, void> {
  const { width, height } = image;
  const last = width * height - 1;
  switch (quarters) {
    case 1:
      return walk(image, { exchanged: true, start: (height - 1) * width, acrossX: -width, downY: 1 });
    case 2:
      return walk(image, { exchanged: false, start: last, acrossX: -1, downY: -width });
    case 3:
      return walk(image, { exchanged: true, start: width - 1, acrossX: width, downY: -1 });
  }
}

function* walk(image: ImageValue, { exchanged, start, acrossX, downY }: Walk): Generator<number, ImageValue, void> {
  const { channels, depth, data } = image;
  const width = exchanged ? image.height : image.width;
  const height = exchanged ? image.width : image.height;
  const out = new sampleArrays[depth](data.length);
  const length = width * channels;
  const step = acrossX * channels;
  yield* rowSteps({ height, cost: length }, (y) => {
    copyPixels(out.subarray(y * length, (y + 1) * length), data, {
      from: (start + y * downY) * channels,
      step,
      channels,
    });
  });
  return { ...image, width, height, data: out };
}

function copyPixels(
  row: Samples,
  data: Samples,
  { from, step, channels }: { readonly from: number; readonly step: number; readonly channels: number },
): void {
  for (let to = 0, at = from; to < row.length; to += channels, at += step) {
    for (let c = 0; c < channels; c++) row[to + c] = data[at + c]!;
  }
}
