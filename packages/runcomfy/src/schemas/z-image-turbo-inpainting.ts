/** The id of Z-Image Turbo's inpainting model. */
export const zImageTurboInpaintingModel = "tongyi-mai/z-image/turbo/inpainting";

/**
 * The input of Z-Image Turbo's inpainting model, as RunComfy's API describes it: data, unchanged. Its type `float` means
 * a number (JSON Schema has no such type), and its defaults of prompt and URLs are samples, not values to fill in.
 */
export const zImageTurboInpaintingSchema = {
  type: "object",
  title: "Input",
  required: ["prompt", "image_url", "mask_image_url"],
  properties: {
    prompt: {
      title: "Prompt",
      description: "",
      type: "string",
      default:
        "Replace the coffee cup with a green apple. Keep the saucer, the spoon and the table unchanged. Natural light, realistic colours.",
    },
    image_url: {
      title: "Image",
      description: "Valid image URL used as input for inpainting.",
      type: "string",
      default: "https://playgrounds-storage-public.runcomfy.net/tools/7294/media-files/input-1-1.png",
    },
    mask_image_url: {
      title: "Mask Image",
      description: "Valid image URL pointing to a mask image used for inpainting.",
      type: "string",
      default: "https://playgrounds-storage-public.runcomfy.net/tools/7294/media-files/mask.png",
    },
    control_start: {
      title: "Control Start",
      description: "Start point of controlnet conditioning (0–1).",
      type: "float",
      minimum: 0,
      maximum: 1,
      default: 0,
    },
    strength: {
      title: "Strength",
      description: "Controls the strength of the inpaint conditioning.",
      type: "float",
      minimum: 0,
      maximum: 1,
      default: 1,
    },
    image_size: {
      title: "Aspect Ratio (W:H)",
      description: "",
      type: "string",
      enum: ["square_hd", "square", "portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9", "auto"],
      default: "auto",
    },
    num_inference_steps: {
      title: "Number of Inference Steps",
      description: "Controls the number of diffusion inference steps.",
      type: "integer",
      minimum: 1,
      maximum: 30,
      default: 20,
    },
    seed: {
      title: "Seed",
      description: "",
      type: "integer",
      default: 0,
    },
    output_format: {
      title: "Output Format",
      description: "Specifies the file format of the generated image.",
      type: "string",
      enum: ["jpeg", "png", "webp"],
      default: "png",
    },
    control_scale: {
      title: "Control Scale",
      description: "Defines the scale of the inpaint controlnet conditioning.",
      type: "float",
      minimum: 0,
      maximum: 1,
      default: 0.75,
    },
    control_end: {
      title: "Control End",
      description: "End point of controlnet conditioning (0–1).",
      type: "float",
      minimum: 0,
      maximum: 1,
      default: 0.6,
    },
  },
} as const;
