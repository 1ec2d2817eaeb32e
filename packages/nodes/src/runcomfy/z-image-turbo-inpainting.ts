import { defineNode, Image, Json, Mask, type ImageValue, type NodeContext, type RemoteJobResult } from "@inlay/engine";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { compositeSteps } from "../pixels/composite.ts";
import { checkParameters, imageSizes } from "./check-parameters.ts";
import { checkSendable } from "./data-uri.ts";
import { fitResult } from "./fit-result.ts";
import { encodeMedia, prepareJob, type InpaintingJob } from "./inpainting-job.ts";

const model = "tongyi-mai/z-image/turbo/inpainting";

const fraction = z.number().min(0).max(1);

export default defineNode({
  type: "runcomfy/z-image-turbo-inpainting",
  version: 1,
  title: "Z-Image Turbo Inpainting",
  category: "RunComfy",
  description:
    "Repaints the masked part of a picture from a prompt, through RunComfy's API. Each new job costs money. " +
    "The service paints the whole picture anew; the result is laid over the source, so that where the mask is 0 no sample changes. " +
    "The source's size, depth and transparency are kept; the service itself gets 8-bit RGB without transparency or metadata.",
  aliases: ["inpaint", "fill", "replace", "remove", "generate", "repaint", "ai"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to change, at most 32 megapixels." }),
    mask: Mask.meta({
      title: "Mask",
      description:
        "What to repaint: everything above 0. Its soft edge blends the result in. It should have the picture's size; one of the same shape is scaled.",
    }),
    prompt: z.string().min(1).meta({
      title: "Prompt",
      description: "What the masked part should show, in the context of the whole picture.",
      widget: "textarea",
    }),
    strength: fraction.default(1).meta({
      title: "Strength",
      description:
        "How far the new content may depart: about 0.3–0.5 retouches, 0.6–0.7 replaces in style, 0.8–1 replaces.",
      widget: "slider",
      step: 0.01,
    }),
    seed: z.int().min(0).max(4_294_967_295).default(1).meta({
      title: "Seed",
      description: "Another seed gives another picture. It is always sent, so that a result can be had again.",
      widget: "seed",
    }),
    num_inference_steps: z.int().min(1).max(30).default(20).meta({
      title: "Steps",
      description: "Diffusion steps: more take longer, and cost more.",
      widget: "slider",
    }),
    control_scale: fraction.default(0.75).meta({
      title: "Control Scale",
      description: "How strongly the surroundings steer what is painted.",
      widget: "slider",
      step: 0.01,
    }),
    control_start: fraction.default(0).meta({
      title: "Control Start",
      description: "The part of the steps after which the control begins; below Control End.",
      widget: "slider",
      step: 0.01,
      advanced: true,
    }),
    control_end: fraction.default(0.6).meta({
      title: "Control End",
      description: "The part of the steps after which the control ends.",
      widget: "slider",
      step: 0.01,
      advanced: true,
    }),
    image_size: z.enum(imageSizes).default("auto").meta({
      title: "Image Size",
      description:
        "The size in which the service paints. `auto` takes the picture's; a preset must have the picture's shape.",
      advanced: true,
    }),
    output_format: z.enum(["png", "jpeg", "webp"]).default("png").meta({
      title: "Output Format",
      description: "The file format in which the service answers. PNG loses nothing.",
      advanced: true,
    }),
    invert_mask: z.boolean().default(false).meta({
      title: "Invert Mask",
      description:
        "For masks that are the wrong way round, such as some made from transparency: repaints what the mask does not select.",
      advanced: true,
    }),
  },
  outputs: {
    image: Image.meta({ title: "Image", description: "The source with the masked part repainted." }),
    generated: Image.meta({
      title: "Generated",
      description: "The service's whole picture, scaled to the source's size.",
    }),
    mask: Mask.meta({ title: "Sent Mask", description: "The mask as it was sent: 255 to repaint, 0 to keep." }),
    request: Json.meta({
      title: "Request",
      description: "What tells the job: `model`, `request_id`, `seed`, and `cost_usd` when the service says it.",
    }),
  },
  resource: "remote",
  paid: true,
  service: "runcomfy",
  model,
  validate: checkParameters,
  run: async ({ image, mask, invert_mask, ...parameters }, ctx) => {
    checkSendable(image);
    const job = await ctx.withSlot("cpu", () => prepareJob({ image, mask, invert: invert_mask }, ctx));
    const result = await ctx.remote.run({
      model,
      identity: { ...parameters, image: job.imageSha256, mask: job.maskSha256 },
      body: () => ctx.withSlot("cpu", async () => ({ ...parameters, ...(await encodeMedia(job)) })),
      signal: ctx.signal,
      report: () => undefined,
    });
    ctx.signal.throwIfAborted();
    return ctx.withSlot("cpu", () => finish({ image, job, result, seed: parameters.seed }, ctx));
  },
});

interface Finished {
  readonly image: ImageValue;
  readonly job: InpaintingJob;
  readonly result: RemoteJobResult;
  readonly seed: number;
}

async function finish({ image, job, result, seed }: Finished, ctx: NodeContext) {
  const generated = await fitResult(result, image);
  const composition = { background: image, foreground: generated, mask: job.softMask };
  const composed = await runSteps(compositeSteps(composition), ctx);
  const cost = result.costUsd === undefined ? {} : { cost_usd: result.costUsd };
  return {
    image: composed,
    generated,
    mask: job.hardMask,
    request: { model, request_id: result.requestId, seed, ...cost },
  };
}
