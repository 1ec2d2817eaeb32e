import { defineNode, EngineError, errorData, Mask, type ImageValue, type MaskValue } from "@inlay/engine";
import { invertMask, paintStrokesSteps, strokeLimits, type Stroke } from "@inlay/raster";
import { z } from "zod";
import { describeSize, sameSize } from "../pixels/size.ts";
import { runMask, type MaskSteps } from "./run-mask.ts";
import { invert, sizeSource } from "./shape-inputs.ts";

const fraction = z.number().min(0).max(1);
const step = z.int().min(-strokeLimits.maxStep).max(strokeLimits.maxStep);

const stroke = z.object({
  tool: z.enum(["brush", "eraser"]),
  size: z.number().min(strokeLimits.minSize).max(strokeLimits.maxSize),
  hardness: fraction,
  opacity: fraction,
  points: z
    .array(z.tuple([step, step]))
    .min(1)
    .max(100_000),
});

export default defineNode({
  type: "mask/paint",
  version: 1,
  title: "Painted Mask",
  category: "Mask",
  description:
    "Selects what is painted with a round brush. The strokes themselves are kept in the workflow, so a painted mask is shared and repeated exactly with the file.",
  aliases: ["brush", "draw", "stroke", "eraser", "freehand"],
  inputs: {
    image: sizeSource,
    mask: Mask.optional().meta({
      title: "Mask",
      description: "A mask of the picture's size to paint on. Without it, painting starts from nothing selected.",
    }),
    strokes: z
      .array(stroke)
      .max(10_000)
      .default([])
      .meta({
        title: "Strokes",
        description:
          "What was painted, in order: `tool` (`brush` or `eraser`), `size` (the brush's diameter in px), `hardness` and `opacity` (0–1), " +
          "and `points`, the brush's way in 1/8 px: the first [x, y] from the picture's top left corner, each other one from the point before it.",
        widget: "strokes",
      }),
    invert: invert.meta({ title: "Invert", description: "Selects everything that is not painted instead." }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "255 where it is painted, 0 where it is not." }) },
  run: ({ image, mask, strokes, invert }, ctx) => {
    if (mask) checkSize(mask, image);
    return runMask(image, paintedSteps({ image, mask, strokes, invert }), ctx);
  },
});

interface Painting {
  readonly image: ImageValue;
  readonly mask: MaskValue | undefined;
  readonly strokes: readonly Stroke[];
  readonly invert: boolean;
}

function* paintedSteps({ image: { width, height }, mask, strokes, invert }: Painting): MaskSteps {
  const base = mask?.data ?? new Uint8Array(width * height);
  try {
    const painted = yield* paintStrokesSteps(base, width, height, strokes);
    return invert ? invertMask(painted) : painted;
  } catch (cause) {
    throw badStroke(cause);
  }
}

function checkSize(mask: MaskValue, image: ImageValue): void {
  if (sameSize(mask, image)) return;
  throw new EngineError({
    code: "mask.size-mismatch",
    message: "The mask to paint on and the picture have different sizes.",
    input: "mask",
    expected: describeSize(image),
    received: describeSize(mask),
  });
}

/** What no schema can say: where the steps of a stroke lead together. */
function badStroke(cause: unknown): EngineError {
  return new EngineError({ code: "input.strokes", message: errorData(cause).message, input: "strokes" }, { cause });
}
