import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { runImage } from "../pace/run-image.ts";
import { mirrorSteps, quarterTurnSteps } from "../pixels/rearrange.ts";

export default defineNode({
  type: "image/flip",
  version: 1,
  title: "Flip Image",
  category: "Image",
  description: "Mirrors a picture. Samples stay exactly as they are.",
  aliases: ["mirror", "flop", "reverse", "reflect"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to mirror." }),
    direction: z.enum(["horizontal", "vertical", "both"]).default("horizontal").meta({
      title: "Direction",
      description:
        "`horizontal` exchanges left and right, `vertical` exchanges top and bottom, `both` does both: half a turn.",
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The mirrored picture." }) },
  run: ({ image, direction }, ctx) =>
    runImage(direction === "both" ? quarterTurnSteps(image, 2) : mirrorSteps(image, direction), ctx),
});
