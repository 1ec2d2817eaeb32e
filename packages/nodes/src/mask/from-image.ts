import { defineNode, Image, Mask } from "@inlay/engine";
import { z } from "zod";
import { channelNames, channelSteps } from "./channel-steps.ts";
import { runMask } from "./run-mask.ts";

export default defineNode({
  type: "mask/from-image",
  version: 1,
  title: "Image to Mask",
  category: "Mask",
  description:
    "Reads a mask from a picture of one, such as a black and white file: white is selected, black is not. One channel is read, and rounded to 8 bits.",
  aliases: ["convert", "load mask", "import", "channel", "picture"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture of a mask." }),
    channel: z.enum(channelNames).default("luminance").meta({
      title: "Channel",
      description:
        "What is read: brightness (the luma of ITU-R BT.709), one of the colours, or opacity. A grey picture has the same in all colours.",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "The channel's samples, of the picture's size." }) },
  run: ({ image, channel }, ctx) => {
    if (channel === "alpha" && image.channels !== 4) {
      ctx.log("warning", "The picture has no transparency: everything is selected.");
    }
    return runMask(image, channelSteps(image, channel), ctx);
  },
});
