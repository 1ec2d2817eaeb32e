import { columnUnits } from "./fixed-point.ts";

/** Collects the spans of one pixel row and turns them into samples of 0–255. */
export interface CoverageRow {
  /** Adds a span from `start` to `end` (exclusive), in 1/256 px; parts outside the row are cut off. */
  readonly add: (start: number, end: number) => void;
  /** Writes the row to `out` at `offset` and is empty again. Samples without coverage are not touched. */
  readonly flush: (out: Uint8Array, offset: number) => void;
}

/**
 * A row of `width` pixels that is full where spans of `samples` sub-scanlines overlap; `samples` is a power of two.
 *
 * Only the two columns at each end of a span are recorded, as changes of coverage; between recorded columns the
 * coverage is constant and is written by one `fill`. The cost is that of the ends, not that of the width.
 */
export function coverageRow(width: number, samples: number): CoverageRow {
  const full = samples * columnUnits;
  const shift = 31 - Math.clz32(full);
  const limit = width * columnUnits;
  const change = new Int32Array(width + 2);
  const columns = columnSet(width + 2);

  const addEnd = (position: number, sign: number): void => {
    const column = position >> 8;
    const fraction = position & 255;
    change[column] = change[column]! + sign * (columnUnits - fraction);
    change[column + 1] = change[column + 1]! + sign * fraction;
    columns.add(column);
    columns.add(column + 1);
  };

  return {
    add(start, end) {
      const from = Math.max(0, start);
      const to = Math.min(limit, end);
      if (from >= to) return;
      addEnd(from, 1);
      addEnd(to, -1);
    },
    flush(out, offset) {
      const sorted = columns.takeSorted();
      let cover = 0;
      for (let i = 0; i < sorted.length; i++) {
        const column = sorted[i]!;
        cover += change[column]!;
        change[column] = 0;
        if (cover === 0) continue;
        const value = (cover * 255 + (full >> 1)) >> shift;
        const end = Math.min(width, sorted[i + 1] ?? width);
        // Most runs are one pixel long, which `fill` takes as long for as for a thousand.
        if (end === column + 1) out[offset + column] = value;
        else out.fill(value, offset + column, offset + end);
      }
    },
  };
}

/** A set of small integers that is emptied often. */
function columnSet(size: number) {
  const present = new Uint8Array(size);
  const list = new Int32Array(size);
  let count = 0;
  return {
    add(column: number): void {
      if (present[column] === 1) return;
      present[column] = 1;
      list[count++] = column;
    },
    /** The members in rising order, valid until the next `add`; the set is empty afterwards. */
    takeSorted(): Int32Array {
      const members = list.subarray(0, count);
      if (count > 32) members.sort();
      else insertionSort(members);
      for (const column of members) present[column] = 0;
      count = 0;
      return members;
    },
  };
}

// A row of a simple shape has a few dozen columns, where the native sort costs more to call than to run.
function insertionSort(values: Int32Array): void {
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    let at = i;
    while (at > 0 && values[at - 1]! > value) {
      values[at] = values[at - 1]!;
      at -= 1;
    }
    values[at] = value;
  }
}
