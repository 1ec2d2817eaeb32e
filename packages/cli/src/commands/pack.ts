import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { catalogOf, EngineError, printable } from "@inlay/engine";
import { createFile, formatByteSize, openWorkspace, packWorkflow, replaceFile, writeError } from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { invalidWorkflow, loadWorkflow } from "../load-workflow.ts";
import { pathInWorkspace } from "./path-in-workspace.ts";
import { flag, text, workspaceOf, type RawOptions } from "./options.ts";

/** `inlay pack`: a workflow and its pictures as one file. */
export async function packCommand(file: string, options: RawOptions): Promise<number> {
  const target = text(options, "output") ?? `${basename(file, extname(file))}.inlay`;
  const { dir } = await openWorkspace({ dir: workspaceOf(file, options) });
  const { workflow, diagnostics } = await loadWorkflow(file, catalogOf([]));
  // Nodes that are not installed here, or faults that somebody else is to find, are no reason not to share it.
  if (!workflow) throw invalidWorkflow(file, diagnostics);
  const parcel = await packWorkflow({ text: await readFile(file), path: await pathInWorkspace(dir, file), dir });
  await write(target, parcel.pieces(), flag(options, "overwrite"));
  process.stdout.write(flag(options, "json") ? json(target, parcel.manifest) : inWords(target, parcel.manifest));
  return ExitCode.succeeded;
}

async function write(target: string, pieces: AsyncIterable<Uint8Array>, overwrite: boolean): Promise<void> {
  const failed = (error: unknown): never => {
    throw writeError(target, error);
  };
  if (overwrite) return replaceFile(target, pieces).catch(failed);
  if (await createFile(target, pieces).catch(failed)) return;
  throw new EngineError({
    code: "file.exists",
    message: `\`${target}\` exists; it was left as it is.`,
    received: target,
    suggestion: "Choose another name with -o, or replace it with --overwrite.",
  });
}

type Manifest = Awaited<ReturnType<typeof packWorkflow>>["manifest"];

function json(target: string, { workflow, files }: Manifest): string {
  return `${JSON.stringify({ parcel: target, workflow, files }, null, 2)}\n`;
}

function inWords(target: string, { workflow, files }: Manifest): string {
  const lines = [workflow, ...files].map(({ path, size }) => `  ${path} (${formatByteSize(size)})`);
  return `${[`${target}:`, ...lines].map(printable).join("\n")}\n`;
}
