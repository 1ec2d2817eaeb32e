import { defineNode, Image } from "@inlay/engine";
import { runImage } from "../pace/run-image.ts";
import { negativeSteps } from "../pixels/negative.ts";

export default defineNode({
  type: "image/invert",
  version: 1,
  title: "Invert Image",
  category: "Image",
  description: "Makes a picture's negative: white becomes black, blue becomes yellow. Transparency is kept.",
  aliases: ["negative", "negate", "reverse colours", "complement"],
  inputs: { image: Image.meta({ title: "Image", description: "The picture to turn into its negative." }) },
  outputs: { image: Image.meta({ title: "Image", description: "The negative, of the picture's depth and channels." }) },
  run: ({ image }, ctx) => runImage(negativeSteps(image), ctx),
});
