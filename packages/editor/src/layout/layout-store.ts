import type { CatalogNode, WorkflowGraph } from "@inlay/engine";
import { type Bends, bendsOf } from "../document/bends.ts";
import type { Box, InputPlace, OutputPlace, Point } from "../document/graph.ts";
import { type Link, linksInto, userOf } from "../document/links.ts";
import { type NodeView, nodeView } from "../document/view.ts";
import type { Edges } from "./edges.ts";
import { Grid } from "./grid.ts";
import { type Curve, curveBetween } from "./link-path.ts";
import { placeNodes } from "./place-nodes.ts";
import { NodePlans } from "./node-plans.ts";
import { card, type NodePlan, planNode, type PlanRequest } from "./plan-node.ts";

/** What the layout needs to know of the document and the session. */
export interface LayoutSource {
  graph(): WorkflowGraph;
  describe(id: string): CatalogNode | undefined;
  /** Height ÷ width of the picture that a node shows, if it shows one. */
  picture(id: string): number | undefined;
}

/** A card, and where it stands. As a class, for its figures then take half the room that those of a literal take. */
class Placed implements Box {
  readonly plan: NodePlan;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;

  constructor(plan: NodePlan, { x, y }: Point) {
    this.plan = plan;
    this.x = x;
    this.y = y;
    this.w = plan.width;
    this.h = plan.height;
  }
}

/** Parts of a node's view; an undefined one is taken away. */
export interface SizeParts {
  readonly x?: number;
  readonly y?: number;
  readonly w?: number | undefined;
  readonly h?: number | undefined;
}

/** What changed in the layout. */
export interface LayoutChange {
  readonly nodes: Iterable<string>;
  /** Links came or went. */
  readonly links: boolean;
  /** A gesture moves them; the document is as it was. */
  readonly isGesture?: boolean;
}

/**
 * Where every node and socket is, kept up to date node by node from the document, and for the time of a gesture from the
 * pointer. Nothing is measured in the page: a card's plan gives its size and the places of its sockets.
 */
export class LayoutStore {
  readonly #source: LayoutSource;
  readonly #shared = new NodePlans();
  readonly #grid = new Grid<Placed>();
  readonly #into = new Map<string, readonly Link[]>();
  #bends = new Map<string, readonly Point[]>();
  readonly #outOf = new Map<string, Link[]>();
  readonly #listeners = new Set<(change: LayoutChange) => void>();
  readonly #byId = new Map<string, Set<() => void>>();

  constructor(source: LayoutSource) {
    this.#source = source;
    this.reset();
  }

  onChange(listener: (change: LayoutChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back when a node's plan or what leaves it may have changed; not while it is only moved. */
  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#byId.get(id) ?? new Set();
    this.#byId.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#byId.get(id) === listeners) this.#byId.delete(id);
    };
  }

  get ids(): Iterable<string> {
    return this.#grid.ids;
  }

  /** Every link of the graph. */
  *links(): Generator<Link> {
    for (const links of this.#into.values()) yield* links;
  }

  link(id: string): Link | undefined {
    return this.linksInto(userOf(id)).find((link) => link.id === id);
  }

  get size(): number {
    return this.#grid.size;
  }

  box(id: string): Box | undefined {
    return this.#grid.get(id);
  }

  plan(id: string): NodePlan | undefined {
    return this.#grid.get(id)?.plan;
  }

  linksInto(id: string): readonly Link[] {
    return this.#into.get(id) ?? [];
  }

  linksOutOf(id: string): readonly Link[] {
    return this.#outOf.get(id) ?? [];
  }

  /** Ids of the nodes that touch an area. */
  within(area: Box): string[] {
    return this.#grid.within(area);
  }

  /** The smallest box around nodes; around all when none are named. */
  bounds(ids: Iterable<string> = this.#grid.ids): Box | undefined {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const box = this.#grid.get(id);
      if (!box) continue;
      left = Math.min(left, box.x);
      top = Math.min(top, box.y);
      right = Math.max(right, box.x + box.w);
      bottom = Math.max(bottom, box.y + box.h);
    }
    return left === Infinity ? undefined : { x: left, y: top, w: right - left, h: bottom - top };
  }

  outputPoint({ node, output }: OutputPlace): Point | undefined {
    const box = this.#grid.get(node);
    const y = box?.plan.outputs.get(output);
    return box && { x: box.x + box.w, y: box.y + (y ?? 17) };
  }

  inputPoint({ node, input }: InputPlace): Point | undefined {
    const box = this.#grid.get(node);
    const y = box?.plan.inputs.get(input);
    return box && { x: box.x, y: box.y + (y ?? 17) };
  }

