import type { InputFinding } from "@inlay/engine";
import type { zImageTurboInpaintingSchema } from "@inlay/runcomfy/models";
import { describeSize, sameAspect, type Size } from "../pixels/size.ts";

/** The service's presets. `auto` follows the picture. */
type ImageSize = (typeof zImageTurboInpaintingSchema.properties.image_size.enum)[number];

const shapes: Readonly<Record<Exclude<ImageSize, "auto">, Size>> = {
  square_hd: { width: 1, height: 1 },
  square: { width: 1, height: 1 },
  portrait_4_3: { width: 3, height: 4 },
  portrait_16_9: { width: 9, height: 16 },
  landscape_4_3: { width: 4, height: 3 },
  landscape_16_9: { width: 16, height: 9 },
};

/** Parameters of a job, as far as they are known. */
interface Parameters {
  readonly control_start?: number;
  readonly control_end?: number;
  readonly image_size?: ImageSize;
  readonly image?: Size;
}

/** What the service's own schema leaves open, or would answer only when the job is paid. */
export function checkParameters(parameters: Parameters): readonly InputFinding[] {
  return [...checkControlRange(parameters), ...checkImageSize(parameters)];
}

/** Control must start before it ends. */
function checkControlRange({ control_start: start, control_end: end }: Parameters): readonly InputFinding[] {
  if (start === undefined || end === undefined || start < end) return [];
  return [
    {
      code: "input.control-range",
      message: "`control_start` must be below `control_end`.",
      input: "control_start",
      expected: `below ${end}`,
      received: String(start),
      suggestion: "Let it begin at 0 and end at 0.6, as the model's authors do.",
      fix: { title: "Use the usual range", set: { control_start: 0, control_end: 0.6 } },
    },
  ];
}

/** A preset of another shape than the picture: the result could not be laid over it, and would have been paid. */
function checkImageSize({ image_size: preset = "auto", image }: Parameters): readonly InputFinding[] {
  if (preset === "auto" || image === undefined || sameAspect(shapes[preset], image)) return [];
  const { width, height } = shapes[preset];
  return [
    {
      code: "input.image-size",
      message: "`image_size` has another shape than the picture.",
      input: "image_size",
      expected: `a preset of the shape of ${describeSize(image)}`,
      received: `${preset}, which is ${width} : ${height}`,
      suggestion: "Use `auto`.",
      fix: { title: "Use the picture's own size", set: { image_size: "auto" } },
    },
  ];
}
