import { pinnedOutputs } from "../workflow/pinned.ts";
import { unfoldingLimits, subWorkflowName } from "../workflow/sub-workflows.ts";
import type { Workflow, WorkflowGraph, WorkflowNode } from "../workflow/workflow.ts";

/** A graph in its place: the workflow itself, or a sub-workflow where a node uses it. */
export interface Scope {
  readonly workflow: Workflow;
  readonly graph: WorkflowGraph;
  /** What stands before the ids of its nodes: nothing, or the user's id and a slash. */
  readonly prefix: string;
  readonly depth: number;
  /** The node that the sub-workflow stands in for. */
  readonly user?: { readonly scope: Scope; readonly id: string; readonly node: WorkflowNode };
  /** The sub-workflows inside, by the id of the node that uses them. */
  readonly inner: Map<string, Scope>;
}

/** The workflow itself. */
export function outermostScope(workflow: Workflow): Scope {
  return { workflow, graph: workflow, prefix: "", depth: 0, inner: new Map() };
}

/** The sub-workflow that a node stands for, made when it is first asked for; undefined for a pinned and every other node. */
export function innerScope(scope: Scope, id: string): Scope | undefined {
  const node = scope.graph.nodes[id]!;
  const name = subWorkflowName(node.type);
  if (name === undefined || pinnedOutputs(node)) return undefined;
  const known = scope.inner.get(id);
  if (known) return known;
  if (scope.depth >= unfoldingLimits.depth)
    throw new Error("A sub-workflow uses itself: check it with checkWorkflow first.");
  const { workflow, prefix, depth } = scope;
  const graph = workflow.workflows[name]!;
  const user = { scope, id, node };
  const made = { workflow, graph, prefix: `${prefix}${id}/`, depth: depth + 1, user, inner: new Map() };
  scope.inner.set(id, made);
  return made;
}

/** Visits all nodes of a scope in the order of the file, those of an inner scope that was made in place of its user. */
export function visitNodes(outermost: Scope, visit: (id: string) => void): void {
  const path = [{ scope: outermost, ids: Object.keys(outermost.graph.nodes), next: 0 }];
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const id = at.ids[at.next++];
    if (id === undefined) {
      path.pop();
      continue;
    }
    const inner = at.scope.inner.size > 0 ? at.scope.inner.get(id) : undefined;
    if (inner) path.push({ scope: inner, ids: Object.keys(inner.graph.nodes), next: 0 });
    else visit(at.scope.prefix + id);
  }
}
