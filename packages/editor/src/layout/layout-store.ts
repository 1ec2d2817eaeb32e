import type { CatalogNode, WorkflowGraph } from "@inlay/engine";
import type { Box, InputPlace, OutputPlace, Point } from "../document/graph.ts";
import { type Link, linksInto } from "../document/links.ts";
import { nodeView } from "../document/view.ts";
import { Grid } from "./grid.ts";
import { type Curve, curveBetween } from "./link-path.ts";
import { placeNodes } from "./place-nodes.ts";
import { type NodePlan, planNode } from "./plan-node.ts";

/** What the layout needs to know of the document and the session. */
export interface LayoutSource {
  graph(): WorkflowGraph;
  describe(id: string): CatalogNode | undefined;
  /** Height ÷ width of the picture that a node shows, if it shows one. */
  picture(id: string): number | undefined;
}

/** What changed in the layout. */
export interface LayoutChange {
  readonly nodes: Iterable<string>;
  /** Links came or went. */
  readonly links: boolean;
}

/**
 * Where every node and socket is, kept up to date node by node from the document, and for the time of a gesture from the
 * pointer. Nothing is measured in the page: a card's plan gives its size and the places of its sockets.
 */
export class LayoutStore {
  readonly #source: LayoutSource;
  readonly #boxes = new Map<string, Box>();
  readonly #plans = new Map<string, NodePlan>();
  readonly #grid = new Grid();
  readonly #into = new Map<string, readonly Link[]>();
  readonly #links = new Map<string, Link>();
  readonly #outOf = new Map<string, Set<Link>>();
  readonly #listeners = new Set<(change: LayoutChange) => void>();

  constructor(source: LayoutSource) {
    this.#source = source;
    this.reset();
  }

  onChange(listener: (change: LayoutChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get ids(): Iterable<string> {
    return this.#boxes.keys();
  }

  get links(): ReadonlyMap<string, Link> {
    return this.#links;
  }

  get size(): number {
    return this.#boxes.size;
  }

  box(id: string): Box | undefined {
    return this.#boxes.get(id);
  }

  plan(id: string): NodePlan | undefined {
    return this.#plans.get(id);
  }

  linksInto(id: string): readonly Link[] {
    return this.#into.get(id) ?? [];
  }

  linksOutOf(id: string): Iterable<Link> {
    return this.#outOf.get(id) ?? [];
  }

  /** Ids of the nodes that touch an area. */
  within(area: Box): string[] {
    return this.#grid.within(area);
  }

  /** The smallest box around nodes; around all when none are named. */
  bounds(ids: Iterable<string> = this.#boxes.keys()): Box | undefined {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const box = this.#boxes.get(id);
      if (!box) continue;
      left = Math.min(left, box.x);
      top = Math.min(top, box.y);
      right = Math.max(right, box.x + box.w);
      bottom = Math.max(bottom, box.y + box.h);
    }
    return left === Infinity ? undefined : { x: left, y: top, w: right - left, h: bottom - top };
  }

  outputPoint({ node, output }: OutputPlace): Point | undefined {
    const [box, plan] = [this.#boxes.get(node), this.#plans.get(node)];
    const y = plan?.outputs.get(output);
    return box && { x: box.x + box.w, y: box.y + (y ?? 17) };
  }

  inputPoint({ node, input }: InputPlace): Point | undefined {
    const [box, plan] = [this.#boxes.get(node), this.#plans.get(node)];
    const y = plan?.inputs.get(input);
    return box && { x: box.x, y: box.y + (y ?? 17) };
  }

  /** The curve of a link; undefined when one of its ends does not exist. */
  curve({ from, to }: Link): Curve | undefined {
    const [start, end] = [this.outputPoint(from), this.inputPoint(to)];
    return start && end && curveBetween(start, end);
  }

  /** Reads everything anew: another file, another graph, another catalogue. */
  reset(): void {
    this.#boxes.clear();
    this.#plans.clear();
    this.#grid.clear();
    this.#into.clear();
    this.#links.clear();
    this.#outOf.clear();
    const graph = this.#source.graph();
    const ids = Object.keys(graph.nodes);
    for (const id of ids) this.#readLinks(id);
    for (const id of ids) this.#readPlan(id);
    this.#placeAll(graph, ids);
    this.#tell({ nodes: ids, links: true });
  }

  #placeAll(graph: WorkflowGraph, ids: readonly string[]): void {
    const placeless: string[] = [];
    for (const id of ids) {
      const { x, y } = nodeView(graph, id);
      if (x === undefined || y === undefined) placeless.push(id);
      else this.#put(id, { x, y });
    }
    if (placeless.length === 0) return;
    const above = this.bounds();
    const sizeOf = (id: string) => ({ w: this.#plans.get(id)!.width, h: this.#plans.get(id)!.height });
    const places = placeNodes(graph, placeless, sizeOf, above ? above.y + above.h + 80 : 0);
    for (const [id, place] of places) this.#put(id, place);
  }

  /** Reads some nodes anew: they changed, came or went. */
  update(ids: Iterable<string>): void {
    const graph = this.#source.graph();
    const changed = new Set(ids);
    let links = false;
    for (const id of changed) links = this.#readLinks(id) || links;
    for (const id of changed) {
      if (!Object.hasOwn(graph.nodes, id)) {
        this.#boxes.delete(id);
        this.#plans.delete(id);
        this.#grid.delete(id);
        continue;
      }
      this.#readPlan(id);
      const { x, y } = nodeView(graph, id);
      const before = this.#boxes.get(id);
      this.#put(id, { x: x ?? before?.x ?? 0, y: y ?? before?.y ?? 0 });
    }
    this.#tell({ nodes: changed, links });
  }

  /** Moves nodes for the time of a gesture; the document follows when it ends. */
  move(places: ReadonlyMap<string, Point>): void {
    for (const [id, place] of places) if (this.#boxes.has(id)) this.#put(id, place);
    this.#tell({ nodes: places.keys(), links: false });
  }

  #put(id: string, { x, y }: Point): void {
    const plan = this.#plans.get(id)!;
    const box = { x, y, w: plan.width, h: plan.height };
    this.#boxes.set(id, box);
    this.#grid.set(id, box);
  }

  #readPlan(id: string): void {
    const graph = this.#source.graph();
    const picture = this.#source.picture(id);
    const plan = planNode({
      node: graph.nodes[id]!,
      description: this.#source.describe(id),
      view: nodeView(graph, id),
      ...(picture !== undefined && { picture }),
      usedOutputs: this.#usedOutputs(graph, id),
    });
    this.#plans.set(id, plan);
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
      this.#links.delete(link.id);
      const out = this.#outOf.get(link.from.node);
      out?.delete(link);
      if (out?.size === 0) this.#outOf.delete(link.from.node);
    }
    for (const link of now) {
      this.#links.set(link.id, link);
      const out = this.#outOf.get(link.from.node);
      if (out) out.add(link);
      else this.#outOf.set(link.from.node, new Set([link]));
    }
    if (now.length === 0) this.#into.delete(id);
    else this.#into.set(id, now);
    return true;
  }

  #tell(change: LayoutChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

function isSame(a: Link, b: Link): boolean {
  return a.id === b.id && a.from.node === b.from.node && a.from.output === b.from.output;
}
