import type { Asset, JsonObject, JsonValue, NamedInput, NamedOutput, Workflow, WorkflowGraph } from "@inlay/engine";

/** Which graph of the file is edited: a sub-workflow by name, or the workflow itself. */
export type Scope = string | undefined;

/** The graph that a scope names; a scope that is gone is the workflow itself. */
export function graphIn(workflow: Workflow, scope: Scope): WorkflowGraph {
  return scope !== undefined && Object.hasOwn(workflow.workflows, scope) ? workflow.workflows[scope]! : workflow;
}

/** A graph that a command may change. Values inside inputs are replaced as a whole. */
export interface GraphDraft {
  inputs: Record<string, NamedInput>;
  outputs: Record<string, NamedOutput>;
  nodes: Record<string, NodeDraft>;
  view: Record<string, JsonValue>;
}

export interface NodeDraft {
  type: string;
  version: number;
  inputs: Record<string, JsonValue>;
  title?: string;
  disabled?: "mute" | "bypass";
  each?: "zip" | "product";
  pinned?: Record<string, JsonValue>;
}

/** The whole file, as a command may change it. */
export interface WorkflowDraft extends GraphDraft {
  name?: string;
  description?: string;
  workflows: Record<string, GraphDraft>;
  packs: Record<string, string>;
  assets: Record<string, Asset>;
}

/** A point of the canvas, in its own units: pixels at zoom 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright box of the canvas. */
export interface Box extends Point {
  readonly w: number;
  readonly h: number;
}

/** What a link leaves from: one output of one node. */
export interface OutputPlace {
  readonly node: string;
  readonly output: string;
}

/** What a link leads to: one input of one node. */
export interface InputPlace {
  readonly node: string;
  readonly input: string;
}

/** A named and undoable change of the document. */
export interface Command {
  /** Key of its label among the messages: what Undo says it takes back. */
  readonly name: string;
  /**
   * Changes the graph that is edited. `base` is the graph before, without the cost of a draft: read from it, write to
   * `graph`. `file` is the whole file.
   */
  apply(graph: GraphDraft, base: WorkflowGraph, file: WorkflowDraft): void;
}

/** A member of an object of the draft that is an object itself, made when it is absent or something else. */
export function objectIn(parent: Record<string, JsonValue>, key: string): Record<string, JsonValue> {
  const value = parent[key];
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, JsonValue>;
  const made: Record<string, JsonValue> = {};
  parent[key] = made as JsonObject;
  return made;
}
