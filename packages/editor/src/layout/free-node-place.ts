import type { CatalogNode } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import type { Point } from "../document/graph.ts";
import { notesOf } from "../document/view.ts";
import { freePlace } from "./free-place.ts";
import { planNode } from "./plan-node.ts";

/** Where a new node is to stand: where it is wanted, or as near as it covers nothing. */
export function freeNodePlace({ layout, graph }: Editor, description: CatalogNode, at: Point): Point {
  const node = { type: description.type, version: description.version, inputs: {} };
  const { width, height } = planNode({ node, description, view: {}, usedOutputs: [] });
  return freePlace({ layout, notes: notesOf(graph) }, { ...at, w: width, h: height });
}
