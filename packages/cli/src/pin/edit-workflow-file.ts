import { readFile, realpath } from "node:fs/promises";
import { canonicalJson, EngineError, readWorkflow, writeWorkflow, type JsonValue, type Workflow } from "@inlay/engine";
import { replaceFile, writeError } from "@inlay/host";

/** A workflow file that is about to be changed. */
export interface EditedFile {
  /** The file behind links. */
  readonly path: string;
  readonly text: string;
  readonly workflow: Workflow;
}

/** Reads a workflow file as it stands, without bringing its nodes to newer versions. The file has been checked before. */
export async function openForEdit(path: string): Promise<EditedFile> {
  const real = await realpath(path);
  const text = await readFile(real, "utf8");
  const { workflow } = readWorkflow(text);
  if (!workflow) throw changed(path);
  return { path: real, text, workflow };
}

/**
 * Writes a changed workflow in its canonical form, whole or not at all. Fails with `workflow.changed` when somebody else
 * has changed the file meanwhile, and writes nothing when anything besides `what` would come out different.
 */
export async function replaceWorkflow(
  file: EditedFile,
  edited: Workflow,
  what: (workflow: Workflow) => unknown,
): Promise<void> {
  const text = writeWorkflow(edited);
  const { workflow } = readWorkflow(text);
  if (!workflow || meaningOf(workflow) !== meaningOf(edited) || rest(workflow, what) !== rest(file.workflow, what))
    throw new Error("The workflow would not come out as it was: nothing was written.");
  if ((await readFile(file.path, "utf8")) !== file.text) throw changed(file.path);
  await replaceFile(file.path, Buffer.from(text)).catch((error: unknown) => {
    throw writeError(file.path, error);
  });
}

function meaningOf(workflow: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(workflow)) as JsonValue);
}

/** Everything but what was to be changed. */
function rest(workflow: Workflow, what: (workflow: Workflow) => unknown): string {
  return meaningOf(what(workflow));
}

function changed(path: string): EngineError {
  return new EngineError({
    code: "workflow.changed",
    message: `\`${path}\` was changed while its node was pinned; it was left as it is now.`,
    suggestion: "Pin again.",
  });
}
