import { type Diagnostic, type ErrorData, readWorkflow, type RunState, type Workflow } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { api, ApiError, catalogState, type RunRequest } from "../server/api.ts";
import { followEvents, type ServerEvent } from "../server/events.ts";
import { Cell } from "../state/cell.ts";
import { addToRunFacts, createRunFacts, resumeRunFacts } from "./run-facts.ts";
import { RunFeed } from "./run-feed.ts";
import { RunPictures } from "./run-pictures.ts";
import { shownStates } from "./shown-states.ts";
import { WorkspaceRuns } from "./workspace-runs.ts";

/** The run that the editor shows. */
export interface ShownRun {
  readonly id: string;
  readonly status: RunState["status"] | "starting" | "queued";
  /** Nodes that will execute, and those that have. */
  readonly total: number;
  readonly done: number;
  readonly ms?: number;
  readonly costUsd?: number;
  readonly error?: ErrorData;
  /** What was wrong with nodes, with their ids in the run. */
  readonly errors: readonly ErrorData[];
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

const ended: ReadonlySet<ShownRun["status"]> = new Set(["succeeded", "failed", "cancelled", "interrupted"]);
const blank = { total: 0, done: 0, errors: [], files: [] } as const;

/** Where this tab keeps which run it shows, so that a page that is loaded again goes on showing it. */
const memory = "inlay.run";

/** Starts and cancels runs, follows the one that is shown, and keeps the states of the nodes as its events tell them. */
export class RunController {
  readonly shown = new Cell<ShownRun | undefined>(undefined);
  /** Whether the list of what went wrong is open; each run opens it anew. */
  readonly errorsOpen = new Cell(true);
  /** The runs of the workspace that wait or are at work. */
  readonly workspace = new WorkspaceRuns();
  readonly #editor: Editor;
  readonly #pictures: RunPictures;
  readonly #stops: (() => void)[];
  #facts = createRunFacts();
  #feed: RunFeed | undefined;
  /** Runs that were started here and wait: each is shown when its turn comes. */
  readonly #waiting = new Set<string>();
  /** Those of them that have begun while the one before was still shown at work. */
  readonly #begun: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStarting = false;
  /** What was known to be wrong when the run that is shown was refused, and the nodes then. */
  #refused: { readonly problems: ReadonlySet<string>; readonly nodes: Workflow["nodes"] } | undefined;

