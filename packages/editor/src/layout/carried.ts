import type { Bends } from "../document/bends.ts";
import type { Point } from "../document/graph.ts";
import { userOf } from "../document/links.ts";
import type { LayoutStore } from "./layout-store.ts";

/** Nodes that move together, and the bends of the links between them, which go along. */
export interface Carried {
  readonly nodes: ReadonlyMap<string, Point>;
  readonly bends: Bends;
}

/** Takes nodes up where they stand now. */
export function carry(layout: LayoutStore, ids: Iterable<string>): Carried {
  const nodes = new Map<string, Point>();
  for (const id of ids) {
    const box = layout.box(id);
    if (box) nodes.set(id, { x: box.x, y: box.y });
  }
  return { nodes, bends: new Map([...layout.bends].filter(([link]) => isBetween(layout, link, nodes))) };
}

function isBetween(layout: LayoutStore, link: string, nodes: Carried["nodes"]): boolean {
  return nodes.has(userOf(link)) && nodes.has(layout.link(link)?.from.node ?? "");
}

/** The same, moved. */
export function shifted({ nodes, bends }: Carried, by: Point): Carried {
  const move = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y });
  return {
    nodes: new Map([...nodes].map(([id, place]) => [id, move(place)])),
    bends: new Map([...bends].map(([link, points]) => [link, points.map(move)])),
  };
}
