import { defineNode, Image, Mask } from "@inlay/engine";
import { invertMask } from "@inlay/raster";
import { z } from "zod";
import { channelSteps } from "./channel-steps.ts";
import { runMask, type MaskSteps } from "./run-mask.ts";

export default defineNode({
  type: "mask/from-alpha",
  version: 1,
  title: "Mask from Transparency",
  category: "Mask",
  description:
    "Selects by a picture's transparency: what is opaque, or what was erased. Half transparent pixels are half selected.",
  aliases: ["alpha", "opacity", "cutout", "erased", "channel"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture whose transparency is read." }),
    select: z.enum(["opaque", "transparent"]).default("opaque").meta({
      title: "Select",
      description:
        "`opaque`: the mask is the alpha channel. `transparent`: the other way round, for repainting what was erased.",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "255 where the picture is fully opaque or transparent." }) },
  run: ({ image, select }, ctx) => {
    if (image.channels !== 4) ctx.log("warning", "The picture has no transparency: all of it is opaque.");
    const alpha = channelSteps(image, "alpha");
    return runMask(image, select === "opaque" ? alpha : inverted(alpha), ctx);
  },
});

function* inverted(steps: MaskSteps): MaskSteps {
  return invertMask(yield* steps);
}
