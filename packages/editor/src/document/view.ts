import { isJsonObject, type JsonObject, type JsonValue, type WorkflowGraph } from "@inlay/engine";
import { type GraphDraft, objectIn, type Point } from "./graph.ts";

/** How one node stands on the canvas; what is absent is up to the editor. */
export interface NodeView {
  readonly x?: number;
  readonly y?: number;
  /** Width, where it is not the usual one. */
  readonly w?: number;
  /** Height, where it is more than the card needs. */
  readonly h?: number;
  readonly collapsed?: boolean;
  /** `all`: inputs that are folded away as advanced are shown. */
  readonly sockets?: "all";
}

/** A coloured rectangle behind nodes, which it carries along. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly title?: string;
  readonly color?: string;
}

/** A text on the canvas, in Markdown. */
export interface Note {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly text: string;
}

const number = (value: JsonValue | undefined): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** A node's view. The section is free JSON in the file, so nothing about it is taken for granted. */
export function nodeView(graph: WorkflowGraph, id: string): NodeView {
  const nodes = graph.view["nodes"];
  const view = isJsonObject(nodes) && Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  if (!isJsonObject(view)) return {};
  const [x, y, w, h] = [number(view["x"]), number(view["y"]), number(view["w"]), number(view["h"])];
  return {
    ...(x !== undefined && { x }),
    ...(y !== undefined && { y }),
    ...(w !== undefined && { w }),
    ...(h !== undefined && { h }),
    ...(view["collapsed"] === true && { collapsed: true }),
    ...(view["sockets"] === "all" && { sockets: "all" }),
  };
}

/** Changes some of a node's view; an undefined part is removed, unknown parts stay. */
export function setNodeView(
  graph: GraphDraft,
  id: string,
  parts: { readonly [K in keyof NodeView]?: NodeView[K] | undefined },
): void {
  const nodes = objectIn(graph.view, "nodes");
  const before = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
  const after: Record<string, JsonValue> = { ...(isJsonObject(before) ? before : {}) };
  for (const [key, value] of Object.entries(parts)) {
    if (value === undefined) delete after[key];
    else after[key] = value;
  }
  nodes[id] = after as JsonObject;
}

/** Whole units: a dragged node never stands between pixels, and files stay short. */
export function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}

function boxes(graph: WorkflowGraph, key: "frames" | "notes"): readonly JsonObject[] {
  const list = graph.view[key];
  return Array.isArray(list) ? (list as readonly JsonValue[]).filter(isJsonObject) : [];
}

function boxOf(value: JsonObject) {
  return {
    x: number(value["x"]) ?? 0,
    y: number(value["y"]) ?? 0,
    w: Math.max(40, number(value["w"]) ?? 200),
    h: Math.max(40, number(value["h"]) ?? 120),
  };
}

export function framesOf(graph: WorkflowGraph): readonly Frame[] {
  return boxes(graph, "frames").map((frame) => ({
    ...boxOf(frame),
    ...(typeof frame["title"] === "string" && { title: frame["title"] }),
    ...(typeof frame["color"] === "string" && { color: frame["color"] }),
  }));
}

export function notesOf(graph: WorkflowGraph): readonly Note[] {
  return boxes(graph, "notes").map((note) => ({
    ...boxOf(note),
    text: typeof note["text"] === "string" ? note["text"] : "",
  }));
}
