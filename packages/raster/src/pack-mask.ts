import { rasterError } from "./raster-error.ts";

/** Samples a step handles: a few milliseconds. */
const samplesPerStep = 2 ** 19;

/**
 * A mask's samples as text, short where the mask is even: base64 of a sequence of runs. Each sample stands as its
 * difference to the one above it (modulo 256; above the first row is 0). A run begins with a number, seven bits a byte,
 * the lowest first, the eighth bit set on all but the last byte: 2n for n zeros, 2n + 1 for n differences that follow.
 *
 * Throws `raster.bad-size` when `data.length` is not a multiple of `width`.
 *
 * @example
 * const edit = { tool: "import", mode: "add", size: [640, 480], data: packMask(mask, 640) };
 */
export function packMask(data: Uint8Array, width: number): string {
  if (!(width > 0) || data.length % width !== 0)
    throw rasterError("raster.bad-size", `${data.length} samples are no rows of ${width}.`);
  const bytes: number[] = [];
  const differenceAt = (at: number): number => (at < width ? data[at]! : (data[at]! - data[at - width]!) & 255);
  let at = 0;
  while (at < data.length) {
    let end = at;
    while (end < data.length && differenceAt(end) === 0) end += 1;
    if (end > at) {
      pushNumber(bytes, 2 * (end - at));
      at = end;
      continue;
    }
    // A pair of zeros ends a run of differences: a single one is cheaper inside of it.
    while (end < data.length && !(differenceAt(end) === 0 && (end + 1 === data.length || differenceAt(end + 1) === 0)))
      end += 1;
    pushNumber(bytes, 2 * (end - at) + 1);
    for (; at < end; at++) bytes.push(differenceAt(at));
  }
  return toBase64(bytes);
}

function pushNumber(bytes: number[], number: number): void {
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

/**
 * The samples that `packMask` wrote, in steps that yield their progress (0–1). Throws `raster.bad-stroke` when the text
 * is not one of so many samples; what a file says is never believed for how much memory to take beyond the size.
 */
export function* unpackMaskSteps(text: string, width: number, height: number): Generator<number, Uint8Array, void> {
  const bytes = fromBase64(text);
  const out = new Uint8Array(width * height);
  let from = 0;
  let at = 0;
  while (from < bytes.length) {
    let number = 0;
    let unit = 1;
    for (; from < bytes.length && bytes[from]! >= 128; from++, unit *= 128) number += (bytes[from]! - 128) * unit;
    number += (bytes[from++] ?? 0) * unit;
    const count = Math.floor(number / 2);
    const isLiteral = number % 2 === 1;
    if (count > out.length - at || (isLiteral && count > bytes.length - from)) throw badData();
    if (isLiteral) out.set(bytes.subarray(from, from + count), at);
    if (isLiteral) from += count;
    at += count;
  }
  if (at !== out.length) throw badData();
  for (let i = width; i < out.length; i++) {
    out[i] = out[i]! + out[i - width]!;
    if (i % samplesPerStep === 0) yield i / out.length;
  }
  return out;
}

function badData(): Error {
  return rasterError("raster.bad-stroke", "The stroke cannot be drawn: its `data` is not a mask of its `size`.");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function toBase64(bytes: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const word = a * 65_536 + b * 256 + c;
    const left = bytes.length - i;
    parts.push(
      alphabet[word >> 18]! +
        alphabet[(word >> 12) & 63]! +
        (left > 1 ? alphabet[(word >> 6) & 63]! : "=") +
        (left > 2 ? alphabet[word & 63]! : "="),
    );
  }
  return parts.join("");
}

const codes = new Int8Array(128).fill(-1);
for (let i = 0; i < alphabet.length; i++) codes[alphabet.charCodeAt(i)] = i;

function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw badData();
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  let to = 0;
  for (let i = 0; i < text.length; i += 4) {
    let word = 0;
    for (let j = i; j < i + 4; j++) {
      const isPadding = j >= text.length - padding;
      const code = isPadding ? 0 : (codes[text.charCodeAt(j)] ?? -1);
      if (code < 0) throw badData();
      word = word * 64 + code;
    }
    for (let shift = 16; shift >= 0 && to < out.length; shift -= 8) out[to++] = (word >> shift) & 255;
  }
  return out;
}
