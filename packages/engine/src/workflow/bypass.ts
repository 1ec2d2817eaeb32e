import type { JsonValue } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import { assignable } from "../schema/assignable.ts";
import { own } from "./own.ts";
import { referenceOf } from "./reference.ts";
import type { WorkflowGraph } from "./workflow.ts";

/**
 * What a bypassed node passes through in place of one of its outputs: the value of its first input, in the order of the
 * description, whose type fits the output and that has a value or a default. May be a link to another bypassed node.
 *
 * Undefined when no input fits, and when node, type or output is unknown.
 */
export function bypassSource(
  graph: WorkflowGraph,
  catalog: NodeCatalog,
  nodeId: string,
  output: string,
): JsonValue | undefined {
  const node = own(graph.nodes, nodeId);
  const description = node && own(catalog.nodes, node.type);
  const made = description && own(description.outputs, output);
  if (!node || !description || !made) return undefined;
  for (const [name, input] of Object.entries(description.inputs)) {
    const value = own(node.inputs, name) ?? input.default;
    if (value !== undefined && assignable(input.schema, made.schema)) return value;
  }
  return undefined;
}

/** Where a link leads once muted nodes are gone and bypassed ones passed through. */
export type LinkEnd =
  /** To an output of a node that runs, or that does not exist. */
  | { readonly kind: "link"; readonly node: string; readonly output: string }
  /** Through a bypassed node to a literal or another kind of reference. */
  | { readonly kind: "value"; readonly value: JsonValue }
  /** To nothing: the node is muted, or bypassed with nothing to pass through. */
  | { readonly kind: "muted" | "empty"; readonly node: string };

/**
 * A function that follows links of one workflow to their end. It remembers what it found, so that following every link
 * takes linear time even where bypassed nodes form a long chain. A circle of bypassed nodes is empty.
 */
export function linkFollower(graph: WorkflowGraph, catalog: NodeCatalog): (node: string, output: string) => LinkEnd {
  const ends = new Map<string, LinkEnd>();
  return (node, output) => {
    const passed: string[] = [];
    let at: LinkEnd = { kind: "link", node, output };
    while (at.kind === "link" && own(graph.nodes, at.node)?.disabled !== undefined) {
      const key: string = `${at.node}\n${at.output}`;
      const next: LinkEnd = ends.get(key) ?? followOnce(graph, catalog, at.node, at.output);
      // Until its end is known, a link that leads back here leads nowhere.
      ends.set(key, { kind: "empty", node: at.node });
      passed.push(key);
      at = next;
    }
    for (const key of passed) ends.set(key, at);
    return at;
  };
}

/** What stands for an output of a disabled node. */
function followOnce(graph: WorkflowGraph, catalog: NodeCatalog, node: string, output: string): LinkEnd {
  if (own(graph.nodes, node)?.disabled === "mute") return { kind: "muted", node };
  const value = bypassSource(graph, catalog, node, output);
  if (value === undefined) return { kind: "empty", node };
  const reference = referenceOf(value);
  return reference?.kind === "link" ? reference : { kind: "value", value };
}
