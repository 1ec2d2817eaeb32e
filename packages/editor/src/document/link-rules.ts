import {
  canFeed,
  type CatalogNode,
  describeSchema,
  type NodeCatalog,
  type ValueSchema,
  type WorkflowGraph,
} from "@inlay/engine";
import type { InputPlace, OutputPlace } from "./graph.ts";
import { linksInto } from "./links.ts";

/** Why two sockets may not be linked, as data for a message. */
export type LinkProblem =
  | { readonly kind: "type"; readonly expected: string; readonly received: string }
  | { readonly kind: "circle" }
  | { readonly kind: "self" }
  | { readonly kind: "unknown" };

/** The description that a node is held against: of its type and its very version. */
export function descriptionOf(graph: WorkflowGraph, catalog: NodeCatalog, id: string): CatalogNode | undefined {
  const node = Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
  if (!node || !Object.hasOwn(catalog.nodes, node.type)) return undefined;
  const description = catalog.nodes[node.type];
  return description?.version === node.version ? description : undefined;
}

export function outputSchema(graph: WorkflowGraph, catalog: NodeCatalog, from: OutputPlace): ValueSchema | undefined {
  const outputs = descriptionOf(graph, catalog, from.node)?.outputs;
  return outputs && Object.hasOwn(outputs, from.output) ? outputs[from.output]?.schema : undefined;
}

export function inputSchema(graph: WorkflowGraph, catalog: NodeCatalog, to: InputPlace): ValueSchema | undefined {
  const inputs = descriptionOf(graph, catalog, to.node)?.inputs;
  return inputs && Object.hasOwn(inputs, to.input) ? inputs[to.input]?.schema : undefined;
}

/** Why a link may not be made, or undefined when it may: the engine's rule about types, and no circle. */
export function linkProblem(
  graph: WorkflowGraph,
  catalog: NodeCatalog,
  from: OutputPlace,
  to: InputPlace,
): LinkProblem | undefined {
  return linkJudge(graph, catalog, { side: "output", ...from })(to.node, to.input);
}

/** A node and all that it waits for, however far back. */
export function needs(graph: WorkflowGraph, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  const open = [id];
  while (open.length > 0) {
    const next = open.pop()!;
    const node = Object.hasOwn(graph.nodes, next) ? graph.nodes[next] : undefined;
    if (!node) continue;
    for (const { from } of linksInto(next, node)) {
      if (found.has(from.node)) continue;
      found.add(from.node);
      open.push(from.node);
    }
  }
  return found;
}

/** One end that a link is being drawn from. */
export type LinkOrigin = ({ readonly side: "output" } & OutputPlace) | ({ readonly side: "input" } & InputPlace);

/**
 * Judges all sockets for one link that is being drawn, at the cost of one walk over the graph instead of one for each.
 * The judge takes the other end: an input's name for an origin that is an output, and the reverse.
 */
export function linkJudge(
  graph: WorkflowGraph,
  catalog: NodeCatalog,
  origin: LinkOrigin,
): (node: string, socket: string) => LinkProblem | undefined {
  const forbidden = origin.side === "output" ? needs(graph, origin.node) : neededBy(graph, origin.node);
  return (node, socket) => {
    if (node === origin.node) return { kind: "self" };
    const [from, to] =
      origin.side === "output"
        ? [origin, { node, input: socket }]
        : [
            { node, output: socket },
            { node: origin.node, input: origin.input },
          ];
    const made = outputSchema(graph, catalog, from);
    const takes = inputSchema(graph, catalog, to);
    if (!made || !takes) return { kind: "unknown" };
    if (!canFeed(made, takes)) return { kind: "type", expected: describeSchema(takes), received: describeSchema(made) };
    return forbidden.has(node) ? { kind: "circle" } : undefined;
  };
}

/** A node and all that waits for it, however far on. */
function neededBy(graph: WorkflowGraph, id: string): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  for (const [user, node] of Object.entries(graph.nodes)) {
    for (const { from } of linksInto(user, node)) {
      const known = users.get(from.node);
      if (known) known.push(user);
      else users.set(from.node, [user]);
    }
  }
  const found = new Set([id]);
  const open = [id];
  while (open.length > 0) {
    for (const user of users.get(open.pop()!) ?? []) {
      if (found.has(user)) continue;
      found.add(user);
      open.push(user);
    }
  }
  return found;
}
