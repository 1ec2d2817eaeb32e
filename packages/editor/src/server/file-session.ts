import { type Diagnostic, readWorkflow, type Workflow, withMovedSchema, writeWorkflow } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { describeFile } from "../document/commands/interface.ts";
import { freshName } from "../document/fresh-id.ts";
import { Cell } from "../state/cell.ts";
import { api, ApiError } from "./api.ts";
import { type Draft, drafts, liveTabs, tabName } from "./drafts.ts";

/** A workflow file as it was read. */
export interface OpenedFile {
  readonly workflow: Workflow;
  readonly etag: string;
}

/** A file that is no workflow, with what is wrong. */
export class UnreadableFile extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message ?? "");
    this.diagnostics = diagnostics;
  }
}

/** Reads a text as a workflow; fails with `UnreadableFile`. */
export function workflowFrom(text: string): Workflow {
  const { workflow, diagnostics } = readWorkflow(text);
  if (!workflow) throw new UnreadableFile(diagnostics);
  return workflow;
}

export async function openFile(path: string): Promise<OpenedFile> {
  const { text, etag } = await api.readWorkflow(path);
  return { workflow: workflowFrom(text), etag };
}

const untitled = "untitled";

/** The file that is proposed for a workflow that has none. */
export function proposedPath({ name = "" }: Workflow): string {
  return `workflows/${freshName(name, () => false, untitled)}.json`;
}

/** Where the file stands. */
export type SaveState =
  | { readonly kind: "idle" }
  | { readonly kind: "saving" }
  | { readonly kind: "conflict" }
  | { readonly kind: "failed"; readonly message: string };

/** Keeps an open document and its file together: a draft within a second of each change, and saving by version. */
export class FileSession {
  readonly path: Cell<string | undefined>;
  readonly state = new Cell<SaveState>({ kind: "idle" });
  readonly #editor: Editor;
  readonly #tab = tabName();
  readonly #stop: () => void;
  #etag: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Saving was asked for while the version before was on its way. */
  #isWanted = false;

  /** Without an ETag the file does not exist yet; without a path it has no name yet. */
  constructor(editor: Editor, path: string | undefined, etag: string | undefined) {
    this.#editor = editor;
    this.path = new Cell(path);
    this.#etag = etag;
    this.#stop = editor.document.onChange(() => {
      this.#timer ??= setTimeout(() => void this.#keepDraft(), 400);
    });
  }

  stop(): void {
    this.#stop();
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    void this.#keepDraft();
  }

  async #keepDraft(): Promise<void> {
    this.#timer = undefined;
    const path = this.path.value ?? "";
    const { document } = this.#editor;
    try {
      if (document.isChanged) {
        const text = writeWorkflow(document.workflow);
        await drafts.put({ path, tab: this.#tab, text, etag: this.#etag ?? "", time: Date.now() });
      } else await drafts.remove(path, this.#tab);
    } catch (error) {
      this.state.set({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Unsaved work that a tab which is gone, or this one before it was killed, has left. */
  async findDraft(): Promise<Draft | undefined> {
    const live = await liveTabs();
    const found = await drafts.of(this.path.value ?? "");
    const left = found.find(({ tab }) => tab === this.#tab || !live.has(tab));
    return left && left.text !== writeWorkflow(this.#editor.document.workflow) ? left : undefined;
  }

  async discardDraft(draft: Draft): Promise<void> {
    await drafts.remove(draft.path, draft.tab);
  }

  /** Writes the file if nobody else has; else there is a conflict, and nothing is written. Returns whether it was saved. */
  async save(): Promise<boolean> {
    const path = this.path.value;
    if (path === undefined) return false;
    if (this.state.value.kind === "saving") {
      this.#isWanted = true;
      return false;
    }
    this.#isWanted = false;
    const { document } = this.#editor;
    document.seal();
    const saved = document.workflow;
    this.state.set({ kind: "saving" });
    try {
      this.#etag = await api.writeWorkflow(path, writeWorkflow(withMovedSchema(saved, path)), this.#etag);
      if (document.workflow === saved) document.markSaved();
      this.state.set({ kind: "idle" });
      clearTimeout(this.#timer);
      await this.#keepDraft();
      if (this.#isWanted && document.isChanged) return this.save();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isConflict = error.status === 412;
      this.state.set(isConflict ? { kind: "conflict" } : { kind: "failed", message: error.data.message });
      return false;
    }
  }

  /** Ends a conflict: takes the version that is there as the one to be replaced, and saves. */
  async saveOver(): Promise<boolean> {
    this.#etag = (await openTextOf(this.path.value!)).etag;
    return this.save();
  }

  /** Ends a conflict: shows what is in the file. What was here can be had back by undo. */
  async takeTheirs(replace: (workflow: Workflow) => void): Promise<void> {
    const { text, etag } = await openTextOf(this.path.value!);
    replace(workflowFrom(text));
    this.#etag = etag;
    this.#editor.document.markSaved();
    this.state.set({ kind: "idle" });
  }

  /** Saves under another name, which must be free. */
  async saveAs(path: string): Promise<boolean> {
    const before = { path: this.path.value, etag: this.#etag };
    if (before.path === undefined) this.#nameAfter(path);
    this.path.set(path);
    this.#etag = undefined;
    if (await this.save()) {
      if (before.path === undefined) await drafts.remove("", this.#tab);
      return true;
    }
    this.path.set(before.path);
    this.#etag = before.etag;
    return false;
  }

  /** A workflow without a name has that of its first file: results are called by it. */
  #nameAfter(path: string): void {
    const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.json$/, "");
    const { document } = this.#editor;
    if ((document.workflow.name ?? "") === "" && !stem.startsWith(untitled))
      this.#editor.run(describeFile({ name: stem }));
  }
}

async function openTextOf(path: string): Promise<{ readonly text: string; readonly etag: string }> {
  return api.readWorkflow(path);
}
