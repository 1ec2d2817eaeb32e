import { defineNode, File, type FileAccess, type ListedFile, type Signal } from "@inlay/engine";
import { z } from "zod";
import { globMatcher } from "./glob.ts";

/** The most files that one node lists. */
const mostFiles = 10_000;

export default defineNode({
  type: "value/files",
  version: 1,
  title: "Files of a Folder",
  category: "Value",
  description:
    "Lists a folder's files, to run a workflow for each of them: what is linked to it runs once for each file. " +
    "The folder is looked at when a run starts. A file counts by its content, so that after adding one photograph only that one is computed.",
  aliases: ["folder", "directory", "batch", "load images", "all images", "glob", "several", "many"],
  inputs: {
    folder: z.string().min(1).max(1000).default("inputs").meta({
      title: "Folder",
      description: "The folder, relative to the workspace; `.` is the workspace itself. Nothing outside is reached.",
      widget: "folder",
    }),
    pattern: z
      .string()
      .min(1)
      .max(1000)
      .default("*.{png,jpg,jpeg,webp,avif,tif,tiff,gif}")
      .meta({
        title: "Pattern",
        description:
          "Which names count, large and small letters alike: `*` stands for any letters, `?` for one, `{a,b}` for one of several. " +
          "A pattern with `/` is compared with the whole path below the folder, where `**` stands for any folders.",
      }),
    recursive: z.boolean().default(false).meta({
      title: "Folders Inside",
      description: "Also lists what lies in folders inside; hidden ones and the output folder are left out.",
    }),
    order: z.enum(["ascending", "descending"]).default("ascending").meta({
      title: "Order",
      description: "By path, numbers by their value: `photo 2` before `photo 10`; or the other way round.",
    }),
  },
  outputs: {
    files: z.array(File).meta({ title: "Files", description: "The files in order, at most 10,000; it may be empty." }),
    names: z.array(z.string()).meta({
      title: "Names",
      description: "For each file its path below the folder without the ending, such as `cup` or `2024/cup`.",
    }),
    count: z.int().meta({ title: "Count", description: "How many files there are." }),
  },
  resource: "none",
  fingerprint: async (inputs, { files, signal }) => {
    const listed = await list(inputs, files, signal);
    return listed.map(({ path, file }) => `${file.sha256} ${path}`).join("\n");
  },
  run: async ({ order, ...request }, { files, signal, log }) => {
    const listed = [...(await list(request, files, signal))].sort((a, b) => byNumber.compare(a.path, b.path));
    if (order === "descending") listed.reverse();
    if (listed.length === 0) log("warning", `No file of \`${request.folder}\` fits the pattern, so nothing runs.`);
    return {
      files: listed.map(({ file }) => file),
      names: listed.map(({ path }) => path.replace(/(?<=[^/])\.[^./]*$/, "")),
      count: listed.length,
    };
  },
});

/** The same in every place and language of the system. */
const byNumber = new Intl.Collator("en", { numeric: true });

interface Request {
  readonly folder?: string;
  readonly pattern?: string;
  readonly recursive?: boolean;
}

function list(
  { folder = "", pattern = "", recursive = false }: Request,
  files: FileAccess,
  signal: Signal,
): Promise<readonly ListedFile[]> {
  return files.list({ folder, recursive, accepts: globMatcher(pattern), limit: mostFiles }, signal);
}
