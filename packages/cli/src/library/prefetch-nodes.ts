import type { Workflow } from "@inlay/engine";
import { prefetch } from "@inlay/nodes";

/** Starts to load what the nodes of a workflow need, those inside of its sub-workflows too, while it is planned. */
export function prefetchNodes(workflow: Workflow): void {
  const graphs = [workflow, ...Object.values(workflow.workflows)];
  prefetch(graphs.flatMap(({ nodes }) => Object.values(nodes).map(({ type }) => type)));
}
