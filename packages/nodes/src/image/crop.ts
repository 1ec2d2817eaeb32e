import { defineNode, EngineError, Image } from "@inlay/engine";
import { z } from "zod";
import { runImage } from "../pace/run-image.ts";
import { clipBox, type Box } from "../pixels/box.ts";
import { cropSteps } from "../pixels/crop.ts";
import { describeSize, sameSize, type Size } from "../pixels/size.ts";

const position = z.int().min(-20_000).max(20_000).default(0);
const side = z.int().min(1).max(20_000);

export default defineNode({
  type: "image/crop",
  version: 1,
  title: "Crop Image",
  category: "Image",
  description:
    "Cuts a rectangle out of a picture. Samples stay exactly as they are. " +
    "A rectangle that protrudes is cut at the picture's edges, with a warning.",
  aliases: ["cut", "trim", "extract", "region", "clip"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to cut from." }),
    x: position.meta({ title: "X", description: "From the picture's left edge to the rectangle's.", unit: "px" }),
    y: position.meta({ title: "Y", description: "From the picture's top edge to the rectangle's.", unit: "px" }),
    width: side.meta({ title: "Width", description: "The rectangle's width.", unit: "px" }),
    height: side.meta({ title: "Height", description: "The rectangle's height.", unit: "px" }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "What was inside the rectangle." }) },
  run: ({ image, x, y, width, height }, ctx) => {
    const wanted = { left: x, top: y, width, height };
    const box = clipBox(wanted, image);
    if (!box) throw outside(wanted, image);
    if (!sameSize(box, wanted)) {
      ctx.log("warning", `The rectangle protrudes from the picture: it was cut to ${describeSize(box)}.`);
    }
    return sameSize(box, image) ? { image } : runImage(cropSteps(image, box), ctx);
  },
});

function outside({ left, top, ...size }: Box, image: Size): EngineError {
  return new EngineError({
    code: "image.crop-outside",
    message: "The rectangle lies outside the picture, so that nothing would be left.",
    expected: `a rectangle that touches the picture of ${describeSize(image)}`,
    received: `${describeSize(size)} at (${left}, ${top})`,
  });
}
