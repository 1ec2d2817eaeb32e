import {
  defineNode,
  EngineError,
  errorData,
  File,
  type FileRef,
  type ImageValue,
  type InputFinding,
  Mask,
  type MaskValue,
  type NodeContext,
} from "@inlay/engine";
import {
  applyEditsSteps,
  type EditMode,
  editProblem,
  editRadiusLimit,
  invertMask,
  type MaskEdit,
  maskTools,
  strokeLimits,
} from "@inlay/raster";
import { z } from "zod";
import { describeSize, sameSize } from "../pixels/size.ts";
import { readStrokes } from "./read-strokes.ts";
import { runMask, type MaskSteps } from "./run-mask.ts";
import { invert, reach, sizeSource } from "./shape-inputs.ts";

const fraction = z.number().min(0).max(1);
const step = z.int().min(-strokeLimits.maxStep).max(strokeLimits.maxStep);
const count = z.int().min(0).max(reach);
const modes = ["add", "subtract", "intersect"] as const satisfies readonly EditMode[];

// Which fields a tool has is the rasteriser's to know: `editProblem` says it in the file's check and in the run.
const stroke = z.object({
  tool: z.enum(maskTools),
  mode: z.enum(modes).optional(),
  size: z.union([z.number().min(strokeLimits.minSize).max(strokeLimits.maxSize), z.tuple([count, count])]).optional(),
  hardness: fraction.optional(),
  opacity: fraction.optional(),
  points: z
    .array(z.tuple([step, step]))
    .min(1)
    .max(100_000)
    .optional(),
  pressure: z.array(z.int().min(0).max(255)).max(100_000).optional(),
  spans: z
    .array(z.tuple([count, count, count]))
    .max(4_000_000)
    .optional(),
  tolerance: z.number().min(0).max(255).optional(),
  shape: z.enum(["linear", "radial"]).optional(),
  radius: z.int().min(0).max(editRadiusLimit).optional(),
  level: z.int().min(1).max(255).optional(),
  data: z.string().optional(),
});

export default defineNode({
  type: "mask/paint",
  version: 1,
  title: "Painted Mask",
  category: "Mask",
  description:
    "Selects what is painted in the mask editor: brush and eraser, outlines and shapes, areas of one colour, gradients, and steps such as growing or feathering. " +
    "Everything that was done is kept in the workflow, so a painted mask is shared, repeated exactly and edited on.",
  aliases: ["brush", "draw", "stroke", "eraser", "freehand", "lasso", "magic wand", "edit"],
  inputs: {
    image: sizeSource,
    mask: Mask.optional().meta({
      title: "Mask",
      description: "A mask of the picture's size to paint on. Without it, painting starts from nothing selected.",
    }),
    strokes: z
      .union([z.array(stroke).max(10_000), File])
      .default([])
      .meta({
        title: "Strokes",
        description:
          "What was done, in order, each with its `tool`. Points are in 1/8 px, the first [x, y] from the picture's top left corner, each other one from the point before it. " +
          "`brush`, `eraser`: `size` (the diameter in px), `hardness` and `opacity` (0–1), the `points` of the way, and for a pen its `pressure` at each (0–255). " +
          "With a `mode` of `add`, `subtract` or `intersect`: `lasso` and `polygon` (corners), `rectangle` and `ellipse` (two opposite corners), " +
          "`gradient` (`shape` `linear` or `radial`, from full to nothing), `wand` and `color-range` (`spans` of rows: [rows down, pixels on, pixels selected]), " +
          "`import` (`size` [width, height] and the packed `data`), and `fill` (the area around a point, or all). " +
          "`invert`, `clear` and `fill-holes` stand alone; `grow`, `shrink` and `feather` have a `radius` in px, `threshold` a `level`. " +
          "A file holds the same list as JSON, plain or gzip.",
        widget: "strokes",
      }),
    invert: invert.meta({ title: "Invert", description: "Selects everything that is not painted instead." }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "255 where it is painted, 0 where it is not." }) },
  validate: ({ strokes }) => (Array.isArray(strokes) ? problemOf(strokes) : []),
  run: ({ image, mask, strokes, invert }, ctx) => {
    if (mask) checkSize(mask, image);
    const paint = (edits: readonly unknown[]) =>
      runMask(image, paintedSteps({ image, mask, edits: edits as readonly MaskEdit[], invert }), ctx);
    return Array.isArray(strokes) ? paint(strokes) : readChecked(strokes as FileRef, ctx).then(paint);
  },
});

async function readChecked(file: FileRef, ctx: NodeContext): Promise<readonly unknown[]> {
  const edits = await readStrokes(file, ctx);
  const [problem] = problemOf(edits);
  if (problem) throw new EngineError(problem);
  return edits;
}

function problemOf(edits: readonly unknown[]): InputFinding[] {
  for (const [index, edit] of edits.entries()) {
    const isObject = typeof edit === "object" && edit !== null;
    const problem = isObject ? editProblem(edit as Readonly<Record<string, unknown>>) : "it is no object";
    if (problem !== undefined)
      return [{ code: "input.strokes", message: `Stroke ${index + 1} cannot be drawn: ${problem}.`, input: "strokes" }];
  }
  return [];
}

interface Painting {
  readonly image: ImageValue;
  readonly mask: MaskValue | undefined;
  readonly edits: readonly MaskEdit[];
  readonly invert: boolean;
}

function* paintedSteps({ image: { width, height }, mask, edits, invert }: Painting): MaskSteps {
  const data = mask?.data ?? new Uint8Array(width * height);
  try {
    const painted = yield* applyEditsSteps({ width, height, data }, edits);
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

/** What shows only in the work: the data of an imported mask. */
function badStroke(cause: unknown): EngineError {
  return new EngineError({ code: "input.strokes", message: errorData(cause).message, input: "strokes" }, { cause });
}
