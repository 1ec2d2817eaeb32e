import { EngineError, type ImageValue } from "@inlay/engine";
import { blendFunctions, type BlendFunction, type BlendMode } from "./blend-modes.ts";
import { convertColours } from "./convert-colours.ts";
import { convertDepth } from "./convert-depth.ts";
import { rowSteps } from "./row-steps.ts";
import { fullScale } from "./sample-depth.ts";
import { describeSize, sameSize } from "./size.ts";

export interface Blending {
  readonly background: ImageValue;
  readonly foreground: ImageValue;
  readonly mode: BlendMode;
  /** 0–1: weakens the foreground. */
  readonly opacity: number;
}

/**
 * Blends a picture over another of the same size, as W3C's Compositing and Blending Level 1 says for "source over":
 * with the foreground's alpha times opacity as αs, the background's as αb and the mode's function B,
 *
 * - αo = αs + αb × (1 − αs)
 * - co × αo = αs × ((1 − αb) × cs + αb × B(cb, cs)) + (1 − αs) × αb × cb
 *
 * over the samples as stored, rounded for integers. The result has the background's depth and metadata, is grey only
 * if both are, and has alpha if the background has. Where αs is 0 the background's samples stay bit for bit.
 * Yields progress (0–1). Throws `image.size-mismatch`.
 */
export function* blendImagesSteps(blending: Blending): Generator<number, ImageValue, void> {
  const { background, foreground, mode, opacity } = blending;
  checkSizes(blending);
  const colours = background.channels === 1 && foreground.channels === 1 ? 1 : 3;
  const below = convertColours(background, colours);
  const above = convertDepth(convertColours(foreground, colours), background.depth);
  const out = { ...below, data: below.data.slice() };
  const blend = rowBlender({ out, above, blend: blendFunctions[mode], opacity });
  yield* rowSteps({ height: out.height, cost: out.width * out.channels }, blend);
  return out;
}

function checkSizes({ background, foreground }: Blending): void {
  if (sameSize(background, foreground)) return;
  throw new EngineError({
    code: "image.size-mismatch",
    message: "The foreground and the background have different sizes.",
    input: "foreground",
    expected: `${describeSize(background)}, as the background`,
    received: describeSize(foreground),
    suggestion: "Bring it to that size with Resize Image.",
  });
}

interface Layers {
  /** Holds the background, and then the result. */
  readonly out: ImageValue;
  readonly above: ImageValue;
  readonly blend: BlendFunction;
  readonly opacity: number;
}

function rowBlender(layers: Layers): (y: number) => void {
  const { out, above } = layers;
  if (out.depth === "u8" && out.channels === above.channels && out.channels !== 4) return byTable(layers);
  return (y) => blendRow(layers, y);
}

/** Opaque pictures of 8 bits have only 65,536 pairs of samples. */
function byTable({ out, above, blend, opacity }: Layers): (y: number) => void {
  const length = out.width * out.channels;
  const table = Uint8Array.from({ length: 65_536 }, (_, pair) => {
    const below = (pair >> 8) / 255;
    return (below + (blend(below, (pair & 255) / 255) - below) * opacity) * 255 + 0.5;
  });
  return (y) => {
    for (let i = y * length; i < (y + 1) * length; i++) out.data[i] = table[(out.data[i]! << 8) | above.data[i]!]!;
  };
}

function blendRow({ out: { data, width, channels, depth }, above, blend, opacity }: Layers, y: number): void {
  const top = fullScale[depth];
  const half = depth === "f32" ? 0 : 0.5;
  const colours = Math.min(3, channels);
  for (let pixel = y * width; pixel < (y + 1) * width; pixel++) {
    const to = pixel * channels;
    const from = pixel * above.channels;
    const alphaAbove = above.channels === 4 ? (above.data[from + 3]! / top) * opacity : opacity;
    if (alphaAbove === 0) continue;
    const alphaBelow = channels === 4 ? data[to + 3]! / top : 1;
    const alpha = alphaAbove + alphaBelow * (1 - alphaAbove);
    for (let c = 0; c < colours; c++) {
      const below = data[to + c]! / top;
      const colour = above.data[from + c]! / top;
      const mixed = (1 - alphaBelow) * colour + alphaBelow * blend(below, colour);
      const sum = alphaAbove * mixed + (1 - alphaAbove) * alphaBelow * below;
      data[to + c] = Math.min(1, Math.max(0, sum / alpha)) * top + half;
    }
    if (channels === 4) data[to + 3] = alpha * top + half;
  }
}
