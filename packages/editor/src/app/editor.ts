import {
  type CatalogNode,
  describeSubWorkflows,
  type ErrorData,
  type JsonValue,
  type NodeCatalog,
  type Workflow,
  type WorkflowGraph,
} from "@inlay/engine";
import type { Command } from "../document/graph.ts";
import { DocumentStore, type RunOptions } from "../document/document-store.ts";
import type { LinkOrigin, LinkProblem } from "../document/link-rules.ts";
import { descriptionOf } from "../document/link-rules.ts";
import type { Link } from "../document/links.ts";
import { withTitles } from "../document/sub-workflow-title.ts";
import { LayoutStore } from "../layout/layout-store.ts";
import type { ShownState } from "../run/shown-states.ts";
import type { NodePicture } from "../session/pictures.ts";
import { pathTo, scopeAt, workflowOf } from "../session/place.ts";
import { Problems } from "../session/problems.ts";
import { Selection } from "../session/selection.ts";
import { Cell, KeyedCells } from "../state/cell.ts";

/** A link that is being drawn. */
export interface Linking {
  readonly origin: LinkOrigin;
  /** The link whose end is being moved. */
  readonly moving?: Link;
  /** Why the other end may not be this socket. */
  judge(node: string, socket: string): LinkProblem | undefined;
}

/** Everything that the parts of the editor share: the document, what is derived from it, and the state of the session. */
export class Editor {
  readonly document: DocumentStore;
  readonly layout: LayoutStore;
  readonly selection = new Selection();
  readonly problems: Problems;
  readonly pictures = new KeyedCells<NodePicture>();
  /** What nodes have made in runs, by their ids in the run. */
  readonly made = new Map<string, NodePicture>();
  /** Whether a node, by its id in the run, has given its outputs in the run that is shown: told by what follows runs. */
  hasMade: (runId: string) => boolean = () => false;
  /** What the nodes of the shown graph do in the run that is shown, by id. */
  readonly states = new KeyedCells<ShownState>();
  /** What the run that is shown found wrong with a node, until the node is changed. */
  readonly runErrors = new KeyedCells<ErrorData>();
  /** The seeds that the run that is shown has used, by `node.input` as the run calls them. */
  readonly seeds = new Cell<{ readonly [place: string]: number }>({});
  /** The nodes through which the shown graph was entered: a run calls its nodes by them. */
  readonly path = new Cell<readonly string[]>([]);
  /** What is typed into fields and is no value yet, by `node.input`; fields may unmount. */
  readonly drafts = new KeyedCells<string>();
  /** The shapes (width ÷ height) that sizes keep while one side is changed, by `node.input` of the width. */
  readonly lockedShapes = new KeyedCells<number>();
  readonly linking = new Cell<Linking | undefined>(undefined);
  /** The note that is being written in, by its index. */
  readonly writingNote = new Cell<number | undefined>(undefined);
  /** The node whose title is being written on its card. */
  readonly titling = new Cell<string | undefined>(undefined);
  /** Cards show values as plain text: the zoom is too far for controls. */
  readonly isPlain = new Cell(false);
  /** Read out by screen readers. */
  readonly announcement = new Cell("");
  readonly catalog: Cell<NodeCatalog>;
  #known: { readonly workflows: Workflow["workflows"]; readonly base: NodeCatalog; readonly catalog: NodeCatalog };

  constructor(workflow: Workflow, catalog: NodeCatalog) {
    this.document = new DocumentStore(workflow);
    this.catalog = new Cell(catalog);
    this.#known = this.#describe();
    this.layout = new LayoutStore({
      graph: () => this.graph,
      describe: (id) => this.describe(id),
      picture: (id) => {
        const picture = this.pictures.get(id);
        return picture && picture.height / picture.width;
      },
    });
    this.problems = new Problems(this.document, () => this.catalog.value);
    this.document.onChange(({ touched, origin }) => {
      this.#followScope();
      if ("everything" in touched) this.layout.reset();
      else {
        this.layout.update(touched.nodes);
        for (const id of touched.nodes) this.runErrors.set(id, undefined);
        if (touched.view) this.layout.readBends();
      }
      if (origin === "load" || origin === "scope") {
        this.selection.set([]);
        this.drafts.clear();
      } else this.#forgetGone();
    });
    this.pictures.onChange((id) => {
      if (Object.hasOwn(this.graph.nodes, id)) this.layout.update([id]);
    });
  }

