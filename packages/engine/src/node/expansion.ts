import type { JsonValue } from "../json.ts";

/**
 * Nodes that a node answers with instead of outputs: they run in its place, and its outputs are theirs.
 * Made by `ctx.expand`.
 */
export interface ExpandedGraph {
  /** By id, as in a workflow file; `version` is the installed one unless given. They may use the file's sub-workflows. */
  readonly nodes: {
    readonly [id: string]: {
      readonly type: string;
      readonly version?: number;
      readonly inputs?: { readonly [input: string]: JsonValue };
      readonly each?: "zip" | "product";
    };
  };
  /** For each output of the expanding node the node and output that bring it. */
  readonly outputs: { readonly [output: string]: { readonly node: string; readonly output: string } };
  /** What `{ "$input": name }` stands for in the inputs above: any value of a link, pixels too. */
  readonly inputs?: { readonly [name: string]: unknown };
}

const mark: unique symbol = Symbol("inlay.expansion");

/** What `ctx.expand` gives: to be returned from `run` as it is. */
export interface Expansion {
  readonly [mark]: ExpandedGraph;
}

/** Marks a graph as a node's answer. */
export function expansionOf(graph: ExpandedGraph): Expansion {
  return { [mark]: graph };
}

export function isExpansion(answer: unknown): answer is Expansion {
  return typeof answer === "object" && answer !== null && mark in answer;
}

export function expandedGraph(expansion: Expansion): ExpandedGraph {
  return expansion[mark];
}
