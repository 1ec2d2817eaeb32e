/** Positions from `start` up to, not including, `end`. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a line of `count` positions that a blur of the given reach can change: everything within `reach` of a
 * change, that is, of a position that differs from the one before it. They are in rising order and at least `reach`
 * apart from the next change, so blurring a window alone, its end samples repeated, gives what blurring the line gives.
 */
export function changedWindows(count: number, reach: number, changesAt: (position: number) => boolean): Window[] {
  const windows: Window[] = [];
  let start = -1;
  let end = -1;
  for (let i = 1; i < count; i++) {
    if (!changesAt(i)) continue;
    if (start >= 0 && i - reach > end + reach) {
      windows.push({ start, end });
      start = -1;
    }
    if (start < 0) start = Math.max(0, i - reach - 1);
    end = Math.min(count, i + reach + 1);
  }
  if (start >= 0) windows.push({ start, end });
  return windows;
}