  /** The curve of a link; undefined when one of its ends does not exist. */
  curve(link: Link): Curve | undefined {
    const [start, end] = [this.outputPoint(link.from), this.inputPoint(link.to)];
    return start && end && curveBetween(start, end, this.#bends.size > 0 ? this.#bends.get(link.id) : undefined);
  }

  /** The points that links are led through. */
  get bends(): Bends {
    return this.#bends;
  }

  /** Reads the bends anew: what else the view holds may have changed too. */
  readBends(): void {
    const before = this.#bends;
    this.#bends = new Map(bendsOf(this.#source.graph()));
    if (before.size > 0 || this.#bends.size > 0)
      this.#tell({ nodes: new Set([...before.keys(), ...this.#bends.keys()].map(userOf)), links: false });
  }

  /** Reads everything anew: another file, another graph, another catalogue. */
  reset(): void {
    this.#grid.clear();
    this.#into.clear();
    this.#outOf.clear();
    this.#bends = new Map(bendsOf(this.#source.graph()));
    const graph = this.#source.graph();
    const ids = Object.keys(graph.nodes);
    for (const id of ids) this.#readLinks(id);
    this.#placeAll(graph, ids);
    this.#tell({ nodes: ids, links: true });
  }

  #placeAll(graph: WorkflowGraph, ids: readonly string[]): void {
    const placeless = new Map<string, NodePlan>();
    for (const id of ids) {
      const [plan, { x, y }] = [this.#readPlan(id), nodeView(graph, id)];
      if (x === undefined || y === undefined) placeless.set(id, plan);
      else this.#put(id, plan, { x, y });
    }
    if (placeless.size === 0) return;
    const above = this.bounds();
    const sizeOf = (id: string) => ({ w: placeless.get(id)!.width, h: placeless.get(id)!.height });
    const places = placeNodes(graph, [...placeless.keys()], sizeOf, above ? above.y + above.h + 80 : 0);
    for (const [id, place] of places) this.#put(id, placeless.get(id)!, place);
  }

  /** Reads some nodes anew: they changed, came or went. */
  update(ids: Iterable<string>): void {
    const graph = this.#source.graph();
    const changed = new Set(ids);
    const sources = new Set<string>();
    for (const id of changed) {
      const before = this.linksInto(id);
      if (!this.#readLinks(id)) continue;
      for (const { from } of [...before, ...this.linksInto(id)]) sources.add(from.node);
    }
    // What leaves a node shows on its card.
    for (const id of sources) changed.add(id);
    for (const id of changed) {
      if (!Object.hasOwn(graph.nodes, id)) {
        this.#grid.delete(id);
        continue;
      }
      const { x, y } = nodeView(graph, id);
      const before = this.#grid.get(id);
      this.#put(id, this.#readPlan(id), { x: x ?? before?.x ?? 0, y: y ?? before?.y ?? 0 });
    }
    this.#tell({ nodes: changed, links: sources.size > 0 });
  }

  /** Moves nodes and bends for the time of a gesture; the document follows when it ends. */
  move({ nodes, bends = new Map() }: { readonly nodes: ReadonlyMap<string, Point>; readonly bends?: Bends }): void {
    for (const [id, place] of nodes) {
      const plan = this.plan(id);
      if (plan) this.#put(id, plan, place);
    }
    for (const [link, points] of bends) this.#bends.set(link, points);
    const moved = new Set([...nodes.keys(), ...[...bends.keys()].map(userOf)]);
    for (const listener of this.#listeners) listener({ nodes: moved, links: false, isGesture: true });
  }

  /**
   * Makes a card larger or smaller for the time of a gesture; by its left or top edge its right or bottom one stays where
   * it is. Returns what its view would hold: nothing that is usual.
   */
  resize(id: string, size: { readonly w?: number; readonly h?: number }, { left, top }: Edges = {}): SizeParts {
    const box = this.#grid.get(id);
    if (!box) return {};
    const view = { ...nodeView(this.#source.graph(), id), ...size };
    const { h: _, ...flat } = view;
    const [plan, least] = [planNode(this.#request(id, view)), planNode(this.#request(id, flat))];
    const place = {
      x: left === true ? Math.round(box.x + box.w - plan.width) : box.x,
      y: top === true ? Math.round(box.y + box.h - plan.height) : box.y,
    };
    this.#put(id, plan, place);
    this.#tell({ nodes: [id], links: false });
    return {
      ...((left === true || top === true) && place),
      ...(size.w !== undefined && { w: plan.width === card.width ? undefined : plan.width }),
      ...(size.h !== undefined && { h: plan.height > least.height ? plan.height : undefined }),
    };
  }

  #put(id: string, plan: NodePlan, place: Point): void {
    this.#grid.set(id, new Placed(plan, place));
  }

  #readPlan(id: string): NodePlan {
    return this.#shared.plan(this.#request(id, nodeView(this.#source.graph(), id)));
  }

  #request(id: string, view: NodeView): PlanRequest {
    const graph = this.#source.graph();
    const picture = this.#source.picture(id);
    return {
      node: graph.nodes[id]!,
      description: this.#source.describe(id),
      view,
      ...(picture !== undefined && { picture }),
      usedOutputs: this.#usedOutputs(graph, id),
    };
  }

  *#usedOutputs(graph: WorkflowGraph, id: string): Generator<string> {
    for (const { from } of this.linksOutOf(id)) yield from.output;
    for (const { node, output } of Object.values(graph.outputs)) if (node === id) yield output;
  }

  /** Returns whether the links into the node changed. */
  #readLinks(id: string): boolean {
    const { nodes } = this.#source.graph();
    const before = this.#into.get(id) ?? [];
    const now = Object.hasOwn(nodes, id) ? linksInto(id, nodes[id]!) : [];
    if (before.length === now.length && now.every((link, i) => isSame(link, before[i]!))) return false;
    for (const link of before) {
      const left = this.linksOutOf(link.from.node).filter((other) => other !== link);
      if (left.length > 0) this.#outOf.set(link.from.node, left);
      else this.#outOf.delete(link.from.node);
    }
    for (const link of now) {
      const out = this.#outOf.get(link.from.node);
      // Lists that grow take room for more; most stay short.
      if (out && out.length > 8) out.push(link);
      else if (out) this.#outOf.set(link.from.node, out.concat(link));
      else this.#outOf.set(link.from.node, [link]);
    }
    if (now.length === 0) this.#into.delete(id);
    else this.#into.set(id, now);
    return true;
  }

  #tell(change: LayoutChange): void {
    for (const listener of this.#listeners) listener(change);
    for (const id of change.nodes) for (const listener of this.#byId.get(id) ?? []) listener();
  }
}

function isSame(a: Link, b: Link): boolean {
  return a.id === b.id && a.from.node === b.from.node && a.from.output === b.from.output;
}
