import { defineNode, File, Image, type ImageValue, type FileRef, type NodeContext } from "@inlay/engine";
import { z } from "zod";
import { decodeImage } from "../codec/decode-image.ts";

export default defineNode({
  type: "image/load",
  version: 1,
  title: "Load Image",
  category: "Image",
  description:
    "Reads a picture from a file of the workspace, an asset, or an https URL, by what its first bytes say. PNG, JPEG, WebP, AVIF, GIF and TIFF are read, at most 20,000 pixels a side and 128 megapixels. " +
    "The picture comes out upright (EXIF orientation applied) in sRGB (an embedded colour profile is converted); " +
    "16-bit channels, greyscale and transparency are kept. Of an animation, the first frame is taken.",
  aliases: ["open", "read", "import", "photo", "picture", "file"],
  inputs: {
    source: z.union([File, Image]).meta({
      title: "Source",
      description:
        "The picture's file: a path in the workspace, or an https URL of a public host (at most 64 MiB, fetched once a run). " +
        "An image from elsewhere passes through unchanged.",
      widget: "file",
    }),
  },
  outputs: {
    image: Image.meta({ title: "Image", description: "The decoded picture." }),
  },
  run: ({ source }, ctx) => (source.kind === "image" ? { image: source } : load(source, ctx)),
});

async function load(file: FileRef, ctx: NodeContext): Promise<{ image: ImageValue }> {
  const bytes = await ctx.files.read(file, ctx.signal);
  ctx.signal.throwIfAborted();
  const { image, pages } = await decodeImage(bytes, { name: file.name });
  if (pages > 1) ctx.log("warning", `\`${file.name}\` holds ${pages} pictures; the first one is used.`);
  return { image };
}
