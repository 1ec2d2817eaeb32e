import { defineNode, Mask, type MaskValue } from "@inlay/engine";
import { featherMaskSteps } from "@inlay/raster";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";

export default defineNode({
  type: "mask/feather",
  version: 1,
  title: "Feather Mask",
  category: "Mask",
  description:
    "Softens a mask's edge like a Gaussian. What is further from the selection than the softness reaches stays exactly 0.",
  aliases: ["blur", "soften", "smooth", "edge", "gaussian"],
  inputs: {
    mask: Mask.meta({ title: "Mask", description: "The mask to soften." }),
    radius: z.int().min(0).max(512).default(16).meta({
      title: "Radius",
      description: "How far the softness reaches to each side, about; 0 changes nothing.",
      unit: "px",
      widget: "slider",
    }),
    direction: z.enum(["both", "inward", "outward"]).default("both").meta({
      title: "Direction",
      description:
        "Where the softness lies: on both sides of the edge, inside (nothing new is selected), or outside (nothing selected is lost).",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "The softened mask." }) },
  run: ({ mask, radius, direction }, ctx) => {
    const { width, height } = mask;
    const asMask = (data: Uint8Array): { mask: MaskValue } => ({ mask: { kind: "mask", width, height, data } });
    const data = runSteps(featherMaskSteps(mask.data, width, height, radius, direction), ctx);
    return data instanceof Promise ? data.then(asMask) : asMask(data);
  },
});
