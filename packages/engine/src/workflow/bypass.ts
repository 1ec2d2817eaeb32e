import type { JsonValue } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import { assignable } from "../schema/assignable.ts";
import { own } from "./own.ts";
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