  constructor(editor: Editor) {
    this.#editor = editor;
    this.#pictures = new RunPictures(editor);
    editor.hasMade = (id) => ["succeeded", "cached"].includes(this.#facts.nodes.get(id)?.status ?? "");
    this.#stops = [
      followEvents(
        (event) => this.#take(event),
        (etag) => void this.#renewCatalog(etag),
      ),
      editor.document.onChange(({ touched }) => {
        if ("everything" in touched) this.#showNodes();
      }),
      editor.path.subscribe(() => this.#showNodes()),
      editor.problems.all.subscribe(() => this.#renewRefusal()),
      () => this.#feed?.stop(),
      () => clearTimeout(this.#timer),
      () => this.workspace.stop(),
    ];
  }

  /** A person's own nodes may change while the page is open. */
  async #renewCatalog(etag: string): Promise<void> {
    if (catalogState(this.#editor.catalog.value) === etag) return;
    const catalog = await api.catalog().catch(() => undefined);
    if (catalog) this.#editor.useCatalog(catalog);
  }

  /** Another workflow is opened, or the editor goes. */
  stop(): void {
    sessionStorage.removeItem(memory);
    for (const stop of this.#stops) stop();
  }

  get isRunning(): boolean {
    const run = this.shown.value;
    return run !== undefined && !ended.has(run.status);
  }

  /** Starts a run of the document as it is, saved or not. While another one is shown at work, it waits behind it. */
  async start(request: Omit<RunRequest, "workflow">): Promise<void> {
    if (this.#isStarting) return;
    this.#isStarting = true;
    const isFirst = !this.isRunning;
    if (isFirst) this.#show({ id: "", status: "starting", ...blank });
    try {
      const workflow = this.#editor.document.workflow as never;
      const id = await api.startRun(request.file === undefined ? { ...request, workflow } : request);
      if (isFirst || !this.isRunning) this.follow(id);
      else this.#waiting.add(id);
      this.workspace.refresh();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#show({ id: "", status: "failed", ...blank, error: error.data });
      const { problems, document } = this.#editor;
      this.#refused = { problems: new Set(problems.all.value.map(placeOf)), nodes: document.workflow.nodes };
    } finally {
      this.#isStarting = false;
    }
  }

  /** Shows a run, from its beginning on. */
  follow(id: string): void {
    this.#show({ id, status: "queued", ...blank });
    sessionStorage.setItem(memory, id);
    this.#feed = new RunFeed(id, (event) => this.#fold(event));
  }

  /**
   * After a file was opened: the run that this tab showed before it was loaded again, else the one of this file that is at
   * work, else the last one when it ran just what the file holds.
   */
  async attach(file: string | undefined): Promise<void> {
    const id = sessionStorage.getItem(memory);
    try {
      const before = id === null ? undefined : await api.run(id).catch(() => undefined);
      const found =
        before && before.workflow.file === file ? before.id : file === undefined ? undefined : await this.#runOf(file);
      if (found !== undefined && !this.shown.value) this.follow(found);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  async #runOf(file: string): Promise<string | undefined> {
    const [active] = await api.activeRuns(file);
    if (active) return active.id;
    const last = await api.lastRun(file);
    if (last?.status !== "succeeded") return undefined;
    const { workflow } = readWorkflow(await api.runWorkflow(last.id));
    const { nodes } = this.#editor.document.workflow;
    return workflow && JSON.stringify(workflow.nodes) === JSON.stringify(nodes) ? last.id : undefined;
  }

  async cancel(): Promise<void> {
    const run = this.shown.value;
    if (!run || !this.isRunning || run.id === "") return;
    this.shown.set({ ...run, status: "cancelling" });
    // A run that has ended meanwhile says so by its events.
    await api.cancelRun(run.id).catch(() => undefined);
  }

  #show(run: ShownRun): void {
    this.#feed?.stop();
    this.#feed = undefined;
    this.#facts = createRunFacts();
    this.#editor.states.clear();
    this.#editor.runErrors.clear();
    this.#editor.seeds.set({});
    this.#refused = undefined;
    this.errorsOpen.set(true);
    this.shown.set(run);
  }

  /** What is mended goes from the list of a refused run; with the last of it the refusal goes too. */
  #renewRefusal(): void {
    const run = this.shown.value;
    if (!run?.error || !this.#refused) return;
    const { problems, nodes } = this.#refused;
    const now = new Set(this.#editor.problems.all.value.map(placeOf));
    const before = run.error.diagnostics ?? [];
    const isSame = this.#editor.document.workflow.nodes === nodes;
    // What only the server has found counts until the nodes change: the next run looks again.
    const left = before.filter((finding) => now.has(placeOf(finding)) || (isSame && !problems.has(placeOf(finding))));
    if (isSame && left.length === before.length) return;
    if (left.some(({ severity }) => severity === "error")) {
      this.shown.set({ ...run, error: { ...run.error, diagnostics: left } });
    } else this.shown.set(undefined);
  }

  #take(event: ServerEvent): void {
    this.workspace.take(event);
    this.#feed?.take(event);
    if (event.type === "run.finished") this.#waiting.delete(event.run);
    if (event.type !== "run.started" || !this.#waiting.delete(event.run)) return;
    if (this.isRunning) this.#begun.push(event.run);
    else this.follow(event.run);
  }

  #fold(event: ServerEvent): void {
    if (event.type === "run.queued" || event.type === "run.moved") return;
    if (event.type === "run.resumed") {
      this.#facts = resumeRunFacts(this.#facts);
      return;
    }
    addToRunFacts(this.#facts, event);
    if (event.type === "run.started") this.#editor.seeds.set(event.seeds);
    if (event.type === "node.finished" || event.type === "node.cached") this.#pictures.add(event.run, event.node);
    if (event.type === "node.failed") this.#editor.announce(event.error.message);
    if (event.type === "run.finished") this.#end();
    else this.#timer ??= setTimeout(() => this.#tell(), 30);
  }

  #end(): void {
    this.#tell();
    const next = this.#begun.shift();
    if (next !== undefined) this.follow(next);
  }

  /** Many events come at once: what they come to is shown once. */
  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { state, nodes, execute, executed, ms, costUsd } = this.#facts;
    const run = this.shown.value;
    if (!run) return;
    const isCancelling = run.status === "cancelling" && state.status === "running";
    this.shown.set({
      id: run.id,
      status: state.status === "idle" ? "queued" : isCancelling ? "cancelling" : state.status,
      total: Math.max(execute, executed.size),
      done: executed.size,
      files: state.files.flatMap(({ path, sha256 }) => (path === undefined ? [] : [{ path, sha256 }])),
      errors: errorsOf(nodes, state.error),
      ...(state.error && { error: state.error }),
      ...(ms !== undefined && { ms }),
      ...(costUsd !== undefined && { costUsd }),
    });
    this.#showNodes();
  }

  #showNodes(): void {
    const { states, runErrors, document, graph, path } = this.#editor;
    this.#pictures.show();
    const next = shownStates(this.#facts, { workflow: document.workflow, graph, path: path.value });
    for (const id of states.keys()) if (!next.has(id)) states.set(id, undefined);
    for (const [id, state] of next) {
      if (isSame(states.get(id), state)) continue;
      states.set(id, state);
      runErrors.set(id, state.error);
    }
  }
}

/** What failed by nodes; what kept the run from beginning when none did. */
function errorsOf(
  nodes: ReadonlyMap<string, { readonly error?: ErrorData }>,
  error: ErrorData | undefined,
): ErrorData[] {
  const failed = [...nodes].flatMap(([node, { error: own }]) => (own ? [{ ...own, node }] : []));
  return failed.length === 0 && error?.node !== undefined ? [error] : failed;
}

function placeOf({ code, path }: Diagnostic): string {
  return `${code} ${path.join("/")}`;
}

function isSame(a: object | undefined, b: object): boolean {
  return a !== undefined && (a === b || JSON.stringify(a) === JSON.stringify(b));
}
