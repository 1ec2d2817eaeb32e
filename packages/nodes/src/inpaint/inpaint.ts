import {
  Image,
  Json,
  Mask,
  type ImageValue,
  type InputFinding,
  type JsonValue,
  type MaskValue,
  type NodeContext,
} from "@inlay/engine";
import { invertMask, maskBounds } from "@inlay/raster";
import { zImageTurboInpaintingModel, zImageTurboInpaintingSchema } from "@inlay/runcomfy/models";
import { z } from "zod";
import { checkParameters } from "../runcomfy/check-parameters.ts";
import { defineRunComfyModel } from "../runcomfy/model/define-model.ts";
import { fitMask } from "../pixels/fit-mask.ts";
import { sameSize } from "../pixels/size.ts";
import { resizeMask } from "../pixels/resize-mask.ts";
import { emptyMask, guardMask } from "./job/guard-mask.ts";
import { reachesOf } from "./job/inpaint-masks.ts";
import { finishInpaint, matchAtSeam, prepareInpaint } from "./job/inpaint-job.ts";
import { localPainter } from "./job/local-painter.ts";
import { modelPainter } from "./job/model-painter.ts";
import { stageOf } from "./stage-of.ts";

export default defineRunComfyModel(zImageTurboInpaintingSchema, {
  modelId: zImageTurboInpaintingModel,
  special: {
    type: "inpaint/inpaint",
    title: "Inpaint",
    category: "Inpaint",
    description:
      "Repaints the masked part of a picture: from a prompt, by a model of RunComfy, where each new job costs money; or from its surroundings, on this computer and for nothing. " +
      "It works on the surroundings of the mask in the size that the model is best at, so that a large photograph keeps its resolution, and lays the result back without a seam. " +
      "Where the blend mask is 0 no sample changes; depth, transparency, profile and metadata are kept.",
    aliases: ["fill", "replace", "remove", "generate", "repaint", "ai", "outpaint", "heal", "patchmatch", "runcomfy"],
    paidWhen: { input: "method", is: ["runcomfy"] },
    inputs: (fields) => ({
      image: Image.meta({ title: "Image", description: "The picture to change, of any size." }),
      mask: Mask.meta({
        title: "Mask",
        description:
          "What to repaint: everything above 0. It should have the picture's size; one of the same shape is scaled.",
      }),
      method: z.enum(["runcomfy", "local"]).default("runcomfy").meta({
        title: "Method",
        description:
          "`runcomfy`: a model paints what the prompt says; each new job costs money. `local`: continues the surroundings on this computer, without cost, and knows no prompt. Everything else is the same.",
      }),
      prompt: z.string().max(10_000).default("").meta({
        title: "Prompt",
        description:
          "What the masked part should show, in the context of the picture. The local method does not read it.",
        widget: "textarea",
      }),
      seed: fields.seed.meta({
        description: "Another seed gives another picture; a list of seeds gives one picture for each.",
      }),
      strength: fields.strength.meta({
        description:
          "How far the new content may depart: about 0.3–0.5 retouches, 0.6–0.7 replaces in style, 0.8–1 replaces. Only for the model.",
      }),
      match_color: z.boolean().default(true).meta({
        title: "Match Colour",
        description: "Brings what was painted to the tone of what is around it, so that no seam shows.",
      }),
      context_mask: Mask.optional().meta({
        title: "Context Mask",
        description:
          "What else must be seen to paint well, such as the object that a reflection belongs to. It is not repainted.",
      }),
      grow: z.int().min(0).max(256).default(4).meta({
        title: "Grow",
        description: "How far what is painted reaches beyond the mask on all sides.",
        unit: "px",
      }),
      feather: z.number().min(0).max(0.5).default(0.1).meta({
        title: "Feather",
        description:
          "The width of the generation mask's soft edge, outside of the grown mask, as a share of the mask's diagonal: half of it is painted anew.",
        step: 0.01,
      }),
      feather_least: z.int().min(0).max(256).default(8).meta({
        title: "Least Feather",
        description: "The feather of small masks; a feather of 0 is none for them too.",
        unit: "px",
        advanced: true,
      }),
      blend: z.int().min(0).max(512).default(25).meta({
        title: "Blend",
        description: "The width of the blend mask's soft edge, outside of what is painted anew.",
        unit: "px",
      }),
      context_padding: z.number().min(0).max(4).default(0.06).meta({
        title: "Padding",
        description:
          "How much is seen beyond what may change, as a share of the mask's diagonal. More is seen anyway as long as that fits the size.",
        step: 0.01,
      }),
      size: z.int().min(64).max(4096).default(1024).meta({
        title: "Working Size",
        description:
          "The longest side that the model is best at. Only surroundings that are larger are scaled down, and what was painted back up.",
        unit: "px",
      }),
      multiple: z.int().min(1).max(128).default(16).meta({
        title: "Multiple",
        description: "The sides of what is sent are multiples of this.",
        advanced: true,
      }),
      num_inference_steps: fields.num_inference_steps.meta({
        title: "Steps",
        description: "Diffusion steps: more take longer, and cost more.",
        advanced: true,
      }),
      control_scale: fields.control_scale.meta({
        description: "How strongly the surroundings steer what is painted.",
        advanced: true,
      }),
      control_start: fields.control_start.meta({
        description: "The part of the steps after which the control begins; below Control End.",
        advanced: true,
      }),
      control_end: fields.control_end.meta({
        description: "The part of the steps after which the control ends.",
        advanced: true,
      }),
      invert_mask: z.boolean().default(false).meta({
        title: "Invert Mask",
        description: "Repaints what the mask does not select.",
        advanced: true,
      }),
      fit_mask: z.enum(["same-shape", "stretch"]).default("same-shape").meta({
        title: "Fit Mask",
        description:
          "For a mask of another size: `same-shape` scales one of the picture's shape and refuses others, `stretch` takes any.",
        advanced: true,
      }),
      when_empty: z.enum(["refuse", "keep"]).default("refuse").meta({
        title: "When Empty",
        description:
          "What to do when the mask selects nothing: `refuse`, or `keep` the picture as it is. Neither is paid.",
        advanced: true,
      }),
      allow_tiny_mask: z.boolean().default(false).meta({
        title: "Allow Tiny Mask",
        description: "Repaints fewer than 64 pixels too, which is refused otherwise before anything is paid.",
        advanced: true,
      }),
      allow_full_mask: z.boolean().default(false).meta({
        title: "Allow Full Mask",
        description: "Repaints the whole picture too, which is refused otherwise before anything is paid.",
        advanced: true,
      }),
    }),
    outputs: {
      image: Image.meta({ title: "Image", description: "The picture with the masked part repainted." }),
      generated: Image.meta({
        title: "Generated",
        description: "What was painted, as it came: the surroundings of the mask in the working size.",
      }),
      generation_mask: Mask.meta({
        title: "Generation Mask",
        description: "What is painted anew: where it is at least one half.",
      }),
      blend_mask: Mask.meta({
        title: "Blend Mask",
        description: "Where the result shows: 255 fully, 0 not at all, so that no sample changes.",
      }),
      request: Json.meta({
        title: "Request",
        description:
          "What tells the job: `method` and `seed`; for a model `model`, `request_id`, `seed`, and `cost_usd`, `price_usd` and `price_unit` when the service says them.",
      }),
    },
    validate: checkInputs,
    run: async (inputs, ctx, model) => {
      const { image, method, seed, match_color } = inputs;
      const mask = maskOf(inputs, ctx);
      const isPaid = method === "runcomfy";
      const selection = guardMask({
        mask,
        allowTiny: !isPaid || inputs.allow_tiny_mask,
        allowFull: isPaid && inputs.allow_full_mask,
      });
      if (!selection) return unchanged(inputs, mask);
      const reaches = reachesOf(selection.bounds, { ...inputs, least: inputs.feather_least });
      const { context_mask: context, context_padding: padding, size, multiple } = inputs;
      const seen = context && fitMask(context, image, ctx);
      const request = { image, selection, reaches, padding, size, multiple };
      const job = await ctx.withSlot("cpu", () =>
        prepareInpaint(
          { ...request, context: seen && maskBounds(seen.data, seen.width, seen.height) },
          stageOf(ctx, 0, 0.1),
        ),
      );
      const { prompt, strength, num_inference_steps, control_scale, control_start, control_end } = inputs;
      const parameters = { prompt, control_start, control_end, control_scale, strength, num_inference_steps, seed };
      const fixed = { image_size: "auto", output_format: "png" };
      const paint = isPaid ? modelPainter({ ...model, parameters: { ...parameters, ...fixed } }) : localPainter(seed);
      const { painted, request: made } = await paint(job, ctx);
      const result = await ctx.withSlot("cpu", async () => {
        const matched = match_color ? await matchAtSeam(painted, job, stageOf(ctx, 0.9, 0.95)) : painted;
        return finishInpaint(matched, job, stageOf(ctx, 0.95, 1));
      });
      const { generation, blend } = job.masks;
      return { image: result, generated: painted, generation_mask: generation, blend_mask: blend, request: made };
    },
  },
});

