import { defineNode, Mask } from "@inlay/engine";
import { shrinkMaskSteps } from "@inlay/raster";
import { distance, smoothEdge } from "./grow-inputs.ts";
import { runMask } from "./run-mask.ts";

export default defineNode({
  type: "mask/shrink",
  version: 1,
  title: "Shrink Mask",
  category: "Mask",
  description:
    "Narrows a selection from all sides: what lies within a Euclidean distance of something unselected is no longer selected. " +
    "The edge is where the mask passes 128, and no sample becomes larger. A selection does not shrink away from the picture's border.",
  aliases: ["contract", "erode", "narrow", "reduce", "thin"],
  inputs: {
    mask: Mask.meta({ title: "Mask", description: "The mask to narrow." }),
    radius: distance.meta({
      title: "Distance",
      description: "How far the edge moves inwards; 0 changes nothing.",
      unit: "px",
      widget: "slider",
    }),
    antialias: smoothEdge,
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "The narrower mask." }) },
  run: ({ mask, radius, antialias }, ctx) =>
    runMask(mask, shrinkMaskSteps(mask.data, mask.width, mask.height, { radius, antialias }), ctx),
});
