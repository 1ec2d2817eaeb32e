import { checkWorkflow, type Diagnostic, type NodeCatalog, type Workflow } from "@inlay/engine";
import type { DocumentStore } from "../document/document-store.ts";
import type { Scope } from "../document/graph.ts";
import { Cell, KeyedCells } from "../state/cell.ts";
import { whenIdle } from "../state/when-idle.ts";

/** A file of more nodes is shown first and checked a moment later. */
const many = 1000;

/** What the engine finds in the document, kept up to date a moment after each change, in its own words. */
export class Problems {
  readonly all = new Cell<readonly Diagnostic[]>([]);
  /** Those of the graph that is shown, by node. */
  readonly byNode = new KeyedCells<readonly Diagnostic[]>();
  readonly #document: DocumentStore;
  readonly #catalog: () => NodeCatalog;
  #checked: Workflow | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #callOff: (() => void) | undefined;

  constructor(document: DocumentStore, catalog: () => NodeCatalog) {
    this.#document = document;
    this.#catalog = catalog;
    document.onChange(({ origin }) => {
      if (origin === "load" || origin === "scope") this.#later(0);
      else if (this.#isStale()) this.#later(80);
    });
    if (Object.keys(document.graph.nodes).length > many) this.#callOff = whenIdle(() => this.check());
    else this.check();
  }

  /** Whether more than the view has changed since the last check: where things stand is nobody's problem. */
  #isStale(): boolean {
    const { view: _, ...meaning } = this.#document.workflow;
    const checked: Partial<Workflow> | undefined = this.#checked;
    return Object.entries(meaning).some(([key, value]) => checked?.[key as keyof Workflow] !== value);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.check(), ms);
  }

  /** Checks at once. */
  check(): void {
    clearTimeout(this.#timer);
    this.#callOff?.();
    this.#checked = this.#document.workflow;
    const found = checkWorkflow(this.#checked, this.#catalog());
    this.all.set(found);
    const byNode = new Map<string, Diagnostic[]>();
    for (const diagnostic of found) {
      const node = nodeIn(diagnostic, this.#document.scope);
      if (node === undefined) continue;
      const known = byNode.get(node);
      if (known) known.push(diagnostic);
      else byNode.set(node, [diagnostic]);
    }
    for (const id of this.byNode.keys()) if (!byNode.has(id)) this.byNode.set(id, undefined);
    for (const [id, list] of byNode) {
      if (!isSame(this.byNode.get(id), list)) this.byNode.set(id, list);
    }
  }
}

/** The node of the shown graph that a finding is about. */
export function nodeIn({ path }: Diagnostic, scope: Scope): string | undefined {
  const inside = scope === undefined ? path : path[0] === "workflows" && path[1] === scope ? path.slice(2) : [];
  return inside[0] === "nodes" && typeof inside[1] === "string" ? inside[1] : undefined;
}

function isSame(a: readonly Diagnostic[] | undefined, b: readonly Diagnostic[]): boolean {
  return a?.length === b.length && a.every((one, i) => JSON.stringify(one) === JSON.stringify(b[i]));
}
