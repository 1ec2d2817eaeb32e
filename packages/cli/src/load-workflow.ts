import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import {
  catalogOf,
  definitionsOf,
  EngineError,
  maxJsonBytes,
  openWorkflow,
  validateNodes,
  type Diagnostic,
  type NodeCatalog,
  type NodePack,
  type Workflow,
} from "@inlay/engine";

/** A workflow file that was read, with everything that was found on the way. */
export interface LoadedWorkflow {
  /** The path as the person wrote it. */
  readonly path: string;
  /** Absent when the file is too broken to be one. */
  readonly workflow?: Workflow;
  readonly diagnostics: readonly Diagnostic[];
  /** Gives diagnostics about the workflow their line and column. */
  locate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[];
}

/** Reads and checks a workflow file. Fails with `workflow.not-found` or `workflow.unreadable`; what is in it never throws. */
export async function loadWorkflow(path: string, catalog: NodeCatalog): Promise<LoadedWorkflow> {
  return checkText(path, await readText(path), catalog);
}

/** A workflow that a caller made in memory, held to the same rules as a file; one that was loaded here is not read twice. */
export function checkedWorkflow(workflow: Workflow, catalog: NodeCatalog): Workflow {
  return valid.has(workflow) ? workflow : requireValid(checkText("workflow", textOf(workflow), catalog));
}

/** What JSON cannot hold, such as a circle, is no workflow; what it has no word for becomes `null`, which is none either. */
function textOf(workflow: Workflow): string {
  try {
    return (JSON.stringify(workflow) as string | undefined) ?? "null";
  } catch (cause) {
    throw new EngineError(
      { code: "workflow.invalid", message: "The workflow holds what cannot be written as JSON." },
      { cause },
    );
  }
}

/** The workflow, or `workflow.invalid` with every diagnostic. */
export function requireValid(loaded: LoadedWorkflow): Workflow {
  const { path, workflow, diagnostics } = loaded;
  if (!workflow || hasErrors(diagnostics)) throw invalidWorkflow(path, diagnostics);
  valid.set(workflow, loaded);
  return workflow;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** Workflows that were found valid and that nobody else holds, as they were loaded. */
const valid = new WeakMap<Workflow, LoadedWorkflow>();

/** The path, as the person wrote it, of a workflow that was read from a file; `workflow` for one in memory. */
export function pathOf(workflow: Workflow): string {
  return valid.get(workflow)?.path ?? "workflow";
}

/** A loaded workflow with what its nodes' own rules find in it; one with errors is as it was. */
export async function askRules(loaded: LoadedWorkflow, packs: readonly NodePack[]): Promise<LoadedWorkflow> {
  const { workflow, diagnostics, locate } = loaded;
  if (!workflow || hasErrors(diagnostics)) return loaded;
  const found = await validateNodes(workflow, catalogOf(packs), definitionsOf(packs));
  return { ...loaded, diagnostics: [...diagnostics, ...locate(found)] };
}

/** Fails with `workflow.invalid` when the rules of a valid workflow's nodes find an error in it. */
export async function requireRules(workflow: Workflow, packs: readonly NodePack[]): Promise<void> {
  const loaded = valid.get(workflow);
  if (loaded) requireValid(await askRules(loaded, packs));
}

function checkText(path: string, text: string, catalog: NodeCatalog): LoadedWorkflow {
  return { path, ...openWorkflow(text, catalog) };
}

/** The error of a workflow that cannot run: the first diagnostic in words, all of them as data. */
export function invalidWorkflow(path: string, diagnostics: readonly Diagnostic[]): EngineError {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  const more =
    errors.length > 1
      ? ` There ${errors.length === 2 ? "is 1 more error" : `are ${errors.length - 1} more errors`}.`
      : "";
  return new EngineError({
    code: "workflow.invalid",
    message: `${path}: ${first?.message ?? "This is not a workflow."}${more}`,
    received: path,
    diagnostics,
  });
}

/**
 * At most one byte more than a workflow may have, so that the reader refuses it, were it a device without end. Of a
 * picture that Inlay saved, the workflow in it.
 */
async function readText(path: string): Promise<string> {
  try {
    const pieces: Buffer[] = [];
    for await (const piece of createReadStream(path, { end: maxJsonBytes })) pieces.push(piece as Buffer);
    const bytes = Buffer.concat(pieces);
    // A workflow is text and begins with a bracket, a blank or a byte order mark; no picture does.
    if (!/^[\s{\uFEFF]/.test(bytes.toString("utf8", 0, 3)) && bytes.length > 0) {
      const { isPicture, workflowOfPicture } = await import("@inlay/nodes/codec");
      if (isPicture(bytes)) return (await workflowOfPicture(await readFile(path), `\`${path}\``)).text;
    }
    return bytes.toString("utf8");
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const message = missing
      ? `There is no workflow file \`${path}\`.`
      : `The workflow file \`${path}\` cannot be read.`;
    throw new EngineError(
      { code: missing ? "workflow.not-found" : "workflow.unreadable", message, received: path },
      { cause },
    );
  }
}
