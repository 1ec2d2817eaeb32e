import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { NodeCatalog } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { chooseTargets, type Target } from "./choose-targets.ts";
import { type DraftLink, type DraftNode, nodeDrafter } from "./draft-node.ts";
import type { Plan, PlanIndex, PlannedLink, PlannedNode, PlannedOutput } from "./plan.ts";

export interface PlanOptions {
  /** Named outputs or ids of nodes; default: every named output and every output node. */
  readonly targets?: readonly string[];
}

/**
 * Compiles a workflow that `checkWorkflow` found free of errors. Linear in nodes and links, without recursion.
 * The only diagnostics that it adds are about targets. Throws when the graph has a cycle.
 */
export function compilePlan(
  workflow: Workflow,
  catalog: NodeCatalog,
  options: PlanOptions = {},
): { readonly plan?: Plan; readonly diagnostics: readonly Diagnostic[] } {
  const { targets, diagnostics } = chooseTargets(workflow, catalog, options.targets);
  if (diagnostics.length > 0) return { diagnostics };

  // Reach: from the targets back through links to everything they need.
  const drafts = reach(workflow, catalog, targets);

  // Order: each node after all that it needs. From here on a node is its index.
  const order = sortTopologically(workflow, drafts);
  const indexOf = new Map<string, number>();
  for (const { id } of order) indexOf.set(id, indexOf.size);
  const nodes = order.map((draft) => planNode(draft, drafts, indexOf));

  const plan: Plan = {
    workflow,
    nodes,
    targets: [...new Set(targets.map(({ node }) => indexOf.get(node)!))],
    outputs: plannedOutputs(targets, indexOf),
    ...indexLinks(nodes),
    open: nodes.flatMap(({ references, description }, i) =>
      references.length > 0 || description.service !== undefined ? [i] : [],
    ),
    hasLikeness: findLikeness(nodes),
  };
  return { plan, diagnostics };
}

function reach(workflow: Workflow, catalog: NodeCatalog, targets: readonly Target[]): Map<string, DraftNode> {
  const draftNode = nodeDrafter(workflow, catalog);
  const drafts = new Map<string, DraftNode>();
  const open = targets.map(({ node }) => node);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (drafts.has(id)) continue;
    const draft = draftNode(id);
    drafts.set(id, draft);
    for (const { source } of draft.links) open.push(source);
  }
  return drafts;
}

/** Kahn's algorithm from the file's order, so that the plan does not depend on the order of the targets. */
function sortTopologically(workflow: Workflow, drafts: ReadonlyMap<string, DraftNode>): DraftNode[] {
  const waiting = new Map<string, Waiting>();
  for (const id of Object.keys(workflow.nodes)) {
    const draft = drafts.get(id);
    if (draft) waiting.set(id, { draft, awaited: draft.links.length, consumers: [] });
  }
  const order: Waiting[] = [];
  for (const entry of waiting.values()) {
    if (entry.awaited === 0) order.push(entry);
    for (const { source } of entry.draft.links) waiting.get(source)!.consumers.push(entry);
  }
  for (let next = 0; next < order.length; next++) {
    for (const consumer of order[next]!.consumers) if (--consumer.awaited === 0) order.push(consumer);
  }
  if (order.length < drafts.size) throw new Error("The graph has a cycle: check it with checkWorkflow first.");
  return order.map(({ draft }) => draft);
}

interface Waiting {
  readonly draft: DraftNode;
  readonly consumers: Waiting[];
  /** Links whose source is not in the order yet. */
  awaited: number;
}

function planNode(
  draft: DraftNode,
  drafts: ReadonlyMap<string, DraftNode>,
  indexOf: ReadonlyMap<string, number>,
): PlannedNode {
  const { id, description, template, references, keyText } = draft;
  const planLink = ({ input, item, source, output, takes }: DraftLink): PlannedLink => {
    const brings = drafts.get(source)!.description.outputs[output]!.schema;
    return { input, item, source: indexOf.get(source)!, output, check: takesLess(brings, takes) };
  };
  return { id, description, template, links: draft.links.map(planLink), references, keyText };
}

/** Whether an input's schema says more than its type: a range, a choice, a pattern, or one option of a union. */
function takesLess(brings: ValueSchema, takes: ValueSchema): boolean {
  if (takes.type === "json") return false;
  return brings.type !== takes.type || (takes.type !== "socket" && Object.keys(takes).length > 1);
}

function plannedOutputs(targets: readonly Target[], indexOf: ReadonlyMap<string, number>): PlannedOutput[] {
  return targets.flatMap(({ name, node, output }) =>
    name === undefined || output === undefined ? [] : [{ name, node: indexOf.get(node)!, output }],
  );
}

/** Writes all links into flat arrays, by consumer and by source. */
function indexLinks(nodes: readonly PlannedNode[]): PlanIndex {
  const sourceStart = new Uint32Array(nodes.length + 1);
  const consumerStart = new Uint32Array(nodes.length + 1);
  nodes.forEach(({ links }, i) => {
    sourceStart[i + 1] = sourceStart[i]! + links.length;
    for (const { source } of links) consumerStart[source + 1]!++;
  });
  for (let i = 0; i < nodes.length; i++) consumerStart[i + 1]! += consumerStart[i]!;

  const sources = new Uint32Array(sourceStart[nodes.length]!);
  const consumers = new Uint32Array(sources.length);
  const filled = consumerStart.slice();
  let at = 0;
  nodes.forEach(({ links }, consumer) => {
    for (const { source } of links) {
      sources[at++] = source;
      consumers[filled[source]!++] = consumer;
    }
  });
  return { sourceStart, sources, consumerStart, consumers };
}

function findLikeness(nodes: readonly PlannedNode[]): Uint8Array {
  const hasLikeness = new Uint8Array(nodes.length);
  const firstOf = new Map<string, number>();
  nodes.forEach(({ keyText }, i) => {
    const first = firstOf.get(keyText);
    if (first === undefined) firstOf.set(keyText, i);
    else hasLikeness[first] = hasLikeness[i] = 1;
  });
  return hasLikeness;
}
