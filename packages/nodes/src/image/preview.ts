import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { encodeImage, mimeTypes } from "../codec/encode-image.ts";
import { thumbnail } from "../pixels/thumbnail.ts";

export default defineNode({
  type: "image/preview",
  version: 1,
  title: "Preview Image",
  category: "Image",
  description:
    "Shows a small copy of a picture while the workflow runs, and writes no file. The copy is a JPEG; transparency is shown on white.",
  aliases: ["show", "view", "thumbnail", "inspect"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to show." }),
    max_size: z.int().min(16).max(2048).default(512).meta({
      title: "Largest Side",
      description: "The longer side of the copy; a smaller picture is shown as it is.",
      unit: "px",
      advanced: true,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The same picture." }) },
  isOutput: true,
  cache: "never",
  run: async ({ image, max_size }, ctx) => {
    const bytes = await encodeImage(thumbnail(image, max_size), { format: "jpeg", quality: 80 });
    ctx.signal.throwIfAborted();
    const { sha256, size } = await ctx.artifacts.put(bytes, { mime: mimeTypes.jpeg });
    ctx.publish({ role: "preview", sha256, size, mime: mimeTypes.jpeg });
    return { image };
  },
});