  get graph(): WorkflowGraph {
    return this.document.graph;
  }

  /** The installed nodes, and the file's sub-workflows as types of nodes. */
  get known(): NodeCatalog {
    const { workflows } = this.document.workflow;
    if (workflows !== this.#known.workflows || this.catalog.value !== this.#known.base) this.#known = this.#describe();
    return this.#known.catalog;
  }

  /** Other nodes are installed now: what stands for them is laid out and checked anew. */
  useCatalog(catalog: NodeCatalog): void {
    this.catalog.set(catalog);
    this.layout.reset();
    this.problems.check();
  }

  #describe() {
    const { workflow } = this.document;
    const base = this.catalog.value;
    return {
      workflows: workflow.workflows,
      base,
      catalog: withTitles(workflow, describeSubWorkflows(workflow, base).catalog),
    };
  }

  /** The description of a node; undefined when its type or its version is not installed. */
  describe(id: string): CatalogNode | undefined {
    return descriptionOf(this.graph, this.known, id);
  }

  /** What a node is called: its own title, or that of its type. */
  title(id: string): string {
    const node = this.graph.nodes[id];
    return node?.title ?? this.known.nodes[node?.type ?? ""]?.title ?? node?.type ?? id;
  }

  run(command: Command, options?: RunOptions): boolean {
    return this.document.run(command, options);
  }

  /** The value that an input has: its own, else its default; undefined when there is none. */
  value(id: string, input: string): JsonValue | undefined {
    const inputs = this.graph.nodes[id]?.inputs ?? {};
    return Object.hasOwn(inputs, input) ? inputs[input] : this.describe(id)?.inputs[input]?.default;
  }

  /** What a run calls a node of the shown graph. */
  runId(id: string): string {
    return [...this.path.value, id].join("/");
  }

  /** Shows what is inside of a node that stands for a sub-workflow. Returns whether it does. */
  enter(id: string): boolean {
    const { workflow, scope } = this.document;
    return workflowOf(workflow, scope, id) !== undefined && this.show([...this.path.value, id]);
  }

  /** Goes back to where the node stands that was entered last. */
  leave(): void {
    const left = this.path.value.at(-1);
    this.show(this.path.value.slice(0, -1));
    if (left !== undefined && Object.hasOwn(this.graph.nodes, left)) this.selection.set([left]);
  }

  /** Shows the graph that a way through nodes leads to. Returns whether it leads anywhere. */
  show(path: readonly string[]): boolean {
    const found = scopeAt(this.document.workflow, path);
    if (!found) return false;
    const isSame = found.scope === this.document.scope;
    this.path.set(path);
    if (!isSame) this.document.enter(found.scope);
    return true;
  }

  /** Undo and opening may show another graph: the way to it is found anew. */
  #followScope(): void {
    const { workflow, scope } = this.document;
    const found = scopeAt(workflow, this.path.value);
    if (!found || found.scope !== scope) this.path.set(pathTo(workflow, scope));
  }

  announce(text: string): void {
    this.announcement.set(text);
  }

  #forgetGone(): void {
    const gone = [...this.selection.ids].filter((id) => !Object.hasOwn(this.graph.nodes, id));
    if (gone.length > 0) this.selection.remove(gone);
    const { link } = this.selection;
    if (link !== undefined && !this.layout.link(link)) this.selection.setLink(undefined);
  }
}
