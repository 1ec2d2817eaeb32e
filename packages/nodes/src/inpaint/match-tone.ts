import type { ImageValue } from "@inlay/engine";
import { rowSteps } from "../pixels/row-steps.ts";
import { fullScale, sampleArrays } from "../pixels/sample-depth.ts";

/** A linear change of each colour: `gain` × sample + `offset`, the offset as a share of full scale. */
export interface Tone {
  readonly gain: readonly number[];
  readonly offset: readonly number[];
}

export interface ToneQuestion {
  readonly image: ImageValue;
  /** How the picture should look; of the same size and as many colours, at any depth. */
  readonly reference: ImageValue;
  /** By pixel, above 0 where both show the same thing. */
  readonly compared: Uint8Array;
}

/** Fewer pixels say nothing about a tone. */
const leastPixels = 16;
/** Levels of 255, squared: where colours vary less than this, a gain would be noise, so that it stays near 1. */
const ridge = (4 / 255) ** 2;
/** What differs by more than this, and by more than three standard deviations, shows something else. */
const leastOutlier = 4 / 255;
const mostGain = 2;

/**
 * The tone that brings a picture closest to another one where both show the same thing: least squares for each colour,
 * once over all compared pixels and once more without those that do not follow. Samples at either end of the scale are
 * left out, since they may be cut off. The same colours give gain 1 and offset 0 exactly. Yields progress (0–1).
 */
export function* measureToneSteps(question: ToneQuestion): Generator<number, Tone, void> {
  const first = yield* fitSteps(question, undefined, 0);
  return (yield* fitSteps(question, first, 0.5)).tone;
}

/** The picture in that tone; its alpha stays. Yields progress (0–1). The same object when the tone changes nothing. */
export function* applyToneSteps(image: ImageValue, { gain, offset }: Tone): Generator<number, ImageValue, void> {
  if (gain.every((factor) => factor === 1) && offset.every((shift) => shift === 0)) return image;
  const { width, height, channels, depth } = image;
  const colours = Math.min(3, channels);
  const top = fullScale[depth];
  const half = depth === "f32" ? 0 : 0.5;
  const data = new sampleArrays[depth](image.data);
  yield* rowSteps({ height, cost: width * channels }, (y) => {
    for (let at = y * width * channels; at < (y + 1) * width * channels; at += channels) {
      for (let c = 0; c < colours; c++) {
        data[at + c] = Math.min(top, Math.max(0, data[at + c]! * gain[c]! + offset[c]! * top)) + half;
      }
    }
  });
  return { ...image, data };
}

/** A part of a tone: 0 leaves everything as it is, 1 is the whole. */
export function weakenTone({ gain, offset }: Tone, amount: number): Tone {
  return { gain: gain.map((factor) => 1 + (factor - 1) * amount), offset: offset.map((shift) => shift * amount) };
}

/** A fit, and how far from it a sample may lie to count in the next. */
interface Fit {
  readonly tone: Tone;
  readonly reach: readonly number[];
}

function* fitSteps(question: ToneQuestion, before: Fit | undefined, done: number): Generator<number, Fit, void> {
  const { image, compared } = question;
  const colours = Math.min(3, image.channels);
  const sums = Array.from({ length: colours }, () => new Sums());
  const { width, height } = image;
  for (const progress of rowSteps({ height, cost: width * colours }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) if (compared[i]! > 0) addPixel(sums, question, i, before);
  })) {
    yield done + progress / 2;
  }
  const fits = sums.map((sum) => sum.fit());
  return {
    tone: { gain: fits.map(({ gain }) => gain), offset: fits.map(({ offset }) => offset) },
    reach: fits.map(({ deviation }) => Math.max(leastOutlier, 3 * deviation)),
  };
}

function addPixel(sums: readonly Sums[], { image, reference }: ToneQuestion, pixel: number, before?: Fit): void {
  for (let c = 0; c < sums.length; c++) {
    const x = image.data[pixel * image.channels + c]! / fullScale[image.depth];
    const y = reference.data[pixel * reference.channels + c]! / fullScale[reference.depth];
    if (x <= 0 || x >= 1 || y <= 0 || y >= 1) continue;
    if (before && Math.abs(before.tone.gain[c]! * x + before.tone.offset[c]! - y) > before.reach[c]!) continue;
    sums[c]!.add(x, y);
  }
}

/** The sums of a line's least squares. */
class Sums {
  #n = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #xy = 0;
  #yy = 0;

  add(x: number, y: number): void {
    this.#n += 1;
    this.#x += x;
    this.#y += y;
    this.#xx += x * x;
    this.#xy += x * y;
    this.#yy += y * y;
  }

  /** `y ≈ gain × x + offset`, the gain drawn towards 1, and the standard deviation of what is left. */
  fit(): { readonly gain: number; readonly offset: number; readonly deviation: number } {
    const n = this.#n;
    if (n < leastPixels) return { gain: 1, offset: 0, deviation: 1 };
    const [x, y] = [this.#x / n, this.#y / n];
    const [xx, xy, yy] = [this.#xx / n - x * x, this.#xy / n - x * y, this.#yy / n - y * y];
    const gain = Math.min(mostGain, Math.max(1 / mostGain, (xy + ridge) / (xx + ridge)));
    const left = yy - 2 * gain * xy + gain * gain * xx;
    return { gain, offset: y - gain * x, deviation: Math.sqrt(Math.max(0, left)) };
  }
}
