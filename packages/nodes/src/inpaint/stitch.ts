import { defineNode, Image, Mask, type ImageValue, type MaskValue, type NodeContext } from "@inlay/engine";
import { resizeImage } from "../codec/resize-image.ts";
import { runSteps } from "../pace/run-steps.ts";
import { fitMask } from "../pixels/fit-mask.ts";
import { layInto } from "../pixels/lay-into.ts";
import { maskAsImage } from "../pixels/mask-as-image.ts";
import { sameSize } from "../pixels/size.ts";
import { fitPatch, layRegion } from "./region/lay-region.ts";
import { insideOf } from "./region/plan-region.ts";
import { regionSchema, type Region } from "./region/region.ts";

export default defineNode({
  type: "inpaint/stitch",
  version: 1,
  title: "Stitch Back",
  category: "Inpaint",
  description:
    "Lays what was made of a crop back to exactly where Crop to Mask cut it. " +
    "Where the mask is 0, and outside of the crop, no sample changes; depth, transparency, profile and metadata are the picture's.",
  aliases: ["crop and stitch", "uncrop", "paste back", "merge", "blend", "inpaint stitch"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The whole picture, from which the crop was cut." }),
    patch: Image.meta({
      title: "Patch",
      description: "What was made of the crop, in its size or another one of that shape.",
    }),
    region: regionSchema.meta({ title: "Region", description: "Where it belongs, from Crop to Mask." }),
    mask: Mask.optional().meta({
      title: "Blend Mask",
      description:
        "Where the patch shows: 255 fully, 0 not at all. As large as the picture, or as the crop. Without it the whole crop is replaced.",
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The whole picture with the patch in it." }) },
  run: async ({ image, patch, region, mask }, ctx) => {
    const weights = mask && (await wholeMask(mask, { image, region }, ctx));
    return { image: await layRegion({ image, patch, region, mask: weights }, ctx) };
  },
});

/** The mask in the picture's size: one in the crop's size is brought back as the crop is. */
async function wholeMask(
  mask: MaskValue,
  { image, region }: { readonly image: ImageValue; readonly region: Region },
  ctx: NodeContext,
): Promise<MaskValue> {
  const isCrop = sameSize(mask, { width: region.scaled_width, height: region.scaled_height });
  if (!isCrop || sameSize(mask, image)) return fitMask(mask, image, ctx);
  const { width, height } = region;
  const run = (steps: Iterator<number, ImageValue, void>) => runSteps(steps, ctx);
  const scaled = await resizeImage(maskAsImage(mask), { width, height }, { kernel: "bilinear", run });
  const part = await fitPatch(scaled, { ...region, scaled_width: width, scaled_height: height }, ctx);
  const canvas = {
    width: image.width,
    height: image.height,
    channels: 1,
    data: new Uint8Array(image.width * image.height),
  };
  const inside = insideOf(region);
  layInto(canvas, part, inside.left, inside.top);
  return { kind: "mask", width: image.width, height: image.height, data: canvas.data };
}
