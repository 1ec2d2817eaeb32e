import { inpaintingInputSchema } from "./generated/inpainting-input-schema.ts";

/** The model that the sandbox stands in for by itself. */
export const MODEL_ID = "tongyi-mai/z-image/turbo/inpainting";

/** The sentence by which the sandbox says what it is. */
export const WHAT_THIS_IS =
  "This is Inlay's sandbox, not RunComfy: it fills the masked part from its surroundings, ignores the prompt, and costs $0.00.";

/** What it says of every other model. */
export const ANY_MODEL =
  "This is Inlay's sandbox, not RunComfy: it gives back the first picture that it is sent, its masked part filled from the surroundings, or a plain picture; it ignores the prompt, and costs $0.00.";

/** The answer of `GET /v1/models/{model_id}`. */
export const MODEL_PAGE = {
  model_id: MODEL_ID,
  display_name: "Z-Image Turbo Inpainting (sandbox)",
  base_price_usd: 0,
  price_unit: "per request",
  pricing_note: WHAT_THIS_IS,
  input_schema: inpaintingInputSchema,
} as const;

/** What a job of any model is asked to do, checked against the model's schema. */
export type JobInput = Readonly<Record<string, unknown>>;

/** The formats in which a job's output can be asked for. */
export type OutputFormat = "png" | "jpeg" | "webp";

/** What a job is asked to do, checked, with the schema's defaults filled in. */
export interface InpaintRequest {
  readonly prompt: string;
  readonly image_url: string;
  readonly mask_image_url: string;
  readonly control_start: number;
  readonly control_end: number;
  readonly control_scale: number;
  readonly strength: number;
  readonly image_size: string;
  readonly num_inference_steps: number;
  readonly seed: number;
  readonly output_format: OutputFormat;
}
