import type { Samples } from "@inlay/engine";

/** Samples of one picture: `stride` a pixel, of which the first one or three are colours. */
export interface Layer<S extends Samples = Samples> {
  readonly data: S;
  readonly stride: 1 | 3 | 4;
}

/** Pixels a step handles: a few milliseconds at most. */
const pixelsPerStep = 2 ** 20;

/**
 * Blends the colours of `over` into `out`, in place, by a weight of 0–255 for each pixel; alpha of `out` stays.
 * Yields its progress (0–1). Both layers have the same kind of samples and the same number of colours.
 *
 * Integers: (o × (255 − w) + v × w + 127) ÷ 255, cut to an integer, which is the nearest one; floating point:
 * o + (v − o) × w ÷ 255. With weight 0 nothing is written; with weight 255 the samples of `over` are copied bit for
 * bit.
 */
export function* blendSteps(out: Layer, over: Layer, weights: Uint8Array): Generator<number, void, void> {
  const blend = blendOf(out, over);
  for (let start = 0; start < weights.length; start += pixelsPerStep) {
    const end = Math.min(weights.length, start + pixelsPerStep);
    blend(weights, start, end);
    yield end / weights.length;
  }
}

type Blend = (weights: Uint8Array, start: number, end: number) => void;

function blendOf(out: Layer, over: Layer): Blend {
  if (isBytes(out) && isBytes(over)) return (weights, start, end) => blendBytes(out, over, weights, start, end);
  if (out.data instanceof Float32Array) return (weights, start, end) => blendFloats(out, over, weights, start, end);
  return (weights, start, end) => blendIntegers(out, over, weights, start, end);
}

function isBytes(layer: Layer): layer is Layer<Uint8Array> {
  return layer.data instanceof Uint8Array;
}

// Three loops rather than one with a function a sample: each is compiled for one kind of array, five times as fast.

function blendBytes(
  { data: out, stride }: Layer<Uint8Array>,
  { data: over, stride: overStride }: Layer<Uint8Array>,
  weights: Uint8Array,
  start: number,
  end: number,
): void {
  const whole = stride === overStride && stride < 4;
  for (let i = start; i < end; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    if (w === 255 && whole) {
      const first = i;
      while (i + 1 < end && weights[i + 1] === 255) i += 1;
      out.set(over.subarray(first * stride, (i + 1) * stride), first * stride);
      continue;
    }
    const to = i * stride;
    const from = i * overStride;
    out[to] = divide255(out[to]! * (255 - w) + over[from]! * w + 127);
    if (stride === 1) continue;
    out[to + 1] = divide255(out[to + 1]! * (255 - w) + over[from + 1]! * w + 127);
    out[to + 2] = divide255(out[to + 2]! * (255 - w) + over[from + 2]! * w + 127);
  }
}

/** ⌊n ÷ 255⌋ for integers of 0–65,535 without a division: 0x8081 ÷ 2²³ is just above 1 ÷ 255. */
function divide255(n: number): number {
  return Math.imul(n, 0x8081) >>> 23;
}

function blendIntegers(out: Layer, over: Layer, weights: Uint8Array, start: number, end: number): void {
  const colours = Math.min(3, out.stride);
  for (let i = start; i < end; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    for (let c = 0; c < colours; c++) {
      const to = i * out.stride + c;
      out.data[to] = (out.data[to]! * (255 - w) + over.data[i * over.stride + c]! * w + 127) / 255;
    }
  }
}

function blendFloats(out: Layer, over: Layer, weights: Uint8Array, start: number, end: number): void {
  const colours = Math.min(3, out.stride);
  for (let i = start; i < end; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    for (let c = 0; c < colours; c++) {
      const to = i * out.stride + c;
      const value = over.data[i * over.stride + c]!;
      out.data[to] = w === 255 ? value : out.data[to]! + ((value - out.data[to]!) * w) / 255;
    }
  }
}
