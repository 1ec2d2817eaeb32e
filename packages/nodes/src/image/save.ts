import { defineNode, Image, Json, type NodeContext } from "@inlay/engine";
import { z } from "zod";
import { encodeImage, mimeTypes, type EncodeFormat } from "../codec/encode-image.ts";
import { hasTransparency } from "../pixels/flatten.ts";
import { pictureRecord } from "../record/picture-record.ts";
import { longestJpegXmp, xmpOf } from "../record/xmp.ts";
import { fillName } from "./save-name.ts";
import { onExists, writeNamed } from "./write-named.ts";

export default defineNode({
  type: "image/save",
  version: 1,
  title: "Save Image",
  category: "Image",
  description:
    "Writes a picture to the output folder. PNG keeps every sample exactly, 8 or 16 bit; JPEG, WebP and AVIF are 8 bit and lossy. " +
    "The density (pixels per inch) that the source file had is written again, and nothing else of it: no place, no camera. It runs every time, and writes nothing when the same bytes stand there already.",
  aliases: ["write", "export", "output", "store", "download"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to write." }),
    name: z
      .string()
      .min(1)
      .max(200)
      .default("{workflow}")
      .meta({
        title: "Name",
        description:
          "The file's name, with `/` between folders. Placeholders: `{workflow}`, `{inputs.NAME}`, `{inputs.NAME.stem}` " +
          "(a file's name without its ending), `{run}`, and `{n}`: for the pictures of a list their place from 1, else the lowest number whose name is free.",
      }),
    format: z.enum(["png", "jpeg", "webp", "avif"]).default("png").meta({
      title: "Format",
      description:
        "The file format, unless the name ends in `.png`, `.jpg`, `.jpeg`, `.webp` or `.avif`: then the name decides.",
    }),
    quality: z.int().min(1).max(100).default(90).meta({
      title: "Quality",
      description:
        "For JPEG, WebP and AVIF: higher looks better and takes more space. Above 90, JPEG keeps full colour resolution.",
      unit: "%",
      widget: "slider",
    }),
    compression: z.int().min(0).max(9).default(2).meta({
      title: "PNG Compression",
      description: "For PNG: 0 is fast and large, 9 slow and small. The pixels are the same.",
      widget: "slider",
      advanced: true,
    }),
    metadata: z
      .enum(["full", "graph", "none"])
      .default("full")
      .meta({
        title: "Metadata",
        description:
          "What the picture says about how it was made, as XMP. `full`: the workflow, the values of its named inputs and its seeds. " +
          "`graph`: the workflow alone. `none`: nothing. Tokens, folders of this machine and queries of URLs are never in it. " +
          "Who runs the workflow may say otherwise for a run (`inlay run --metadata none`).",
      }),
    on_exists: onExists,
  },
  outputs: {
    image: Image.meta({ title: "Image", description: "The same picture." }),
    file: Json.meta({
      title: "File",
      description:
        "What was written: `path`, `sha256`, `size` in bytes, `mime`, and `unchanged` when it stood there already.",
    }),
  },
  isOutput: true,
  cache: "never",
  run: async ({ image, name, format, quality, compression, metadata, on_exists }, ctx) => {
    const target = withExtension(name, format);
    // A name that cannot be is refused before the work of encoding.
    fillName(target.template, { run: ctx.run, number: 1 });
    if (target.format === "jpeg" && hasTransparency(image)) {
      ctx.log("warning", "JPEG cannot hold transparency: the picture was put in front of white.");
    }
    const level = ctx.run.metadata ?? metadata;
    const density = image.metadata?.density;
    const bytes = await encodeImage(image, {
      format: target.format,
      quality,
      compression,
      density,
      xmp: level === "none" ? undefined : xmpFor(target.format, level, ctx),
    });
    ctx.signal.throwIfAborted();
    const mime = mimeTypes[target.format];
    const file = await writeNamed(target.template, { bytes, mime, onExists: on_exists }, ctx);
    const { path, sha256, size, unchanged } = file;
    ctx.publish({ role: "result", path, sha256, size, mime, shows: "image" });
    return { image, file: { path, sha256, size, mime, unchanged } };
  },
});

function xmpFor(format: EncodeFormat, level: "graph" | "full", ctx: NodeContext): string | undefined {
  const xmp = xmpOf(pictureRecord(ctx.run, level), format === "jpeg" ? longestJpegXmp : undefined);
  if (xmp === undefined) ctx.log("warning", "The workflow is too long for a JPEG's metadata and was left out.");
  return xmp;
}

interface Target {
  /** The name's template with its extension. */
  readonly template: string;
  readonly format: EncodeFormat;
}

/** What is filled in never decides the format: only an extension in the template itself counts. */
function withExtension(template: string, format: EncodeFormat): Target {
  const extension = /\.(png|jpe?g|webp|avif)$/i.exec(template)?.[1]?.toLowerCase();
  if (extension === undefined) return { template: `${template}.${format === "jpeg" ? "jpg" : format}`, format };
  return { template, format: formats[extension] ?? "jpeg" };
}

const formats: Readonly<Record<string, EncodeFormat>> = { png: "png", webp: "webp", avif: "avif" };
