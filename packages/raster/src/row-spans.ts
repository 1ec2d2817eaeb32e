import type { RowSpan } from "./mask-edit.ts";
import { checkSize } from "./raster-error.ts";

/**
 * The selected pixels of a hard mask (those above 0) as spans of rows, from top to bottom and left to right.
 *
 * @example
 * toRowSpans(Uint8Array.of(0, 255, 255, 0, 255, 0), 3, 2); // [[0, 1, 2], [1, 1, 1]]
 */
export function toRowSpans(data: Uint8Array, width: number, height: number): RowSpan[] {
  checkSize(width, height, data.length);
  const spans: RowSpan[] = [];
  let lastRow = 0;
  let lastEnd = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (data[row + x] === 0) continue;
      const start = x;
      while (x < width && data[row + x] !== 0) x += 1;
      const isSame = y === lastRow && spans.length > 0;
      spans.push([spans.length === 0 ? y : y - lastRow, start - (isSame ? lastEnd : 0), x - start]);
      [lastRow, lastEnd] = [y, x];
    }
  }
  return spans;
}

/** Calls back with each span as positions in a mask of that size, `start` up to `end`; what lies outside is left out. */
export function eachSpan(
  spans: readonly RowSpan[],
  width: number,
  height: number,
  call: (start: number, end: number) => void,
): void {
  let y = 0;
  let x = 0;
  for (const [rows, gap, length] of spans) {
    if (rows > 0) x = 0;
    y += rows;
    x += gap;
    const end = Math.min(width, x + length);
    if (y < height && x < end) call(y * width + x, y * width + end);
    x += length;
  }
}
