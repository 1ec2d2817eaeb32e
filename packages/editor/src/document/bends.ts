import { isJsonObject, type JsonObject, type JsonValue, type WorkflowGraph } from "@inlay/engine";
import { isDraft } from "immer";
import { type GraphDraft, objectIn, type Point } from "./graph.ts";
import { type Link, linksInto, userOf } from "./links.ts";
import { rounded } from "./view.ts";

/** Points that links are led through, by the link's id, from its source on. */
export type Bends = ReadonlyMap<string, readonly Point[]>;

/** What the file says of bends; whatever else stands there is ignored. */
export function bendsOf(graph: WorkflowGraph): Bends {
  const { links } = graph.view;
  if (!isJsonObject(links)) return new Map();
  return new Map(
    Object.entries(links).flatMap(([id, value]) => {
      const points = isJsonObject(value) ? pointsOf(value["points"]) : [];
      return points.length > 0 ? [[id, points] as const] : [];
    }),
  );
}

function pointsOf(value: JsonValue | undefined): readonly Point[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[]).flatMap((point) => {
    const [x, y] = Array.isArray(point) ? (point as readonly JsonValue[]) : [];
    return Number.isFinite(x) && Number.isFinite(y) ? [{ x: x as number, y: y as number }] : [];
  });
}

/** Leads a link through points; none make it straight again. */
export function setBends(graph: GraphDraft, link: string, points: readonly Point[]): void {
  if (points.length === 0) return dropBends(graph, link);
  const links = objectIn(graph.view, "links");
  const before = Object.hasOwn(links, link) ? links[link] : undefined;
  const pairs = points.map(rounded).map(({ x, y }) => [x, y]);
  links[link] = { ...(isJsonObject(before) ? before : {}), points: pairs } as JsonObject;
}

function dropBends(graph: GraphDraft, link: string): void {
  const links = objectIn(graph.view, "links");
  delete links[link];
  if (Object.keys(links).length === 0) delete graph.view["links"];
}

/** Takes away the bends of links that a command has removed or led from somewhere else. */
export function dropStaleBends(graph: GraphDraft, base: WorkflowGraph): void {
  const [before, now] = [base.view["links"], graph.view["links"]];
  if (!isJsonObject(before) || !isJsonObject(now as JsonValue)) return;
  for (const id of Object.keys(before)) {
    // What is no draft was written by the command itself.
    const isUntouched = isDraft((now as Record<string, unknown>)[id]);
    if (isUntouched && sourceOf(base, id) !== sourceOf(graph as unknown as WorkflowGraph, id)) dropBends(graph, id);
  }
}

/** Takes the bends of links between some nodes over into a graph in which these have other names and places. */
export function copyBends(
  from: WorkflowGraph,
  to: GraphDraft,
  nameOf: (id: string) => string | undefined,
  by: Point,
): void {
  for (const [link, points] of bendsOf(from)) {
    const [user, source] = [userOf(link), linkOf(from, link)?.from.node];
    const name = nameOf(user);
    if (name === undefined || source === undefined || nameOf(source) === undefined) continue;
    const moved = points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
    setBends(to, `${name}${link.slice(user.length)}`, moved);
  }
}

function linkOf({ nodes }: WorkflowGraph, link: string): Link | undefined {
  const user = userOf(link);
  const node = Object.hasOwn(nodes, user) ? nodes[user] : undefined;
  return node && linksInto(user, node).find(({ id }) => id === link);
}

function sourceOf(graph: WorkflowGraph, link: string): string | undefined {
  const from = linkOf(graph, link)?.from;
  return from && `${from.node}.${from.output}`;
}
