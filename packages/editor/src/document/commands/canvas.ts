import { isJsonObject, type JsonObject, type JsonValue } from "@inlay/engine";
import { type Bends, setBends } from "../bends.ts";
import type { Command, GraphDraft, Point } from "../graph.ts";
import { rounded, setNodeView } from "../view.ts";

type Section = "frames" | "notes";

/** Puts a frame or a note on the canvas. */
export function addBox(section: Section, box: JsonObject): Command {
  return { name: `add-${section}`, apply: (graph) => listIn(graph, section).push(box) };
}

/** Changes parts of a frame or a note; undefined takes a part away. */
export function changeBox(
  section: Section,
  index: number,
  parts: { readonly [key: string]: JsonValue | undefined },
): Command {
  return {
    name: `change-${section}`,
    apply(graph) {
      const list = listIn(graph, section);
      const before = list[index];
      if (before === undefined || !isJsonObject(before)) return;
      const after = Object.entries({ ...before, ...parts }).filter(([, value]) => value !== undefined);
      list[index] = Object.fromEntries(after) as JsonObject;
    },
  };
}

export function removeBox(section: Section, index: number): Command {
  return { name: `remove-${section}`, apply: (graph) => void listIn(graph, section).splice(index, 1) };
}

/** Where things stand after a gesture moved them together. */
export interface Moved {
  readonly nodes: ReadonlyMap<string, Point>;
  readonly frames?: ReadonlyMap<number, Point>;
  readonly notes?: ReadonlyMap<number, Point>;
  /** The points that links are led through now; none make a link straight. */
  readonly bends?: Bends;
}

/** Leads a link through points; none make it straight. */
export function bendLink(link: string, points: readonly Point[]): Command {
  return { name: "bend", apply: (graph) => setBends(graph, link, points) };
}

/** Moves nodes, frames and notes, and what links are led through, in one step. */
export function moveThings({ nodes, frames = new Map(), notes = new Map(), bends = new Map() }: Moved): Command {
  return {
    name: "move",
    apply(graph, base) {
      for (const [id, place] of nodes) if (Object.hasOwn(base.nodes, id)) setNodeView(graph, id, rounded(place));
      for (const [link, points] of bends) setBends(graph, link, points);
      for (const [section, places] of [
        ["frames", frames],
        ["notes", notes],
      ] as const) {
        if (places.size === 0) continue;
        const list = listIn(graph, section);
        for (const [index, place] of places) {
          const before = list[index];
          if (typeof before === "object" && before !== null)
            list[index] = { ...(before as JsonObject), ...rounded(place) };
        }
      }
    },
  };
}

function listIn(graph: GraphDraft, section: Section): JsonValue[] {
  const value = graph.view[section];
  if (Array.isArray(value)) return value as JsonValue[];
  const made: JsonValue[] = [];
  graph.view[section] = made;
  return made;
}
