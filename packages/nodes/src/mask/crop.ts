import { defineNode, EngineError, Mask } from "@inlay/engine";
import { z } from "zod";
import { clipBox } from "../pixels/box.ts";
import { cropMask } from "../pixels/crop-mask.ts";
import { describeSize, sameSize } from "../pixels/size.ts";

const position = z.int().min(-20_000).max(20_000).default(0);
const side = z.int().min(1).max(20_000);

export default defineNode({
  type: "mask/crop",
  version: 1,
  title: "Crop Mask",
  category: "Mask",
  description:
    "Cuts a rectangle out of a mask, as Crop Image does with a picture, so that both still fit. " +
    "A rectangle that protrudes is cut at the mask's edges, with a warning.",
  aliases: ["cut", "trim", "extract", "region", "clip"],
  inputs: {
    mask: Mask.meta({ title: "Mask", description: "The mask to cut from." }),
    x: position.meta({ title: "X", description: "From the mask's left edge to the rectangle's.", unit: "px" }),
    y: position.meta({ title: "Y", description: "From the mask's top edge to the rectangle's.", unit: "px" }),
    width: side.meta({ title: "Width", description: "The rectangle's width.", unit: "px" }),
    height: side.meta({ title: "Height", description: "The rectangle's height.", unit: "px" }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "What was inside the rectangle." }) },
  run: ({ mask, x, y, width, height }, ctx) => {
    const wanted = { left: x, top: y, width, height };
    const box = clipBox(wanted, mask);
    if (!box) {
      throw new EngineError({
        code: "mask.crop-outside",
        message: "The rectangle lies outside the mask, so that nothing would be left.",
        expected: `a rectangle that touches the mask of ${describeSize(mask)}`,
        received: `${describeSize(wanted)} at (${x}, ${y})`,
      });
    }
    if (!sameSize(box, wanted)) {
      ctx.log("warning", `The rectangle protrudes from the mask: it was cut to ${describeSize(box)}.`);
    }
    return { mask: sameSize(box, mask) ? mask : cropMask(mask, box) };
  },
});
