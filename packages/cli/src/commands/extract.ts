import { readFile } from "node:fs/promises";
import { EngineError, readWorkflow, writeWorkflow } from "@inlay/engine";
import { workflowOfPicture } from "@inlay/nodes/codec";
import { ExitCode } from "../exit-code.ts";
import { flag, type RawOptions } from "./options.ts";

/** `inlay extract`: the workflow in a picture, in canonical form, ready to be kept as a file. */
export async function extractCommand(file: string, options: RawOptions): Promise<number> {
  const { text, inputs, seeds } = await workflowOfPicture(await readPicture(file), `\`${file}\``);
  const { workflow } = readWorkflow(text);
  const canonical = workflow ? writeWorkflow(workflow) : text;
  const all = { workflow: JSON.parse(canonical) as unknown, inputs, seeds };
  process.stdout.write(flag(options, "json") ? `${JSON.stringify(all, null, 2)}\n` : canonical);
  return ExitCode.succeeded;
}

async function readPicture(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const message = missing ? `There is no file \`${path}\`.` : `The file \`${path}\` cannot be read.`;
    throw new EngineError({ code: missing ? "file.not-found" : "file.unreadable", message, received: path }, { cause });
  });
}
