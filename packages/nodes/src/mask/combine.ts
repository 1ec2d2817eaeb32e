import { defineNode, EngineError, Mask, type MaskValue } from "@inlay/engine";
import { combineMasks } from "@inlay/raster";
import { z } from "zod";
import { describeSize, sameSize } from "../pixels/size.ts";
import { maskRows, runMask } from "./run-mask.ts";

export default defineNode({
  type: "mask/combine",
  version: 1,
  title: "Combine Masks",
  category: "Mask",
  description:
    "Makes one selection of two masks of the same size: what either selects, what both select, the first without the second, or what exactly one selects. " +
    "Soft edges are kept: samples are combined as max(a, b), min(a, b), min(a, 255 − b), and the larger of the two differences.",
  aliases: ["union", "intersect", "subtract", "xor", "add", "merge", "boolean", "difference"],
  inputs: {
    a: Mask.meta({ title: "First Mask", description: "The first mask, from which `subtract` takes away." }),
    b: Mask.meta({ title: "Second Mask", description: "The second mask, of the same size." }),
    operation: z.enum(["union", "intersect", "subtract", "xor"]).default("union").meta({
      title: "Operation",
      description:
        "`union`: either of them. `intersect`: both. `subtract`: the first but not the second. `xor`: exactly one of them.",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "The combined mask." }) },
  run: ({ a, b, operation }, ctx) => {
    if (!sameSize(a, b)) throw differentSizes(a, b);
    const combined = maskRows(a, (start, end) =>
      combineMasks(a.data.subarray(start, end), b.data.subarray(start, end), operation),
    );
    return runMask(a, combined, ctx);
  },
});

function differentSizes(a: MaskValue, b: MaskValue): EngineError {
  return new EngineError({
    code: "mask.size-mismatch",
    message: "The two masks have different sizes.",
    input: "b",
    expected: `${describeSize(a)}, as the first mask`,
    received: describeSize(b),
    suggestion: "Draw both masks for the same picture.",
  });
}
