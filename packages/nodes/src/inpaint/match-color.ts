import { defineNode, EngineError, Image, Mask, type ImageValue } from "@inlay/engine";
import { invertMask } from "@inlay/raster";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { convertColours } from "../pixels/convert-colours.ts";
import { fitMask } from "../pixels/fit-mask.ts";
import { describeSize, sameSize } from "../pixels/size.ts";
import { applyToneSteps, measureToneSteps, weakenTone } from "./match-tone.ts";
import { stageOf } from "./stage-of.ts";

export default defineNode({
  type: "inpaint/match-color",
  version: 1,
  title: "Match Colour",
  category: "Inpaint",
  description:
    "Brings a picture's tone to that of another one of the same scene, so that a part of it can be laid over the other without a visible seam. " +
    "Each colour is scaled and shifted by what fits best where both show the same; the same colours stay exactly as they are.",
  aliases: ["colour correction", "color match", "tone", "white balance", "seam", "harmonise", "harmonize"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture whose tone is changed." }),
    reference: Image.meta({ title: "Reference", description: "The picture whose tone is wanted, of the same size." }),
    mask: Mask.optional().meta({
      title: "Changed Part",
      description:
        "Where the pictures differ on purpose, such as what was repainted: only what it leaves at 0 is compared. Without it everything is.",
    }),
    amount: z.number().min(0).max(1).default(1).meta({
      title: "Amount",
      description: "How much of the change is made: 0 makes none.",
      unit: "×",
      widget: "slider",
      step: 0.01,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The picture in the reference's tone." }) },
  run: async ({ image, reference, mask, amount }, ctx) => {
    if (!sameSize(image, reference)) throw otherSize(image, reference);
    const compared = mask ? invertMask(hardened(fitMask(mask, image, ctx).data)) : undefined;
    const question = {
      image,
      reference: convertColours(reference, image.channels === 1 ? 1 : 3),
      compared: compared ?? new Uint8Array(image.width * image.height).fill(255),
    };
    const tone = await runSteps(measureToneSteps(question), stageOf(ctx, 0, 0.7));
    const steps = applyToneSteps(image, weakenTone(tone, amount));
    return { image: await runSteps<ImageValue>(steps, stageOf(ctx, 0.7, 1)) };
  },
});

function hardened(data: Uint8Array): Uint8Array {
  return data.map((sample) => (sample > 0 ? 255 : 0));
}

function otherSize(image: ImageValue, reference: ImageValue): EngineError {
  return new EngineError({
    code: "image.size-mismatch",
    message: "The picture and its reference have different sizes.",
    input: "reference",
    expected: describeSize(image),
    received: describeSize(reference),
    suggestion: "Compare pictures of the same scene in the same size.",
  });
}
