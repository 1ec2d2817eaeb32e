import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { EngineError, printable } from "@inlay/engine";
import { openWorkspace, writeModelFile } from "@inlay/host";
import { ExitCode } from "../exit-code.ts";
import { describeNode } from "./nodes.ts";
import { flag, text, usageError, type RawOptions } from "./options.ts";

/** Bytes that are read of a schema's file: one more than it may have, so that it is refused and not cut off. */
const mostRead = 1_000_001;

/** `inlay add-model`: makes a node of a model's JSON Schema, for the workflows of one workspace. */
export async function addModelCommand(file: string, options: RawOptions): Promise<number> {
  const id = text(options, "id");
  if (id === undefined) throw usageError("`inlay add-model` needs the model's id.", { expected: "--id vendor/model" });
  const [workspace, schema, models] = await Promise.all([
    openWorkspace({ dir: resolve(text(options, "workspace") ?? ".") }),
    readText(file),
    import("@inlay/nodes/models"),
  ]);
  const { model, notes } = models.readSchemaText(schema, {
    id,
    output: text(options, "output"),
    title: text(options, "title"),
  });
  const [node] = Object.values(models.modelPack(model).nodes);
  const written = await write(workspace, models.modelFileText(model), { id, replace: flag(options, "replace") });
  if (flag(options, "json")) {
    const added = { path: written.path, unchanged: written.unchanged, notes, node: node?.description };
    process.stdout.write(`${JSON.stringify(added, null, 2)}\n`);
    return ExitCode.succeeded;
  }
  for (const note of notes) process.stderr.write(`note: ${printable(note)}\n`);
  process.stdout.write(`${written.path}${written.unchanged ? " (as it was)" : ""}\n\n`);
  if (node) process.stdout.write(describeNode({ ...node.description, pack: `model:${id}` }));
  return ExitCode.succeeded;
}

async function write(
  workspace: { readonly dir: string },
  content: string,
  { id, replace }: { readonly id: string; readonly replace: boolean },
) {
  try {
    return await writeModelFile(workspace, { id, text: content, replace });
  } catch (error) {
    if (!(error instanceof EngineError && error.code === "file.exists")) throw error;
    const message = `The workspace has another model \`${id}\`.`;
    throw new EngineError(
      { ...error.data, message, suggestion: "Give --replace to put this one in its place." },
      { cause: error },
    );
  }
}

async function readText(path: string): Promise<string> {
  try {
    const handle = await open(path);
    try {
      const buffer = Buffer.alloc(mostRead);
      let length = 0;
      for (let read = 1; read > 0 && length < mostRead; length += read)
        ({ bytesRead: read } = await handle.read(buffer, length, mostRead - length));
      return buffer.toString("utf8", 0, length);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const message = missing ? `There is no file \`${path}\`.` : `The file \`${path}\` cannot be read.`;
    throw new EngineError({ code: missing ? "file.not-found" : "file.unreadable", message, received: path }, { cause });
  }
}