interface MaskInputs {
  readonly image: ImageValue;
  readonly mask: MaskValue;
  readonly fit_mask: "same-shape" | "stretch";
  readonly invert_mask: boolean;
}

/** The mask in the picture's size, the right way round. */
function maskOf({ image, mask, fit_mask, invert_mask }: MaskInputs, ctx: NodeContext): MaskValue {
  const stretched = fit_mask === "stretch" && !sameSize(mask, image) ? resizeMask(mask, image) : mask;
  const fitted = fitMask(stretched, image, ctx, stretch);
  return invert_mask ? { ...fitted, data: invertMask(fitted.data) } : fitted;
}

const stretch = { title: "Stretch the mask over the picture", set: { fit_mask: "stretch" } };

/** An empty mask changes nothing, which costs nothing. */
function unchanged(
  { image, when_empty }: { readonly image: ImageValue; readonly when_empty: string },
  mask: MaskValue,
) {
  if (when_empty === "refuse") throw emptyMask();
  return { image, generated: image, generation_mask: mask, blend_mask: mask, request: { method: "none" } as JsonValue };
}

interface CheckedInputs {
  readonly method?: string;
  readonly prompt?: string;
  readonly control_start?: number;
  readonly control_end?: number;
}

/** What a model would refuse, or paint at random. */
function checkInputs(inputs: CheckedInputs, later: ReadonlySet<string> = new Set()): readonly InputFinding[] {
  const { method, prompt, control_start, control_end } = inputs;
  if (method !== "runcomfy") return [];
  const needsPrompt = prompt?.trim() === "" && !later.has("prompt");
  return [
    ...checkParameters({
      ...(control_start !== undefined && { control_start }),
      ...(control_end !== undefined && { control_end }),
    }),
    ...(needsPrompt ? [noPrompt] : []),
  ];
}

const noPrompt: InputFinding = {
  code: "input.prompt",
  message: "A model needs a prompt: what the masked part should show.",
  input: "prompt",
  expected: "a text",
  received: "nothing",
  suggestion: "Write a prompt, or set `method` to `local` to continue the surroundings without one.",
  fix: { title: "Fill from the surroundings instead", set: { method: "local" } },
};
