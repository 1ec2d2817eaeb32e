import { hash } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { EngineError, maxJsonBytes, openWorkflow } from "@inlay/engine";
import type { Diagnostic, NodeCatalog, Workflow } from "@inlay/engine";
import { openInside, resolveInside } from "../confine.ts";
import { fileError, writeError } from "../file-error.ts";
import { relativeParts } from "../file-names.ts";
import { outputWriter } from "../output-folder.ts";
import { makeStateFolder } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";
import { invalidWorkflow } from "./invalid-workflow.ts";
import { listWorkflowFiles } from "./list-workflow-files.ts";
import type { WorkflowEntry } from "./list-workflow-files.ts";

/** A workflow file as it lies in the workspace. */
interface WorkflowFile {
  readonly path: string;
  /** The file's own bytes. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes: which version it is. */
  readonly sha256: string;
}

/** What a write came to. */
interface WorkflowWritten {
  readonly path: string;
  readonly sha256: string;
  readonly created: boolean;
  /** What is to say about the workflow; it was written all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Which version a write replaces: that with the SHA-256, or `new` for none. */
export type ExpectedVersion = { readonly sha256: string } | "new";

/** The workflow files of a workspace, for several writers who do not know of each other. */
export interface WorkflowFolder {
  list(): Promise<readonly WorkflowEntry[]>;
  /** Fails with `workflow.not-found` or `file.*`. */
  read(path: string): Promise<WorkflowFile>;
  /**
   * Writes a file whole or not at all, byte for byte, when it still is the version that the caller knows; what is
   * wrong in its nodes is told and kept, since work in progress must not be lost.
   *
   * Fails with `workflow.changed` when it is another version, `workflow.invalid` when the text is no workflow,
   * `file.*` or `disk.full`.
   */
  write(path: string, text: Uint8Array, expected: ExpectedVersion): Promise<WorkflowWritten>;
  /** Moves a file to `.inlay/trash`, when it still is the version that the caller knows. */
  remove(path: string, expected: { readonly sha256: string }): Promise<void>;
}

/** A workflow that was read and checked, with everything that was found. */
interface CheckedWorkflow {
  readonly workflow?: Workflow;
  readonly diagnostics: readonly Diagnostic[];
}

/** The workflow files in a workspace's folder. */
export function workflowFolder(workspace: Workspace, catalog: () => NodeCatalog): WorkflowFolder {
  const write = outputWriter(workspace.dir);
  const known = new Map<string, { readonly signature: string; readonly entry: WorkflowEntry | undefined }>();
  const turns = new Map<string, Promise<unknown>>();

  /** One change of a file after the other, so that what was compared is what is replaced. */
  const inTurn = <T>(path: string, work: () => Promise<T>): Promise<T> => {
    const before = turns.get(path) ?? Promise.resolve();
    const done = before.then(work, work);
    const settled = done.then(ignore, ignore).finally(() => turns.get(path) === settled && turns.delete(path));
    turns.set(path, settled);
    return done;
  };

  return {
    list: () => listWorkflowFiles(workspace.dir, known),
    read: async (path) => readFile(workspace, workflowPath(path)),

    write: (given, bytes, expected) => {
      const path = workflowPath(given);
      return inTurn(path, async () => {
        const { diagnostics } = requireWorkflow(path, bytes, catalog());
        const present = await readIfPresent(workspace, path);
        requireVersion(path, present, expected);
        const onExists = present ? "overwrite" : "error";
        const { sha256 } = await write({ path, bytes, mime: "application/json", onExists }).catch((error: unknown) => {
          throw isTaken(error) ? changed(path, "another file") : error;
        });
        return { path, sha256, created: present === undefined, diagnostics };
      });
    },

    remove: (given, expected) => {
      const path = workflowPath(given);
      return inTurn(path, async () => {
        requireVersion(path, await readIfPresent(workspace, path), expected);
        await moveToTrash(workspace, path);
      });
    },
  };
}

/** Reads and checks a workflow's text. */
function checkText(text: string, catalog: NodeCatalog): CheckedWorkflow {
  const { workflow, diagnostics } = openWorkflow(text, catalog);
  return { ...(workflow && { workflow }), diagnostics };
}

/** The canonical form of a path that a workflow may have: `.json`, no part that begins with a dot. */
function workflowPath(path: string): string {
  const parts = relativeParts(path);
  const name = parts.at(-1) ?? "";
  if (!name.toLowerCase().endsWith(".json") || parts.some((part) => part.startsWith("."))) {
    throw fileError("file.bad-name", {
      path,
      message: `\`${path}\` is no name for a workflow.`,
      expected: "a path that ends in `.json` with no part that begins with a dot",
    });
  }
  return parts.join("/");
}

async function readFile(workspace: Workspace, path: string): Promise<WorkflowFile> {
  const file = await readIfPresent(workspace, path);
  if (file) return file;
  throw new EngineError({
    code: "workflow.not-found",
    message: `There is no workflow file \`${path}\` in the workspace.`,
    received: path,
  });
}

async function readIfPresent({ dir }: Workspace, path: string): Promise<WorkflowFile | undefined> {
  const opened = await openInside(dir, path).catch((error: unknown) => {
    if (error instanceof EngineError && error.code === "file.not-found") return undefined;
    throw error;
  });
  if (!opened) return undefined;
  try {
    const { size } = await opened.handle.stat();
    if (size > maxJsonBytes) {
      throw fileError("file.too-large", { path, message: `\`${path}\` is too large for a workflow.` });
    }
    const bytes = await opened.handle.readFile();
    return { path, bytes, sha256: hash("sha256", bytes) };
  } finally {
    await opened.handle.close();
  }
}

/** What is no workflow at all would be lost work under another name: it is refused. */
function requireWorkflow(path: string, bytes: Uint8Array, catalog: NodeCatalog): CheckedWorkflow {
  const checked = checkText(Buffer.from(bytes).toString("utf8"), catalog);
  if (checked.workflow) return checked;
  throw invalidWorkflow(path, checked.diagnostics);
}

function requireVersion(path: string, present: WorkflowFile | undefined, expected: ExpectedVersion): void {
  if (expected === "new" ? present === undefined : present?.sha256 === expected.sha256) return;
  throw changed(path, present ? `"${present.sha256}"` : "no file");
}

function changed(path: string, received: string): EngineError {
  return new EngineError({
    code: "workflow.changed",
    message: `\`${path}\` is no longer the version that you know; nothing was written.`,
    received,
    suggestion: "Read it again, and keep what you have under another name or on top of it.",
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof EngineError && error.code === "file.exists";
}

async function moveToTrash(workspace: Workspace, path: string): Promise<void> {
  const real = await resolveInside(workspace.dir, path);
  const trash = await makeStateFolder(workspace, "trash");
  const folder = join(trash, `${Date.now()}`);
  try {
    await mkdir(folder, { recursive: true });
    await rename(real, join(folder, basename(path)));
  } catch (error) {
    throw writeError(path, error);
  }
}

function ignore(): void {
  // What a turn came to is its caller's.
}
