import { defineNode, Mask } from "@inlay/engine";
import { growMaskSteps } from "@inlay/raster";
import { distance, smoothEdge } from "./grow-inputs.ts";
import { runMask } from "./run-mask.ts";

export default defineNode({
  type: "mask/grow",
  version: 1,
  title: "Grow Mask",
  category: "Mask",
  description:
    "Widens a selection to all sides: everything within a Euclidean distance of it is selected, so corners become round. " +
    "The edge is where the mask passes 128, and no sample becomes smaller. To have a soft edge, grow first and feather afterwards.",
  aliases: ["expand", "dilate", "widen", "enlarge", "thicken"],
  inputs: {
    mask: Mask.meta({ title: "Mask", description: "The mask to widen." }),
    radius: distance.meta({
      title: "Distance",
      description: "How far the edge moves outwards; 0 changes nothing.",
      unit: "px",
      widget: "slider",
    }),
    antialias: smoothEdge,
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "The wider mask." }) },
  run: ({ mask, radius, antialias }, ctx) =>
    runMask(mask, growMaskSteps(mask.data, mask.width, mask.height, { radius, antialias }), ctx),
});
