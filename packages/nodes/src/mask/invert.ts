import { defineNode, Mask } from "@inlay/engine";
import { invertMask } from "@inlay/raster";
import { maskRows, runMask } from "./run-mask.ts";

export default defineNode({
  type: "mask/invert",
  version: 1,
  title: "Invert Mask",
  category: "Mask",
  description: "Selects what was not selected. A soft edge stays as soft: a sample v becomes 255 − v.",
  aliases: ["negate", "reverse", "complement", "outside"],
  inputs: { mask: Mask.meta({ title: "Mask", description: "The mask to turn round." }) },
  outputs: { mask: Mask.meta({ title: "Mask", description: "255 where the mask was 0, 0 where it was 255." }) },
  run: ({ mask }, ctx) =>
    runMask(
      mask,
      maskRows(mask, (start, end) => invertMask(mask.data.subarray(start, end))),
      ctx,
    ),
});
