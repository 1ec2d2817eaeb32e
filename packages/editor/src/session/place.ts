import type { Workflow } from "@inlay/engine";
import { graphIn, type Scope } from "../document/graph.ts";

/** The sub-workflow that a node of a graph stands for. */
export function workflowOf(workflow: Workflow, scope: Scope, node: string): string | undefined {
  const { nodes } = graphIn(workflow, scope);
  const type = Object.hasOwn(nodes, node) ? nodes[node]!.type : "";
  const name = type.startsWith("workflow/") ? type.slice("workflow/".length) : "";
  return Object.hasOwn(workflow.workflows, name) ? name : undefined;
}

/** The graph that a way through nodes leads to; undefined when it leads nowhere. */
export function scopeAt(workflow: Workflow, path: readonly string[]): { readonly scope: Scope } | undefined {
  let scope: Scope = undefined;
  for (const node of path) {
    scope = workflowOf(workflow, scope, node);
    if (scope === undefined) return undefined;
  }
  return { scope };
}

/** The shortest way through nodes to a sub-workflow; empty when none uses it. */
export function pathTo(workflow: Workflow, scope: Scope): readonly string[] {
  if (scope === undefined) return [];
  const seen = new Set<Scope>([undefined]);
  const ways: { readonly at: Scope; readonly path: readonly string[] }[] = [{ at: undefined, path: [] }];
  for (const { at, path } of ways) {
    for (const node of Object.keys(graphIn(workflow, at).nodes)) {
      const inner = workflowOf(workflow, at, node);
      if (inner === undefined || seen.has(inner)) continue;
      if (inner === scope) return [...path, node];
      seen.add(inner);
      ways.push({ at: inner, path: [...path, node] });
    }
  }
  return [];
}
