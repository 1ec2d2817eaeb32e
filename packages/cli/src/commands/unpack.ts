import { basename, extname, join } from "node:path";
import { printable } from "@inlay/engine";
import { formatByteSize, unpackWorkflow, type Unpacked } from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { flag, text, usageError, type RawOptions } from "./options.ts";

/** `inlay unpack`: a workflow and its pictures out of one file. */
export async function unpackCommand(file: string, options: RawOptions): Promise<number> {
  const overwrite = flag(options, "overwrite");
  const keepBoth = flag(options, "keep-both");
  if (overwrite && keepBoth) throw usageError("--overwrite and --keep-both say different things.");
  const dir = text(options, "output") ?? folderFor(file);
  const unpacked = await unpackWorkflow({
    file,
    dir,
    onExists: overwrite ? "overwrite" : keepBoth ? "number" : "error",
  });
  process.stdout.write(
    flag(options, "json") ? `${JSON.stringify({ dir, ...unpacked }, null, 2)}\n` : inWords(dir, unpacked),
  );
  return ExitCode.succeeded;
}

/** `cup.inlay` goes into `cup`. */
function folderFor(file: string): string {
  const name = basename(file, extname(file));
  return name === basename(file) ? `${name}-unpacked` : name;
}

const states = { new: "", unchanged: ", was there already", replaced: ", replaced another" } as const;

function inWords(dir: string, { workflow, files }: Unpacked): string {
  const lines = files.map(({ path, size, state, was }) => {
    const name = was === undefined ? "" : `, in the parcel \`${was}\``;
    return `${join(dir, path)} (${formatByteSize(size)}${states[state]}${name})`;
  });
  return `${[join(dir, workflow), ...lines].map(printable).join("\n")}\n`;
}
