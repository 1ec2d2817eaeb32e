import { applyRunEvent, createRunState, type RunState } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { api, ApiError, previewUrl, type RunRequest } from "../server/api.ts";
import { followEvents, type ServerEvent } from "../server/events.ts";
import { Cell } from "../state/cell.ts";

/** The run that the editor shows. */
export interface ShownRun {
  readonly id: string;
  readonly status: RunState["status"] | "starting" | "queued";
  /** Nodes that will execute, and those that have ended. */
  readonly total: number;
  readonly done: number;
  readonly ms?: number;
  readonly error?: { readonly code: string; readonly message: string; readonly suggestion?: string };
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** Paid jobs that wait for a word. */
  readonly asks?: number;
}

const ended: ReadonlySet<ShownRun["status"]> = new Set(["succeeded", "failed", "cancelled", "interrupted"]);

/** Starts and cancels runs, and keeps the states of the nodes as the events tell them. */
export class RunController {
  readonly shown = new Cell<ShownRun | undefined>(undefined);
  readonly #editor: Editor;
  readonly #stop: () => void;
  #state: RunState = createRunState();
  #total = 0;
  #ended = new Set<string>();
  /** Events may come before the answer that names the run. */
  #early: ServerEvent[] = [];
  #isStarting = false;

  constructor(editor: Editor) {
    this.#editor = editor;
    this.#stop = followEvents((event) => this.#take(event));
  }

  stop(): void {
    this.#stop();
  }

  get isRunning(): boolean {
    const run = this.shown.value;
    return run !== undefined && !ended.has(run.status);
  }

  /** Starts a run of the document as it is, saved or not. */
  async start(request: Omit<RunRequest, "workflow">): Promise<void> {
    if (this.#isStarting || this.isRunning) return;
    this.#isStarting = true;
    this.#reset();
    this.shown.set({ id: "", status: "starting", total: 0, done: 0, files: [] });
    try {
      const workflow = this.#editor.document.workflow as never;
      const id = await api.startRun(request.file === undefined ? { ...request, workflow } : request);
      this.shown.set({ id, status: "queued", total: 0, done: 0, files: [] });
      for (const event of this.#early.splice(0)) this.#take(event);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.shown.set({ id: "", status: "failed", total: 0, done: 0, files: [], error: error.data });
    } finally {
      this.#isStarting = false;
    }
  }

  async cancel(): Promise<void> {
    const run = this.shown.value;
    if (!run || !this.isRunning || run.id === "") return;
    this.shown.set({ ...run, status: "cancelling" });
    // A run that has ended meanwhile says so by its events.
    await api.cancelRun(run.id).catch(() => undefined);
  }

  #reset(): void {
    this.#state = createRunState();
    this.#total = 0;
    this.#ended = new Set();
    this.#early = [];
    this.#editor.states.clear();
  }

  #take(event: ServerEvent): void {
    const run = this.shown.value;
    if (run?.status === "starting") this.#early.push(event);
    if (!run || event.run !== run.id || event.type === "run.queued" || event.type === "run.moved") return;
    if (event.type === "run.resumed") return this.#reset();
    applyRunEvent(this.#state, event);
    if (event.type === "run.started") this.#total = event.execute;
    if ("node" in event) this.#showNode(event.node, event.type, run.id);
    const { status, error, files } = this.#state;
    this.shown.set({
      id: run.id,
      status: status === "idle" ? "queued" : status,
      total: this.#total,
      done: this.#ended.size,
      files: files.flatMap(({ path, sha256 }) => (path === undefined ? [] : [{ path, sha256 }])),
      ...(error && { error }),
      ...(event.type === "run.finished" && { ms: event.ms }),
    });
  }

  #showNode(node: string, type: ServerEvent["type"], run: string): void {
    const state = this.#state.nodes.get(node);
    if (state) this.#editor.states.set(node, state);
    if (type === "node.finished" || type === "node.failed") this.#ended.add(node);
    if (type === "node.finished" || type === "node.cached") this.#showPicture(node, run);
  }

  /** Shows the first picture that a node made; one that shows a file goes on showing it. */
  #showPicture(node: string, run: string): void {
    if (this.#editor.pictures.get(node)?.source === "file") return;
    const outputs = Object.entries(this.#editor.describe(node)?.outputs ?? {});
    const output = outputs.find(([, { schema }]) => schema.type === "socket" && schema.name !== "file")?.[0];
    if (output === undefined) return;
    const image = new Image();
    image.addEventListener("load", () => {
      if (this.shown.value?.id !== run || !Object.hasOwn(this.#editor.graph.nodes, node)) return;
      const { naturalWidth: width, naturalHeight: height } = image;
      this.#editor.pictures.set(node, { url: image.src, width, height, source: "result" });
    });
    image.src = previewUrl(run, node, output);
  }
}
