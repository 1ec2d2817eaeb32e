import { defineNode, Mask } from "@inlay/engine";
import { fillHolesSteps } from "@inlay/raster";
import { runMask } from "./run-mask.ts";

export default defineNode({
  type: "mask/fill-holes",
  version: 1,
  title: "Fill Holes in Mask",
  category: "Mask",
  description:
    "Selects everything that a selection encloses, whatever its size. A hole is what cannot be reached from the picture's border, going up, down, left and right, without crossing the selection. " +
    "A hole behind a soft edge gets the level of the weakest place around it.",
  aliases: ["close", "solid", "enclosed", "gaps", "fill"],
  inputs: { mask: Mask.meta({ title: "Mask", description: "The mask with holes." }) },
  outputs: { mask: Mask.meta({ title: "Mask", description: "The mask without holes; no sample became smaller." }) },
  run: ({ mask }, ctx) => runMask(mask, fillHolesSteps(mask.data, mask.width, mask.height), ctx),
});
