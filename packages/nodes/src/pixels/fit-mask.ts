import { EngineError, type Fix, type MaskValue, type NodeContext } from "@inlay/engine";
import { resizeMask } from "./resize-mask.ts";
import { describeSize, sameAspect, sameSize, type Size } from "./size.ts";

/**
 * Brings a mask to a picture's size: the mask itself when it has it, stretched, with a line of the log, when it has the
 * same shape. Throws `mask.size-mismatch` for another shape, with the `fix` of a node that has one: cropping or
 * distorting would shift what is selected.
 */
export function fitMask(mask: MaskValue, size: Size, ctx: NodeContext, fix?: Fix): MaskValue {
  if (sameSize(mask, size)) return mask;
  if (!sameAspect(mask, size)) {
    throw new EngineError({
      code: "mask.size-mismatch",
      message: "The mask and the picture have different shapes.",
      input: "mask",
      expected: describeSize(size),
      received: describeSize(mask),
      suggestion: "Draw the mask for this picture.",
      ...(fix && { fix }),
    });
  }
  ctx.log("info", `The mask of ${describeSize(mask)} was scaled to the picture's ${describeSize(size)}.`);
  return resizeMask(mask, size);
}
