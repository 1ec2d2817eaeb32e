import type { WorkflowGraph } from "@inlay/engine";
import type { Point } from "../document/graph.ts";
import { linksInto } from "../document/links.ts";

const gap = { x: 80, y: 40 } as const;

/**
 * Places for nodes that the file gives none: in columns by how many nodes they wait for in a row, below all that has a
 * place. Takes linear time; nodes in a circle stand in the column that they were reached in.
 */
export function placeNodes(
  graph: WorkflowGraph,
  ids: readonly string[],
  sizeOf: (id: string) => { readonly w: number; readonly h: number },
  top: number,
): Map<string, Point> {
  const wanted = new Set(ids);
  const columnOf = columns(graph, wanted);
  const columnsFilled: { x: number; width: number; y: number }[] = [];
  const places = new Map<string, Point>();
  const inOrder = [...wanted].sort((a, b) => columnOf.get(a)! - columnOf.get(b)!);
  for (const id of inOrder) {
    const { w, h } = sizeOf(id);
    const index = columnOf.get(id)!;
    for (let i = columnsFilled.length; i <= index; i++) {
      const before = columnsFilled[i - 1];
      columnsFilled.push({ x: before ? before.x + before.width + gap.x : 0, width: w, y: top });
    }
    const column = columnsFilled[index]!;
    places.set(id, { x: column.x, y: column.y });
    column.width = Math.max(column.width, w);
    column.y += h + gap.y;
  }
  return places;
}

function columns(graph: WorkflowGraph, wanted: ReadonlySet<string>): Map<string, number> {
  const sources = new Map<string, readonly string[]>();
  const users = new Map<string, string[]>();
  const waiting = new Map<string, number>();
  for (const id of wanted) {
    const from = [...new Set(linksInto(id, graph.nodes[id]!).map((link) => link.from.node))].filter((source) =>
      wanted.has(source),
    );
    sources.set(id, from);
    waiting.set(id, from.length);
    for (const source of from) users.set(source, [...(users.get(source) ?? []), id]);
  }
  const column = new Map<string, number>([...wanted].map((id) => [id, 0]));
  const ready = [...wanted].filter((id) => waiting.get(id) === 0);
  for (const id of ready) {
    for (const user of users.get(id) ?? []) {
      column.set(user, Math.max(column.get(user)!, column.get(id)! + 1));
      const left = waiting.get(user)! - 1;
      waiting.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  return column;
}
