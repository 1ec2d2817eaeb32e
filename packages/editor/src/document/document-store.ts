import type { Workflow, WorkflowGraph } from "@inlay/engine";
import { applyPatches, enablePatches, type Patch, produceWithPatches, setAutoFreeze } from "immer";
import { dropStaleBends } from "./bends.ts";
import { type Command, graphIn, type Scope, type WorkflowDraft } from "./graph.ts";
import { type KeyOrder, keyOrders, withKeyOrders, withSteadyOrder } from "./key-order.ts";
import { type Touched, touchedBy } from "./touched.ts";
import { dropLostUses } from "./uses.ts";

enablePatches();
// A file of 5,000 nodes would be walked once at load only to be frozen; the types are readonly already.
setAutoFreeze(false);

/** One step of undo: what a gesture or a command did. */
interface Step {
  readonly name: string;
  readonly scope: Scope;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** The order of records from which something was removed: undo puts it back in its old place. */
  readonly orders: readonly KeyOrder[];
  /** Further commands with the same key go into this step, until it is sealed. */
  readonly merge?: string;
}

/** What happened to the document. */
export interface DocumentChange {
  readonly origin: "command" | "undo" | "redo" | "load" | "scope";
  /** What it touched in the graph that is shown. */
  readonly touched: Touched;
}

export interface RunOptions {
  /** Commands with the same key, one after the other, make one step of undo: typing in one field. */
  readonly merge?: string;
}

/** Listeners of one key each: `node/<id>`, `inputs`, `outputs`, `view`, `file`. */
type Listener = () => void;

/**
 * The workflow that is edited, with unlimited undo: the only truth about it. It changes through `run(command)` alone;
 * patches are undo and redo, and tell listeners what to look at again.
 */
export class DocumentStore {
  #workflow: Workflow;
  #scope: Scope = undefined;
  #done: Step[] = [];
  #undone: Step[] = [];
  /** Steps that were done when the file was last saved; undefined when that state cannot be reached any more. */
  #savedAt: Step | "start" | undefined = "start";
  readonly #listeners = new Set<(change: DocumentChange) => void>();
  readonly #byKey = new Map<string, Set<Listener>>();

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
  }

  get workflow(): Workflow {
    return this.#workflow;
  }

  /** The graph that is shown: the workflow's own or a sub-workflow's. */
  get graph(): WorkflowGraph {
    return graphIn(this.#workflow, this.#scope);
  }

  get scope(): Scope {
    return this.#scope;
  }

  /** What undo would take back, or undefined. */
  get undoName(): string | undefined {
    return this.#done.at(-1)?.name;
  }

  get redoName(): string | undefined {
    return this.#undone.at(-1)?.name;
  }

  /** Whether the document differs from the file, as far as undo tells. */
  get isChanged(): boolean {
    return (this.#done.at(-1) ?? "start") !== this.#savedAt;
  }

  /** Replaces the document: a file was opened. There is nothing to undo then. */
  load(workflow: Workflow, options: { readonly isChanged?: boolean } = {}): void {
    this.#workflow = workflow;
    this.#scope = undefined;
    this.#done = [];
    this.#undone = [];
    this.#savedAt = options.isChanged === true ? undefined : "start";
    this.#tell({ origin: "load", touched: { everything: true } });
  }

  /** Remembers that the file now holds this state. */
  markSaved(): void {
    this.seal();
    this.#savedAt = this.#done.at(-1) ?? "start";
    this.#fire("file");
  }

  /** Shows another graph of the file. */
  enter(scope: Scope): void {
    if (this.#show(scope)) this.#tell({ origin: "scope", touched: { everything: true } });
  }

  /** Shows a graph of the file, or the workflow itself when there is no such graph any more. Returns whether it is another. */
  #show(scope: Scope): boolean {
    const before = this.#scope;
    this.#scope = scope !== undefined && Object.hasOwn(this.#workflow.workflows, scope) ? scope : undefined;
    return this.#scope !== before;
  }

  /** Does a command. One that changes nothing leaves no step. Returns whether something changed. */
  run(command: Command, options: RunOptions = {}): boolean {
    const base = this.graph;
    const before = this.#workflow;
    const [next, patches, inverse] = produceWithPatches(this.#workflow as unknown as WorkflowDraft, (draft) => {
      const graph = this.#scope === undefined ? draft : draft.workflows[this.#scope]!;
      command.apply(graph, base, draft);
      dropStaleBends(graph, base);
      if (this.#scope !== undefined) dropLostUses(draft, before, this.#scope);
    });
    if (patches.length === 0) return false;
    this.#workflow = withSteadyOrder(before, next as unknown as Workflow, patches);
    const orders = keyOrders(before, patches);
    this.#remember({ name: command.name, scope: this.#scope, patches, inverse, orders, ...options });
    const isElsewhere = this.#show(this.#scope);
    this.#tell({ origin: "command", touched: isElsewhere ? { everything: true } : touchedBy(patches, this.#scope) });
    return true;
  }

  #remember(step: Step): void {
    const last = this.#done.at(-1);
    const merges = step.merge !== undefined && last?.merge === step.merge && this.#undone.length === 0;
    if (merges && last) {
      this.#done[this.#done.length - 1] = {
        ...step,
        patches: [...last.patches, ...step.patches],
        inverse: [...step.inverse, ...last.inverse],
        orders: [...step.orders, ...last.orders],
      };
      if (this.#savedAt === last) this.#savedAt = undefined;
    } else this.#done.push(step);
    this.#undone = [];
  }

  /** Ends a step that further commands would go into: a field lost the focus. */
  seal(): void {
    const last = this.#done.at(-1);
    if (last?.merge === undefined) return;
    const { merge: _, ...sealed } = last;
    this.#done[this.#done.length - 1] = sealed;
    if (this.#savedAt === last) this.#savedAt = sealed;
  }

  undo(): boolean {
    this.seal();
    const step = this.#done.pop();
    if (!step) return false;
    this.#undone.push(step);
    this.#apply(step.inverse, step.scope, "undo", step.orders);
    return true;
  }

  redo(): boolean {
    const step = this.#undone.pop();
    if (!step) return false;
    this.#done.push(step);
    this.#apply(step.patches, step.scope, "redo");
    return true;
  }

  #apply(patches: readonly Patch[], scope: Scope, origin: "undo" | "redo", orders: readonly KeyOrder[] = []): void {
    this.#workflow = withKeyOrders(applyPatches(this.#workflow, patches), orders);
    const isElsewhere = this.#show(scope);
    this.#tell({ origin, touched: isElsewhere ? { everything: true } : touchedBy(patches, this.#scope) });
  }

  /** Calls back after every change, with what it touched. */
  onChange(listener: (change: DocumentChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back when one part changed: `node/<id>`, `inputs`, `outputs`, `view`, or `file` for anything at all. */
  subscribe(key: string, listener: Listener): () => void {
    const listeners = this.#byKey.get(key) ?? new Set();
    this.#byKey.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#byKey.get(key) === listeners) this.#byKey.delete(key);
    };
  }

  #fire(key: string): void {
    for (const listener of this.#byKey.get(key) ?? []) listener();
  }

  #tell(change: DocumentChange): void {
    for (const listener of this.#listeners) listener(change);
    const { touched } = change;
    if ("everything" in touched) for (const key of this.#byKey.keys()) this.#fire(key);
    else {
      for (const id of touched.nodes) this.#fire(`node/${id}`);
      if (touched.inputs) this.#fire("inputs");
      if (touched.outputs) this.#fire("outputs");
      if (touched.view) this.#fire("view");
      this.#fire("file");
    }
  }
}
