import { defineNode, File, Json } from "@inlay/engine";
import { z } from "zod";
import { fillName } from "../image/save-name.ts";
import { onExists, writeNamed } from "../image/write-named.ts";

export default defineNode({
  type: "file/save",
  version: 1,
  title: "Save File",
  category: "File",
  description:
    "Writes a file to the output folder, byte for byte, such as a video that a model made. " +
    "It runs every time, and writes nothing when the same bytes stand there already.",
  aliases: ["write", "export", "output", "store", "download", "copy", "video"],
  inputs: {
    file: File.meta({ title: "File", description: "The file to write." }),
    name: z
      .string()
      .min(1)
      .max(200)
      .default("{workflow}")
      .meta({
        title: "Name",
        description:
          "The file's name, with `/` between folders; the ending of the file is put behind it. Placeholders: `{workflow}`, " +
          "`{inputs.NAME}`, `{inputs.NAME.stem}` (a file's name without its ending), `{run}`, and `{n}`, the lowest number " +
          "whose name is free.",
      }),
    on_exists: onExists,
  },
  outputs: {
    file: File.meta({ title: "File", description: "The same file." }),
    written: Json.meta({
      title: "Written",
      description:
        "What was written: `path`, `sha256`, `size` in bytes, `mime`, and `unchanged` when it stood there already.",
    }),
  },
  resource: "none",
  isOutput: true,
  cache: "never",
  run: async ({ file, name, on_exists }, ctx) => {
    const ending = endingOf(file.name);
    const template = name.toLowerCase().endsWith(ending) ? name : name + ending;
    // A name that cannot be is refused before the file is read.
    fillName(template, { run: ctx.run, number: 1 });
    const bytes = await ctx.files.read(file, ctx.signal);
    ctx.signal.throwIfAborted();
    const mime = mimeTypes[ending] ?? "application/octet-stream";
    const { path, sha256, size, unchanged } = await writeNamed(template, { bytes, mime, onExists: on_exists }, ctx);
    ctx.publish({ role: "result", path, sha256, size, mime });
    return { file, written: { path, sha256, size, mime, unchanged } };
  },
});

/** The last dot of a name and what follows, in lower case; empty when that is no ending. */
function endingOf(name: string): string {
  return /(?<=.)\.[a-z0-9]{1,8}$/i.exec(name)?.[0].toLowerCase() ?? "";
}

const mimeTypes: Readonly<Record<string, string>> = {
  ".mp4": "video/mp4",
  ".mov": "video/quicktime",
  ".webm": "video/webm",
  ".avi": "video/x-msvideo",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
};
