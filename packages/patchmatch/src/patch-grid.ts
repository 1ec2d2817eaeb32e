import type { Picture } from "./picture.ts";

/**
 * All places of a square patch in a picture, each named by the index of its top-left pixel.
 * Every place is a source (holds no pixel of the hole) or a target (holds some).
 */
export interface PatchGrid {
  /** Side of a patch, pixels. */
  readonly size: number;
  /** Width of the picture, pixels: the distance from one row's index to the next. */
  readonly stride: number;
  /** Places in a row: `x` runs from 0 to `columns − 1`. */
  readonly columns: number;
  /** Rows of places. */
  readonly rows: number;
  /** 1 for the sources, indexed by place. */
  readonly isSource: Uint8Array;
  /** Rising. */
  readonly sources: Int32Array;
  /** Rising. */
  readonly targets: Int32Array;
}

/** The patches of the largest size, at most `maxSize`, that leaves a source; `undefined` when all is hole. */
export function patchGrid(picture: Picture, maxSize: number): PatchGrid | undefined {
  for (let size = Math.min(maxSize, picture.width, picture.height); size > 0; size--) {
    const grid = gridOfSize(picture, size);
    if (grid.sources.length > 0) return grid;
  }
  return undefined;
}

function gridOfSize({ width, height, hole }: Picture, size: number): PatchGrid {
  const columns = width - size + 1;
  const rows = height - size + 1;
  const counts = countHoles(hole, width, height, size);
  const isSource = new Uint8Array(width * height);
  const sources = new Int32Array(columns * rows);
  const targets = new Int32Array(columns * rows);
  let sourceCount = 0;
  let targetCount = 0;
  for (let y = 0; y < rows; y++) {
    for (let at = y * width; at < y * width + columns; at++) {
      if (counts[at] !== 0) targets[targetCount++] = at;
      else {
        isSource[at] = 1;
        sources[sourceCount++] = at;
      }
    }
  }
  const lists = { sources: sources.slice(0, sourceCount), targets: targets.slice(0, targetCount) };
  return { size, stride: width, columns, rows, isSource, ...lists };
}

/** For each place, how many pixels of its patch belong to the hole: running sums along rows, then along columns. */
function countHoles(hole: Uint8Array, width: number, height: number, size: number): Uint8Array {
  const across = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) {
      sum += hole[y * width + x]! - (x >= size ? hole[y * width + x - size]! : 0);
      if (x >= size - 1) across[y * width + x - size + 1] = sum;
    }
  }
  const counts = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) {
    let sum = 0;
    for (let y = 0; y < height; y++) {
      sum += across[y * width + x]! - (y >= size ? across[(y - size) * width + x]! : 0);
      if (y >= size - 1) counts[(y - size + 1) * width + x] = sum;
    }
  }
  return counts;
}
