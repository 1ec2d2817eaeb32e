import type { NodeDescription, Workflow } from "@inlay/engine";

/** Descriptions by type. */
interface KnownOutputs {
  readonly [type: string]: Pick<NodeDescription, "outputs" | "category">;
}

/** Whether nodes may run more than once: something gives a list, or repeats others. */
export function hasLists({ nodes, workflows }: Pick<Workflow, "nodes" | "workflows">, known: KnownOutputs): boolean {
  const graphs = [nodes, ...Object.values(workflows).map((graph) => graph.nodes)];
  const types = new Set(graphs.flatMap((graph) => Object.values(graph).map(({ type }) => type)));
  return [...types].some((type) => {
    const description = Object.hasOwn(known, type) ? known[type] : undefined;
    const outputs = Object.values(description?.outputs ?? {});
    return type.startsWith("flow/") || outputs.some(({ schema }) => schema.type === "list");
  });
}
