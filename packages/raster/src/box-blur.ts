import type { Window } from "./changed-windows.ts";

/**
 * Blurs a part of a line in place by running means, one for each half width h (2h + 1 samples wide), as if the part's
 * end samples were repeated for ever. Samples are 0–65,535; each mean is rounded to the nearest integer.
 */
export type LineBlur = (samples: Uint16Array, part: Window) => void;

/** Makes a blur for parts of at most `length` samples. */
export function lineBlur(length: number, halves: readonly number[]): LineBlur {
  const pad = Math.max(...halves);
  let from = new Uint16Array(length + 2 * pad);
  let to = new Uint16Array(length + 2 * pad);
  return (samples, part) => {
    const count = part.end - part.start;
    from.set(samples.subarray(part.start, part.end), pad);
    for (const half of halves) {
      if (half === 0) continue;
      from.fill(from[pad]!, 0, pad);
      from.fill(from[pad + count - 1]!, pad + count, count + 2 * pad);
      blurPadded(from, to, pad, count, half);
      [from, to] = [to, from];
    }
    samples.set(from.subarray(pad, pad + count), part.start);
  };
}

function blurPadded(from: Uint16Array, to: Uint16Array, pad: number, count: number, half: number): void {
  const inverse = 1 / (2 * half + 1);
  // Sums stay integers below 2^30. The extra 0.5 keeps every quotient at least 0.5 / width away from the next
  // integer, so the product with the rounded inverse truncates to the exact quotient.
  const rounding = half + 0.5;
  let sum = 0;
  for (let i = pad - half; i < pad + half; i++) sum += from[i]!;
  for (let i = pad; i < pad + count; i++) {
    sum += from[i + half]!;
    to[i] = ((sum + rounding) * inverse) | 0;
    sum -= from[i - half]!;
  }
}

/**
 * Makes the same blur for many vertical lines side by side: parts are rows of `columns` samples each, at most `maxRows`
 * of them, stored one after the other.
 */
export function stripBlur(columns: number, maxRows: number, halves: readonly number[]): LineBlur {
  const first = new Uint16Array(columns * maxRows);
  const second = new Uint16Array(columns * maxRows);
  const sums = new Int32Array(columns);
  return (samples, part) => {
    const rows = part.end - part.start;
    let from = first;
    let to = second;
    from.set(samples.subarray(part.start * columns, part.end * columns));
    for (const half of halves) {
      if (half === 0) continue;
      blurStrip(from, to, sums, rows, half);
      [from, to] = [to, from];
    }
    samples.set(from.subarray(0, rows * columns), part.start * columns);
  };
}

function blurStrip(from: Uint16Array, to: Uint16Array, sums: Int32Array, rows: number, half: number): void {
  const columns = sums.length;
  const inverse = 1 / (2 * half + 1);
  const rounding = half + 0.5;
  const last = rows - 1;
  sums.fill(0);
  for (let y = -half; y < half; y++) addRow(sums, from, Math.min(last, Math.max(0, y)) * columns);
  for (let y = 0; y < rows; y++) {
    const row = y * columns;
    const entering = Math.min(last, y + half) * columns;
    const leaving = Math.max(0, y - half) * columns;
    for (let x = 0; x < columns; x++) {
      const sum = sums[x]! + from[entering + x]!;
      to[row + x] = ((sum + rounding) * inverse) | 0;
      sums[x] = sum - from[leaving + x]!;
    }
  }
}

function addRow(sums: Int32Array, from: Uint16Array, row: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = sums[x]! + from[row + x]!;
}
