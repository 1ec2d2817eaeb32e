import { defineNode, EngineError, Image, Mask, type MaskValue } from "@inlay/engine";
import { maskBounds, type Bounds } from "@inlay/raster";
import { z } from "zod";
import { fitMask } from "../pixels/fit-mask.ts";
import { cutRegion, cutRegionOfMask } from "./region/cut-region.ts";
import { joinBounds, planRegion, regionScalings, widenBounds } from "./region/plan-region.ts";
import { regionSchema } from "./region/region.ts";
import { stageOf } from "./stage-of.ts";

export default defineNode({
  type: "inpaint/crop-to-mask",
  version: 1,
  title: "Crop to Mask",
  category: "Inpaint",
  description:
    "Cuts out what a mask selects, with its surroundings, in a size that a model works well in. " +
    "Stitch Back lays what was made of it exactly to where it was: nothing shifts, at any size. " +
    "The crop stays inside the picture; only when that is too small for the multiple are the edge pixels extended.",
  aliases: ["crop and stitch", "region", "surroundings", "inpaint crop", "zoom", "masked area"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to cut from." }),
    mask: Mask.meta({ title: "Mask", description: "What the crop must hold: everything above 0." }),
    context_mask: Mask.optional().meta({
      title: "Context Mask",
      description: "What else the crop must hold, such as an object whose look matters. It is not repainted.",
    }),
    context: z.number().min(1).max(100).default(1.5).meta({
      title: "Context",
      description: "How many times as wide and high as the mask the crop is, as far as the picture reaches.",
      unit: "×",
      step: 0.1,
    }),
    size: z.int().min(64).max(8192).default(1024).meta({
      title: "Size",
      description: "The longest side in which the model works best.",
      unit: "px",
    }),
    scaling: z.enum(regionScalings).default("shrink").meta({
      title: "Scaling",
      description:
        "`shrink`: only a crop that is larger than the size is scaled down. `fit`: a smaller one is enlarged too, at most 8 times. `never`: pixels stay as they are.",
    }),
    widen: z.boolean().default(false).meta({
      title: "Widen",
      description: "A crop that is smaller than the size takes in more of the picture, up to the size.",
    }),
    multiple: z.int().min(1).max(256).default(16).meta({
      title: "Multiple",
      description: "Both sides of the crop are multiples of this, as models want it.",
      advanced: true,
    }),
  },
  outputs: {
    image: Image.meta({ title: "Image", description: "The crop, in the size to work in." }),
    mask: Mask.meta({ title: "Mask", description: "The same part of the mask." }),
    region: regionSchema.meta({ title: "Region", description: "Where the crop was cut; for Stitch Back." }),
  },
  run: async ({ image, mask, context_mask, context, ...request }, ctx) => {
    const selected = fitMask(mask, image, ctx);
    const bounds = boundsOf(selected);
    const more = context_mask && boundsIn(fitMask(context_mask, image, ctx));
    const around = widenBounds(bounds, context, image);
    const region = planRegion({ ...request, wanted: more ? joinBounds(around, more) : around, picture: image });
    const crop = await cutRegion(image, region, stageOf(ctx, 0, 0.8));
    return { image: crop, mask: await cutRegionOfMask(selected, region, stageOf(ctx, 0.8, 1)), region };
  },
});

function boundsIn({ data, width, height }: MaskValue): Bounds | undefined {
  return maskBounds(data, width, height);
}

function boundsOf(mask: MaskValue): Bounds {
  const bounds = boundsIn(mask);
  if (bounds) return bounds;
  throw new EngineError({
    code: "mask.empty",
    message: "The mask selects nothing, so there is nothing to cut out.",
    input: "mask",
    expected: "a mask with at least one sample above 0",
    suggestion: "Draw the mask over the part to work on.",
  });
}
