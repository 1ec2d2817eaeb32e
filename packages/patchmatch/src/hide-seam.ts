import type { Picture } from "./picture.ts";
import { complete, emptySheet, enlarged, shrink, type Sheet } from "./sheet.ts";
import type { Votes } from "./vote.ts";

/** Larger differences come from something that ends at the hole, not from light; they count as this much. */
const greatestDifference = 24;

/**
 * Brings the light of the filled hole in line with its surroundings.
 *
 * The patches at the edge of the hole also vote on known pixels. What those pixels have more or less than the vote is
 * spread smoothly over the hole and added, as in seamless cloning (P. Pérez et al., "Poisson Image Editing", SIGGRAPH
 * 2003); the smooth surface is interpolated by pull and push over a pyramid (S. Gortler et al., "The Lumigraph",
 * SIGGRAPH 1996) instead of solving for it. Yields 0 between its parts.
 */
export function* hideSeam(picture: Picture, votes: Votes): Generator<number, void, void> {
  const sheets = [differences(picture, votes)];
  for (let last = sheets[0]!; last.width * last.height > 1; sheets.push(last)) {
    yield 0;
    last = shrink(last);
  }
  for (let i = sheets.length - 2; i >= 1; i--) {
    yield 0;
    complete(sheets[i]!, sheets[i + 1]!);
  }
  yield 0;
  // A picture of one pixel has nothing to take light from.
  if (sheets[1] !== undefined) addToHole(picture, sheets[1]);
}

/** What the known pixels that patches reach have more than the patches say. */
function differences({ width, height, channels, data, hole }: Picture, { sums, weights }: Votes): Sheet {
  const sheet = emptySheet(width, height, channels);
  for (let at = 0; at < hole.length; at++) {
    const weight = weights[at]!;
    if (hole[at] === 1 || weight === 0) continue;
    sheet.known[at] = 1;
    for (let i = at * channels; i < (at + 1) * channels; i++) {
      const difference = data[i]! - sums[i]! / weight;
      sheet.values[i] = Math.min(greatestDifference, Math.max(-greatestDifference, difference));
    }
  }
  return sheet;
}

function addToHole({ width, channels, data, hole }: Picture, half: Sheet): void {
  for (let at = 0; at < hole.length; at++) {
    if (hole[at] === 0) continue;
    for (let c = 0; c < channels; c++) {
      const i = at * channels + c;
      const value = data[i]! + enlarged(half, at % width, Math.floor(at / width), c);
      data[i] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
}
