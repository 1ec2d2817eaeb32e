import { Image, Json, Mask, type ImageValue, type NodeContext, type RemoteJobResult } from "@inlay/engine";
import { zImageTurboInpaintingModel, zImageTurboInpaintingSchema } from "@inlay/runcomfy/models";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { compositeSteps } from "../pixels/composite.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkSendable } from "./encode-medium.ts";
import { fitResult } from "./fit-result.ts";
import { mediaOf, prepareJob, type InpaintingJob } from "./inpainting-job.ts";
import { defineRunComfyModel } from "./model/define-model.ts";

export default defineRunComfyModel(zImageTurboInpaintingSchema, {
  modelId: zImageTurboInpaintingModel,
  special: {
    type: "runcomfy/z-image-turbo-inpainting",
    title: "Z-Image Turbo Inpainting",
    description:
      "Repaints the masked part of a picture from a prompt, through RunComfy's API. Each new job costs money. " +
      "The service paints the whole picture anew; the result is laid over the source, so that where the mask is 0 no sample changes. " +
      "The source's size, depth and transparency are kept; the service itself gets 8-bit RGB without transparency or metadata.",
    aliases: ["inpaint", "fill", "replace", "remove", "generate", "repaint", "ai"],
    inputs: (fields) => ({
      image: Image.meta({ title: "Image", description: "The picture to change, at most 32 megapixels." }),
      mask: Mask.meta({
        title: "Mask",
        description:
          "What to repaint: everything above 0. Its soft edge blends the result in. It should have the picture's size; one of the same shape is scaled.",
      }),
      prompt: fields.prompt.meta({
        description: "What the masked part should show, in the context of the whole picture.",
      }),
      strength: fields.strength.meta({
        description:
          "How far the new content may depart: about 0.3–0.5 retouches, 0.6–0.7 replaces in style, 0.8–1 replaces.",
      }),
      seed: fields.seed.meta({
        description: "Another seed gives another picture. It is always sent, so that a result can be had again.",
      }),
      num_inference_steps: fields.num_inference_steps.meta({
        title: "Steps",
        description: "Diffusion steps: more take longer, and cost more.",
      }),
      control_scale: fields.control_scale.meta({
        description: "How strongly the surroundings steer what is painted.",
      }),
      control_start: fields.control_start.meta({
        description: "The part of the steps after which the control begins; below Control End.",
        advanced: true,
      }),
      control_end: fields.control_end.meta({
        description: "The part of the steps after which the control ends.",
        advanced: true,
      }),
      image_size: fields.image_size.meta({
        title: "Image Size",
        description:
          "The size in which the service paints. `auto` takes the picture's; a preset must have the picture's shape.",
        advanced: true,
      }),
      output_format: fields.output_format.meta({
        description: "The file format in which the service answers. PNG loses nothing.",
        advanced: true,
      }),
      invert_mask: z.boolean().default(false).meta({
        title: "Invert Mask",
        description:
          "For masks that are the wrong way round, such as some made from transparency: repaints what the mask does not select.",
        advanced: true,
      }),
    }),
    outputs: {
      image: Image.meta({ title: "Image", description: "The source with the masked part repainted." }),
      generated: Image.meta({
        title: "Generated",
        description: "The service's whole picture, scaled to the source's size.",
      }),
      mask: Mask.meta({ title: "Sent Mask", description: "The mask as it was sent: 255 to repaint, 0 to keep." }),
      request: Json.meta({
        title: "Request",
        description:
          "What tells the job: `model`, `request_id`, `seed`, and `cost_usd`, `price_usd` and `price_unit` when the service says them.",
      }),
    },
    validate: checkParameters,
    run: async ({ image, mask, invert_mask, ...parameters }, ctx, model) => {
      checkSendable(image, ctx);
      const job = await ctx.withSlot("cpu", () => prepareJob({ image, mask, invert: invert_mask }, ctx));
      const result = await model.send({ parameters, media: mediaOf(job, ctx) });
      const pictures = await ctx.withSlot("cpu", () => finish({ image, job, result }, ctx));
      return { ...pictures, mask: job.hardMask, request: model.request(result, parameters.seed) };
    },
  },
});

interface Finished {
  readonly image: ImageValue;
  readonly job: InpaintingJob;
  readonly result: RemoteJobResult;
}

async function finish({ image, job, result }: Finished, ctx: NodeContext) {
  const generated = await fitResult(result, image);
  const composition = { background: image, foreground: generated, mask: job.softMask };
  return { image: await runSteps(compositeSteps(composition), ctx), generated };
}
