import type { MaskValue } from "@inlay/engine";
import { featherMaskSteps, featherReach, growMaskSteps, type Bounds } from "@inlay/raster";
import { runSteps, type Pace } from "../../pace/run-steps.ts";
import type { Box } from "../../pixels/box.ts";
import { cropMask } from "../../pixels/crop-mask.ts";
import { layInto } from "../../pixels/lay-into.ts";
import { stageOf } from "../stage-of.ts";

/** How far the two masks of an inpainting reach beyond what was selected, in pixels of the picture. */
export interface Reaches {
  readonly grow: number;
  /** The width of the generation mask's soft edge, outside of the grown selection. */
  readonly feather: number;
  /** The width of the blend mask's soft edge, outside of what is generated. */
  readonly blend: number;
}

/** Both in the picture's size. */
export interface InpaintMasks {
  /** 255 where something new is painted; its soft edge lies outside, and services round it at one half. */
  readonly generation: MaskValue;
  /** 255 wherever the generation mask is at least one half, 0 where no sample may change. */
  readonly blend: MaskValue;
}

/** No mask's edge is wider than this. */
const widest = 512;

/** The reaches for a mask of these bounds: the feather is a share of their diagonal, at least `least` pixels unless it is 0. */
export function reachesOf(
  bounds: Bounds,
  {
    grow,
    feather,
    least,
    blend,
  }: { readonly grow: number; readonly feather: number; readonly least: number; readonly blend: number },
): Reaches {
  const share = feather * Math.hypot(bounds.width, bounds.height);
  return { grow, blend, feather: feather === 0 ? 0 : Math.min(widest, Math.round(Math.max(least, share))) };
}

/** How far from the selection a sample may change. */
export function farthestChange({ grow, feather, blend }: Reaches): number {
  return grow + Math.ceil(feather / 2) + blend;
}

/**
 * The two masks of what is selected (255, else 0), computed inside of `window`, which must hold all that may change:
 *
 * - generation: the selection grown by `grow`, then falling from 255 to 0 over `feather` pixels outside of that
 * - blend: 255 where the generation mask is at least 128, falling to 0 over `blend` pixels outside of that
 */
export async function inpaintMasks(
  selected: MaskValue,
  window: Box,
  reaches: Reaches,
  pace: Pace,
): Promise<InpaintMasks> {
  const { grow, feather, blend } = reaches;
  const part = cropMask(selected, window);
  const grown = await grownBy(part, grow, stageOf(pace, 0, 0.2));
  const generation = await softenedOutside(grown, feather, stageOf(pace, 0.2, 0.6));
  const painted = { ...generation, data: generation.data.map((sample) => (sample >= 128 ? 255 : 0)) };
  const blended = await softenedOutside(painted, blend, stageOf(pace, 0.6, 1));
  return { generation: inPicture(generation, window, selected), blend: inPicture(blended, window, selected) };
}

async function grownBy(mask: MaskValue, radius: number, pace: Pace): Promise<MaskValue> {
  if (radius === 0) return mask;
  const steps = growMaskSteps(mask.data, mask.width, mask.height, { radius, antialias: false });
  return { ...mask, data: await runSteps<Uint8Array>(steps, pace) };
}

/** Falls from 255 at the mask's edge to 0 at `width` pixels from it: half of it hard, then softened as far to both sides. */
async function softenedOutside(mask: MaskValue, width: number, pace: Pace): Promise<MaskValue> {
  const half = Math.floor(width / 2);
  if (half === 0) return mask;
  const grown = await grownBy(mask, half, stageOf(pace, 0, 0.5));
  const steps = featherMaskSteps(grown.data, mask.width, mask.height, radiusThatReaches(half));
  return { ...mask, data: await runSteps<Uint8Array>(steps, stageOf(pace, 0.5, 1)) };
}

/** The largest feather that stays within so many pixels. */
function radiusThatReaches(pixels: number): number {
  let radius = 0;
  while (featherReach(radius + 1) <= pixels) radius += 1;
  return radius;
}

function inPicture(mask: MaskValue, { left, top }: Box, { width, height }: MaskValue): MaskValue {
  const canvas = { width, height, channels: 1, data: new Uint8Array(width * height) };
  layInto(canvas, { ...mask, channels: 1 }, left, top);
  return { kind: "mask", width, height, data: canvas.data };
}
