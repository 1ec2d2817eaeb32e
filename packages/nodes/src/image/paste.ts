import { defineNode, EngineError, Image, Mask, type ImageValue, type MaskValue } from "@inlay/engine";
import { z } from "zod";
import { runImage } from "../pace/run-image.ts";
import { pasteSteps } from "../pixels/paste.ts";
import { describeSize, sameSize } from "../pixels/size.ts";

const position = z.int().min(-20_000).max(20_000).default(0);

export default defineNode({
  type: "image/paste",
  version: 1,
  title: "Paste Image",
  category: "Image",
  description:
    "Lays a smaller picture at a place of a larger one: a watermark, or a part that was cropped, changed and goes back. " +
    "What protrudes is cut off; the result has the background's size, channels and depth.",
  aliases: ["place", "insert", "watermark", "logo", "position", "stitch", "uncrop", "overlay"],
  inputs: {
    background: Image.meta({ title: "Background", description: "The picture below, which gives size and format." }),
    foreground: Image.meta({
      title: "Foreground",
      description: "The picture to lay on it. Where it is transparent the background shows through.",
    }),
    x: position.meta({
      title: "X",
      description: "From the background's left edge to the foreground's; it may be negative.",
      unit: "px",
    }),
    y: position.meta({
      title: "Y",
      description: "From the background's top edge to the foreground's; it may be negative.",
      unit: "px",
    }),
    mask: Mask.optional().meta({
      title: "Mask",
      description: "Which part of the foreground shows, of the foreground's size: 255 fully, 0 not at all.",
    }),
    opacity: z.number().min(0).max(1).default(1).meta({
      title: "Opacity",
      description: "Weakens the whole foreground: 0 shows none of it.",
      widget: "slider",
      step: 0.01,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "Both pictures in one." }) },
  run: ({ background, foreground, x, y, mask, opacity }, ctx) => {
    if (mask) checkMask(mask, foreground);
    const touches =
      x < background.width && y < background.height && x + foreground.width > 0 && y + foreground.height > 0;
    if (!touches) ctx.log("warning", `The foreground lies outside the background of ${describeSize(background)}.`);
    return runImage(pasteSteps({ background, foreground, mask, x, y, opacity }), ctx);
  },
});

function checkMask(mask: MaskValue, foreground: ImageValue): void {
  if (sameSize(mask, foreground)) return;
  throw new EngineError({
    code: "image.size-mismatch",
    message: "The mask and the foreground have different sizes.",
    input: "mask",
    expected: `${describeSize(foreground)}, as the foreground`,
    received: describeSize(mask),
    suggestion: "Cut the mask with Crop Mask, or bring it to the size with Resize Mask.",
  });
}
