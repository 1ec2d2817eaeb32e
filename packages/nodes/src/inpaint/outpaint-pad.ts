import { defineNode, Image, Mask, type ImageValue } from "@inlay/engine";
import { growMaskSteps } from "@inlay/raster";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { newAreaOf } from "../pixels/new-area.ts";
import { padSteps } from "../pixels/pad.ts";
import type { Size } from "../pixels/size.ts";
import { stageOf } from "./stage-of.ts";

const amount = z.int().min(0).max(20_000).default(0);
const ratioPattern = /^[1-9][0-9]{0,3}:[1-9][0-9]{0,3}$/;

export default defineNode({
  type: "inpaint/outpaint-pad",
  version: 1,
  title: "Outpaint Pad",
  category: "Inpaint",
  description:
    "Adds room around a picture and makes the mask of it, so that Inpaint can continue the picture beyond its edges: by so many pixels, or to a shape such as 16:9. " +
    "The picture's own samples stay as they are.",
  aliases: ["outpaint", "extend", "uncrop", "canvas", "aspect ratio", "16:9", "expand"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to continue." }),
    left: amount.meta({ title: "Left", description: "Columns to add at the left.", unit: "px" }),
    top: amount.meta({ title: "Top", description: "Rows to add at the top.", unit: "px" }),
    right: amount.meta({ title: "Right", description: "Columns to add at the right.", unit: "px" }),
    bottom: amount.meta({ title: "Bottom", description: "Rows to add at the bottom.", unit: "px" }),
    ratio: z.string().regex(ratioPattern).optional().meta({
      title: "Ratio",
      description:
        "The shape that the picture is to have, width to height such as `16:9`: what that lacks is added besides. Without it only the sides count.",
    }),
    position: z.enum(["start", "middle", "end"]).default("middle").meta({
      title: "Position",
      description:
        "Where the picture lies in what the ratio adds: at the left or top, in the middle, at the right or bottom.",
    }),
    overlap: z.int().min(0).max(512).default(0).meta({
      title: "Overlap",
      description: "How far the mask reaches into the picture, so that its edge is painted anew as well.",
      unit: "px",
      advanced: true,
    }),
    fill: z.enum(["edge", "reflect"]).default("edge").meta({
      title: "Fill",
      description:
        "What the new pixels show until they are painted: the nearest pixel of the edge, or the picture mirrored.",
      advanced: true,
    }),
  },
  outputs: {
    image: Image.meta({ title: "Image", description: "The larger picture." }),
    mask: Mask.meta({ title: "Mask", description: "255 where there is room to paint, 0 where the picture is." }),
  },
  run: async ({ image, fill, overlap, ...request }, ctx) => {
    const padding = paddingOf(image, request);
    const mask = newAreaOf(image, padding);
    if (mask.width === image.width && mask.height === image.height) return { image, mask };
    const larger = await runSteps<ImageValue>(padSteps(image, { ...padding, fill }), stageOf(ctx, 0, 0.8));
    if (overlap === 0) return { image: larger, mask };
    const steps = growMaskSteps(mask.data, mask.width, mask.height, { radius: overlap, antialias: false });
    const data = await runSteps<Uint8Array>(steps, stageOf(ctx, 0.8, 1));
    return { image: larger, mask: { ...mask, data } };
  },
});

interface Sides {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface PadRequest extends Sides {
  readonly ratio?: string | undefined;
  readonly position: "start" | "middle" | "end";
}

/** What is added to each side; the ratio adds to one axis only, rounded to whole pixels. */
function paddingOf(image: Size, { ratio, position, ...sides }: PadRequest): Sides {
  if (ratio === undefined) return sides;
  const width = image.width + sides.left + sides.right;
  const height = image.height + sides.top + sides.bottom;
  const [across = 1, down = 1] = ratio.split(":").map(Number);
  const columns = Math.max(0, Math.round((height * across) / down) - width);
  const rows = Math.max(0, Math.round((width * down) / across) - height);
  const before = (added: number): number =>
    position === "start" ? 0 : position === "end" ? added : Math.floor(added / 2);
  const [left, top] = [before(columns), before(rows)];
  return {
    left: sides.left + left,
    right: sides.right + columns - left,
    top: sides.top + top,
    bottom: sides.bottom + rows - top,
  };
}
