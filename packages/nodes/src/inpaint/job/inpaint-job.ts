import type { ImageValue, MaskValue } from "@inlay/engine";
import { growMaskSteps, type Bounds } from "@inlay/raster";
import { runSteps, type Pace } from "../../pace/run-steps.ts";
import { convertColours } from "../../pixels/convert-colours.ts";
import { convertDepth } from "../../pixels/convert-depth.ts";
import { cropMask } from "../../pixels/crop-mask.ts";
import { cropSteps } from "../../pixels/crop.ts";
import { dropAlpha } from "../../pixels/flatten.ts";
import { pasteSteps } from "../../pixels/paste.ts";
import { applyToneSteps, measureToneSteps } from "../match-tone.ts";
import { cutRegion, cutRegionOfMask } from "../region/cut-region.ts";
import { fitPatch } from "../region/lay-region.ts";
import { insideOf, joinBounds, padBounds, planRegion } from "../region/plan-region.ts";
import type { Region } from "../region/region.ts";
import { stageOf } from "../stage-of.ts";
import type { Selection } from "./guard-mask.ts";
import { farthestChange, inpaintMasks, type InpaintMasks, type Reaches } from "./inpaint-masks.ts";
import { keepDetailSteps } from "./keep-detail.ts";

/** What is to be inpainted, and how far around it. */
export interface InpaintRequest {
  readonly image: ImageValue;
  readonly selection: Selection;
  /** What else a painter must see. */
  readonly context: Bounds | undefined;
  readonly reaches: Reaches;
  /** Surroundings beyond everything that may change, as a share of the selection's diagonal. */
  readonly padding: number;
  /** The longest side that a painter works well at, and what its sides are multiples of. */
  readonly size: number;
  readonly multiple: number;
}

/** An inpainting before its painter has worked. */
export interface InpaintJob {
  readonly image: ImageValue;
  readonly region: Region;
  readonly masks: InpaintMasks;
  /** What a painter gets: RGB of 8 bits, and a mask of 0 and 255, both in the region's working size. */
  readonly sent: ImageValue;
  readonly sentMask: MaskValue;
}

/** Works out where to paint, and makes what a painter gets. */
export async function prepareInpaint(request: InpaintRequest, pace: Pace): Promise<InpaintJob> {
  const { image, selection, reaches } = request;
  const region = regionOf(request);
  const masks = await inpaintMasks(selection.mask, insideOf(region), reaches, stageOf(pace, 0, 0.5));
  const cut = await cutRegion(image, region, stageOf(pace, 0.5, 0.8));
  const sent = convertDepth(convertColours(dropAlpha(cut), 3), "u8");
  const soft = await cutRegionOfMask(masks.generation, region, stageOf(pace, 0.8, 1));
  const sentMask = { ...soft, data: soft.data.map((sample) => (sample >= 128 ? 255 : 0)) };
  return { image, region, masks, sent, sentMask };
}

function regionOf({ image, selection: { bounds }, context, reaches, padding, size, multiple }: InpaintRequest): Region {
  const around = farthestChange(reaches) + padding * Math.hypot(bounds.width, bounds.height);
  const seen = padBounds(bounds, { x: around, y: around }, image);
  const wanted = context ? joinBounds(seen, context) : seen;
  return planRegion({ wanted, picture: image, size, multiple, scaling: "shrink", widen: true });
}

/** How wide the ring around what was painted is in which tones are compared, in working pixels. */
const comparedRing = 48;

/**
 * What was painted in the tone of what it was painted on: compared in a ring around it, where a painter was to change
 * nothing. `painted` has the size of what was sent.
 */
export async function matchAtSeam(
  painted: ImageValue,
  { sent, sentMask }: InpaintJob,
  pace: Pace,
): Promise<ImageValue> {
  const { data, width, height } = sentMask;
  const steps = growMaskSteps(data, width, height, { radius: comparedRing, antialias: false });
  const ring = await runSteps<Uint8Array>(steps, stageOf(pace, 0, 0.3));
  const compared = ring.map((sample, i) => (data[i] === 0 ? sample : 0));
  const reference = convertColours(sent, painted.channels === 1 ? 1 : 3);
  const tone = await runSteps(measureToneSteps({ image: painted, reference, compared }), stageOf(pace, 0.3, 0.7));
  return runSteps<ImageValue>(applyToneSteps(painted, tone), stageOf(pace, 0.7, 1));
}

/**
 * Lays what was painted back: where the blend mask is 0 no sample changes; channels, depth, transparency, profile and
 * metadata are the picture's.
 */
export async function finishInpaint(painted: ImageValue, job: InpaintJob, ctx: Pace): Promise<ImageValue> {
  const { image, region, masks, sent } = job;
  const inside = insideOf(region);
  const colours = image.channels === 1 ? 1 : 3;
  const upwards = (picture: ImageValue, from: number): Promise<ImageValue> =>
    fitPatch(convertColours(picture, colours), region, stageOf(ctx, from, from + 0.3));
  const [patch, before] = [await upwards(painted, 0), await upwards(sent, 0.3)];
  const isExact = image.depth === "u8" && region.width === region.scaled_width;
  const foreground = isExact
    ? patch
    : await runSteps<ImageValue>(
        keepDetailSteps({
          source: await runSteps<ImageValue>(cropSteps(image, inside), ctx),
          painted: patch,
          sent: before,
          generated: doubled(cropMask(masks.generation, inside)),
        }),
        stageOf(ctx, 0.6, 0.8),
      );
  const mask = cropMask(masks.blend, inside);
  const pasting = { background: image, foreground, mask, x: inside.left, y: inside.top, opacity: 1 };
  return runSteps<ImageValue>(pasteSteps(pasting), stageOf(ctx, 0.8, 1));
}

/** 255 wherever something new was painted, falling outside of that. */
function doubled(mask: MaskValue): MaskValue {
  return { ...mask, data: mask.data.map((sample) => Math.min(255, sample * 2)) };
}
