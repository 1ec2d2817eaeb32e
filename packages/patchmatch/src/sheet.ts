/** Values that are known at some pixels only, of a picture or of a smaller version of it. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Interleaved. */
  readonly values: Float32Array;
  /** By pixel: how far the value is known, 0–1. */
  readonly known: Float32Array;
}

/** A sheet of which nothing is known. */
export function emptySheet(width: number, height: number, channels: number): Sheet {
  const pixels = width * height;
  return { width, height, channels, values: new Float32Array(pixels * channels), known: new Float32Array(pixels) };
}

/** Half the sheet, sides rounded up: a pixel is the mean of what is known among the up to four that it stands for. */
export function shrink(from: Sheet): Sheet {
  const { channels } = from;
  const to = emptySheet((from.width + 1) >> 1, (from.height + 1) >> 1, channels);
  for (let y = 0; y < from.height; y++) {
    for (let x = 0; x < from.width; x++) addPixel(from, y * from.width + x, to, (y >> 1) * to.width + (x >> 1));
  }
  for (let at = 0; at < to.known.length; at++) {
    const known = to.known[at]!;
    if (known === 0) continue;
    for (let i = at * channels; i < (at + 1) * channels; i++) to.values[i] = to.values[i]! / known;
    to.known[at] = Math.min(1, known);
  }
  return to;
}

function addPixel(from: Sheet, at: number, to: Sheet, target: number): void {
  const known = from.known[at]!;
  if (known === 0) return;
  const { channels } = from;
  to.known[target] = to.known[target]! + known;
  for (let c = 0; c < channels; c++) {
    const i = target * channels + c;
    to.values[i] = to.values[i]! + known * from.values[at * channels + c]!;
  }
}

/** Fills what is not known of a sheet from the complete sheet of half its size. */
export function complete(sheet: Sheet, half: Sheet): void {
  const { width, channels, values, known } = sheet;
  for (let at = 0; at < known.length; at++) {
    const own = known[at]!;
    if (own === 1) continue;
    for (let c = 0; c < channels; c++) {
      const i = at * channels + c;
      values[i] = own * values[i]! + (1 - own) * enlarged(half, at % width, Math.floor(at / width), c);
    }
    known[at] = 1;
  }
}

/** The value of a half-size sheet at the pixel (x, y) of the full size, bilinear. */
export function enlarged(half: Sheet, x: number, y: number, channel: number): number {
  const nearX = x >> 1;
  const nearY = y >> 1;
  const farX = Math.min(half.width - 1, Math.max(0, nearX + (x & 1) * 2 - 1));
  const farY = Math.min(half.height - 1, Math.max(0, nearY + (y & 1) * 2 - 1));
  const value = (px: number, py: number): number => half.values[(py * half.width + px) * half.channels + channel]!;
  return (9 * value(nearX, nearY) + 3 * value(farX, nearY) + 3 * value(nearX, farY) + value(farX, farY)) / 16;
}
