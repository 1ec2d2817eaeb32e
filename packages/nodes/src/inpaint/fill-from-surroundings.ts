import { defineNode, EngineError, Image, Mask, type ImageValue, type MaskValue, type NodeContext } from "@inlay/engine";
import { fillInWorker } from "@inlay/patchmatch/node";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { compositeSteps } from "../pixels/composite.ts";
import { fitMask } from "../pixels/fit-mask.ts";
import { hardenMask } from "../pixels/harden-mask.ts";
import { colourBytesSteps } from "./colour-bytes.ts";
import { stageOf } from "./stage-of.ts";

export default defineNode({
  type: "inpaint/fill-from-surroundings",
  version: 1,
  title: "Fill from Surroundings",
  category: "Inpaint",
  description:
    "Fills the masked part of a picture with texture from around it, by PatchMatch: on this computer, without network, key or cost. " +
    "It continues what surrounds the hole, and invents nothing: good for removing something from grass, walls or sky. " +
    "Where the mask is 0 no sample changes; size, depth and transparency are kept. What is filled is computed in 8 bits a channel.",
  aliases: ["patchmatch", "content aware", "heal", "remove", "erase", "retouch", "local"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to change." }),
    mask: Mask.meta({
      title: "Mask",
      description:
        "What to fill: everything above 0. Its soft edge blends the filling in. It should have the picture's size; one of the same shape is scaled.",
    }),
    seed: z.int().min(0).max(4_294_967_295).default(1).meta({
      title: "Seed",
      description: "Another seed gives another filling; the same seed gives the same samples on every computer.",
      widget: "seed",
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The picture with the masked part filled." }) },
  run: async ({ image, mask, seed }, ctx) => {
    const soft = fitMask(mask, image, ctx);
    const { mask: hole, selected } = hardenMask(soft);
    if (selected === 0) {
      ctx.log("warning", "The mask selects nothing, so the picture stays as it is.");
      return { image };
    }
    if (selected === hole.data.length) throw nothingLeft();
    const foreground = await fillHole({ image, hole, seed }, ctx);
    const steps = compositeSteps({ background: image, foreground, mask: soft });
    const filled = await runSteps(steps, stageOf(ctx, 0.95, 1));
    ctx.progress(1, 1);
    return { image: filled };
  },
});

interface Hole {
  readonly image: ImageValue;
  /** 255 where to fill, else 0. */
  readonly hole: MaskValue;
  readonly seed: number;
}

/** The picture in 8 bits without alpha, its hole filled. */
async function fillHole({ image, hole, seed }: Hole, ctx: NodeContext): Promise<ImageValue> {
  const { width, height } = image;
  const channels = image.channels === 1 ? 1 : 3;
  const data = await runSteps<Uint8Array>(colourBytesSteps(image), stageOf(ctx, 0, 0.05));
  const stage = stageOf(ctx, 0.05, 0.95);
  const samples = await fillInWorker(
    { width, height, channels, data, mask: hole.data, seed },
    { signal: ctx.signal, onProgress: stage.progress },
  );
  return { kind: "image", width, height, channels, depth: "u8", data: samples };
}

function nothingLeft(): EngineError {
  return new EngineError({
    code: "mask.full",
    message: "The mask selects the whole picture: nothing is left to fill from.",
    input: "mask",
    expected: "a mask with at least one sample of 0",
    suggestion: "Leave the surroundings out of the mask, or invert it if it is the wrong way round.",
  });
}
