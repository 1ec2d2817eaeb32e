/**
 * Three running means over `count` samples in a line, edges replicated.
 * Samples are 0–65,535; each mean is rounded to the nearest integer.
 */
export interface LineBlur {
  /** Where the samples are put before and found after `run`. */
  readonly samples: Uint16Array;
  readonly run: () => void;
}

/** Makes a blur for lines of `count` samples; `halves` as `boxHalves` gives them. */
export function lineBlur(count: number, halves: readonly number[]): LineBlur {
  const pad = Math.max(...halves);
  let from = new Uint16Array(count + 2 * pad);
  let to = new Uint16Array(count + 2 * pad);
  const samples = new Uint16Array(count);
  return {
    samples,
    run() {
      from.set(samples, pad);
      for (const half of halves) {
        if (half === 0) continue;
        from.fill(from[pad]!, 0, pad);
        from.fill(from[pad + count - 1]!, pad + count);
        blurPadded(from, to, pad, count, half);
        [from, to] = [to, from];
      }
      samples.set(from.subarray(pad, pad + count));
    },
  };
}

function blurPadded(from: Uint16Array, to: Uint16Array, pad: number, count: number, half: number): void {
  const width = 2 * half + 1;
  const inverse = 1 / width;
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

/** As `LineBlur`, for `columns` vertical lines side by side, stored row by row so that memory is read in order. */
export interface StripBlur {
  /** `rows × columns` samples, where they are put before and found after `run`. */
  readonly samples: () => Uint16Array;
  readonly run: () => void;
}

/** Makes a blur for strips of `columns × rows` samples. */
export function stripBlur(columns: number, rows: number, halves: readonly number[]): StripBlur {
  let from = new Uint16Array(columns * rows);
  let to = new Uint16Array(columns * rows);
  const sums = new Int32Array(columns);
  return {
    samples: () => from,
    run() {
      for (const half of halves) {
        if (half === 0) continue;
        blurStrip(from, to, sums, rows, half);
        [from, to] = [to, from];
      }
    },
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
