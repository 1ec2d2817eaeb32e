import { EngineError, type ImageValue, type MaskValue } from "@inlay/engine";
import { blendSteps } from "./blend.ts";
import { convertColours } from "./convert-colours.ts";
import { convertDepth } from "./convert-depth.ts";
import { fullScale } from "./sample-depth.ts";

export interface Composition {
  readonly background: ImageValue;
  readonly foreground: ImageValue;
  readonly mask: MaskValue;
  /** 0–1; default 1. */
  readonly opacity?: number;
}

/**
 * Lays the foreground over the background where the mask selects, as a new picture in the background's format: its
 * channels, its depth, its alpha, its metadata. Yields progress (0–1).
 *
 * - Where the mask is 0, the samples are the background's, bit for bit.
 * - Where it is 255, with opacity 1 and an opaque foreground, they are the foreground's (converted to the background's
 *   depth and colours).
 * - Between, the formula of `blendSteps` with the weight mask × opacity × the foreground's alpha, in steps of 1 ÷ 255.
 *
 * Throws `image.size-mismatch` unless all three have one size.
 */
export function* compositeSteps(composition: Composition): Generator<number, ImageValue, void> {
  const { background, foreground, mask, opacity = 1 } = composition;
  checkSizes(composition);
  const weights = weightsOf(mask.data, foreground, opacity);
  const over = convertDepth(convertColours(foreground, background.channels === 1 ? 1 : 3), background.depth);
  const data = background.data.slice();
  yield* blendSteps({ data, stride: background.channels }, { data: over.data, stride: over.channels }, weights);
  return { ...background, data };
}

function checkSizes({ background, foreground, mask }: Composition): void {
  for (const [name, other] of Object.entries({ foreground, mask })) {
    if (other.width === background.width && other.height === background.height) continue;
    throw new EngineError({
      code: "image.size-mismatch",
      message: `The ${name} and the background have different sizes.`,
      input: name,
      expected: `${background.width} × ${background.height} pixels, as the background`,
      received: `${other.width} × ${other.height} pixels`,
    });
  }
}

/** Mask × opacity × alpha, each product rounded to the nearest 1 ÷ 255. The mask itself when both are 1. */
function weightsOf(mask: Uint8Array, foreground: ImageValue, opacity: number): Uint8Array {
  const scaled = opacity === 1 ? mask : scale(mask, opacity);
  return foreground.channels === 4 ? timesAlpha(scaled, foreground) : scaled;
}

function scale(mask: Uint8Array, opacity: number): Uint8Array {
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.round(value * opacity));
  const out = new Uint8Array(mask.length);
  for (let i = 0; i < out.length; i++) out[i] = table[mask[i]!]!;
  return out;
}

function timesAlpha(mask: Uint8Array, { data, depth }: ImageValue): Uint8Array {
  const out = new Uint8Array(mask.length);
  const opaque = fullScale[depth];
  for (let i = 0, alpha = 3; i < out.length; i++, alpha += 4) out[i] = (mask[i]! * data[alpha]!) / opaque + 0.5;
  return out;
}
