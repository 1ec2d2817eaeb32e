import { defineNode, EngineError, Image, Mask } from "@inlay/engine";
import { runImage } from "../pace/run-image.ts";
import { joinAlphaSteps } from "../pixels/join-alpha.ts";
import { describeSize, sameSize } from "../pixels/size.ts";

export default defineNode({
  type: "image/join-alpha",
  version: 1,
  title: "Join Alpha",
  category: "Image",
  description:
    "Makes a picture transparent by a mask, which takes the place of the transparency that it had. Colours stay exactly as they are.",
  aliases: ["transparency", "opacity", "mask to alpha", "add alpha", "cut out"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to make transparent." }),
    mask: Mask.meta({ title: "Mask", description: "255 makes opaque, 0 transparent; of the picture's size." }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The picture with the mask as its alpha." }) },
  run: ({ image, mask }, ctx) => {
    if (sameSize(image, mask)) return runImage(joinAlphaSteps(image, mask), ctx);
    throw new EngineError({
      code: "image.size-mismatch",
      message: "The mask and the picture have different sizes.",
      input: "mask",
      expected: `${describeSize(image)}, as the picture`,
      received: describeSize(mask),
    });
  },
});
