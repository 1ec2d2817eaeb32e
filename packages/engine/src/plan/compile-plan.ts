import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CatalogNode, NodeCatalog } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { holdsPixels } from "../schema/holds-pixels.ts";
import { assignable } from "../schema/assignable.ts";
import { describeSubWorkflows, subWorkflowName } from "../workflow/sub-workflows.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { chooseTargets, type Target } from "./choose-targets.ts";
import { type DraftNode, type NodeDrafter, nodeDrafter } from "./draft-node.ts";
import { valueFollower } from "./follow-value.ts";
import { indexLinks } from "./index-links.ts";
import { mappedGroups } from "./mapped-groups.ts";
import type { Plan, PlanIndex, PlannedLink, PlannedNode, PlannedOutput } from "./plan.ts";
import { outermostScope, type Scope, visitNodes } from "./scope.ts";

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
  const { catalog: known } = describeSubWorkflows(workflow, catalog);
  const follow = valueFollower(known);
  const scope = outermostScope(workflow);
  const { targets, diagnostics } = chooseTargets({ scope, catalog: known, follow }, options.targets);
  if (diagnostics.length > 0) return { diagnostics };

  // Reach: from the targets back through links, into sub-workflows and out of them, to everything they need.
  const drafts = reach(targets, nodeDrafter(known, follow));

  // Order: each node after all that it needs. From here on a node is its index.
  const order = sortTopologically(scope, drafts);
  const nodes = order.map(planNode);
  const nested = order.filter(({ isMapped, draft }) => isMapped && !draft.pinned && bringsLists(draft));
  if (nested.length > 0) return { diagnostics: nested.map(listOfLists) };
  const indexOf = ({ scope: { prefix }, node }: Target): number => drafts.get(prefix + node)!.index;

  const outputs = plannedOutputs(targets, indexOf);
  const plan: Plan = {
    workflow,
    nodes,
    targets: [...new Set(targets.map(indexOf))],
    kept: new Set(outputs.map(({ node }) => node)),
    outputs,
    ...indexLinks(nodes),
    open: indicesOf(nodes, isOpen),
    lazy: indicesOf(nodes, ({ description }) => description.isLazy === true),
    pinned: indicesOf(nodes, ({ pinned }) => pinned),
    hasLikeness: findLikeness(nodes),
    isHeavy: Uint8Array.from(nodes, ({ description }) => (isHeavy(description) ? 1 : 0)),
    groups: mappedGroups(nodes),
  };
  return { plan, diagnostics };
}

function indicesOf(nodes: readonly PlannedNode[], isMeant: (node: PlannedNode) => boolean): number[] {
  const indices: number[] = [];
  for (let i = 0; i < nodes.length; i++) if (isMeant(nodes[i]!)) indices.push(i);
  return indices;
}

/** Whether its values or its key depend on more than the file. */
function isOpen({ references, description }: PlannedNode): boolean {
  return references.length > 0 || description.service !== undefined || description.hasFingerprint === true;
}

function bringsLists({ description }: DraftNode): boolean {
  return Object.values(description.outputs).some(({ schema }) => schema.type === "list");
}

function listOfLists({ draft: { id, description }, scope }: PlacedNode): Diagnostic {
  const node = id.slice(scope.prefix.length);
  const name = scope.user && subWorkflowName(scope.user.node.type);
  return {
    severity: "error",
    code: "list.nested",
    message: `\`${id}\` makes a list and would run for each item of one: there are no lists of lists.`,
    path: [...(name === undefined ? [] : ["workflows", name]), "nodes", node],
    node,
    expected: `one value for each input of ${description.type}`,
    received: "a list",
    suggestion: "Pick one item of the list before it.",
  };
}

/** A drafted node and its place among the others. */
interface PlacedNode {
  readonly draft: DraftNode;
  readonly scope: Scope;
  /** What it needs, one entry a link. */
  sources: readonly PlacedNode[];
  /** Its place in the file, and then in the order. */
  index: number;
  /** It runs once for each item of a list, and its outputs are lists. */
  isMapped: boolean;
}

const none: readonly PlacedNode[] = [];

function reach(targets: readonly Target[], draftNode: NodeDrafter): Map<string, PlacedNode> {
  const placed = new Map<string, PlacedNode>();
  const open: PlacedNode[] = [];
  const place = (scope: Scope, name: string): PlacedNode => {
    const id = scope.prefix + name;
    const known = placed.get(id);
    if (known) return known;
    const draft = draftNode(scope, name);
    const node: PlacedNode = { draft, scope, sources: none, index: -1, isMapped: draft.pinned === "list" };
    placed.set(id, node);
    open.push(node);
    return node;
  };
  for (const { scope, node } of targets) place(scope, node);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    node.sources = node.draft.links.map(({ scope, source }) => place(scope, source));
  }
  return placed;
}

/** Kahn's algorithm from the file's order, so that the plan does not depend on the order of the targets. */
function sortTopologically(scope: Scope, placed: ReadonlyMap<string, PlacedNode>): PlacedNode[] {
  const inFile: PlacedNode[] = [];
  visitNodes(scope, (id) => {
    const node = placed.get(id);
    if (node === undefined) return;
    node.index = inFile.length;
    inFile.push(node);
  });
  const { consumerStart, consumers } = consumersOf(inFile);
  const order: PlacedNode[] = [];
  const awaited = new Uint32Array(inFile.length);
  for (const node of inFile) {
    awaited[node.index] = node.sources.length;
    if (node.sources.length === 0) order.push(node);
  }
  for (let next = 0; next < order.length; next++) {
    const node = order[next]!;
    for (let c = consumerStart[node.index]!, end = consumerStart[node.index + 1]!; c < end; c++)
      if (--awaited[consumers[c]!]! === 0) order.push(inFile[consumers[c]!]!);
    node.index = next;
  }
  if (order.length < placed.size) throw new Error("The graph has a cycle: check it with checkWorkflow first.");
  return order;
}

/** Who needs each node, by place in the file: as in a `PlanIndex`. */
function consumersOf(nodes: readonly PlacedNode[]): Pick<PlanIndex, "consumerStart" | "consumers"> {
  const consumerStart = new Uint32Array(nodes.length + 1);
  for (const { sources } of nodes) for (const { index } of sources) consumerStart[index + 1]!++;
  for (let i = 0; i < nodes.length; i++) consumerStart[i + 1]! += consumerStart[i]!;
  const consumers = new Uint32Array(consumerStart[nodes.length]!);
  const filled = consumerStart.slice();
  for (const node of nodes) for (const { index } of node.sources) consumers[filled[index]!++] = node.index;
  return { consumerStart, consumers };
}

function planNode(placed: PlacedNode): PlannedNode {
  const { draft, sources } = placed;
  const { id, description, template, references, keyText, timeout } = draft;
  const links = draft.links.map(({ input, item, output, takes, through }, i): PlannedLink => {
    const source = sources[i]!;
    const made = source.draft.description.outputs[output]!.schema;
    const brings: ValueSchema = source.isMapped ? { type: "list", items: made } : made;
    const as = passingOf(brings, takes, item !== undefined);
    if (as === "each") placed.isMapped = true;
    return { input, item, source: source.index, output, as, checks: checksOf(as, brings, takes, through) };
  });
  const each = placed.isMapped && !draft.pinned ? draft.each : undefined;
  const pinned = draft.pinned !== undefined;
  return { id, description, template, links, references, each, timeout, pinned, keyText };
}

/** A list passes whole where lists are taken; else item by item, or among the items of a written list. */
function passingOf(brings: ValueSchema, takes: ValueSchema, isItem: boolean): PlannedLink["as"] {
  if (brings.type === "list") return assignable(brings, takes) ? "value" : isItem ? "spread" : "each";
  return takes.type === "list" && !assignable(brings, takes) ? "wrapped" : "value";
}

/** What the value must fit when it arrives: an item of its own for `each` and `wrapped`, else the value as it is. */
function checksOf(
  as: PlannedLink["as"],
  brings: ValueSchema,
  takes: ValueSchema,
  through: readonly ValueSchema[],
): readonly ValueSchema[] {
  if (brings.type === "list" && as !== "each") {
    const lists = through.map((schema): ValueSchema =>
      schema.type === "list" ? schema : { type: "list", items: schema },
    );
    const all: ValueSchema = as === "spread" ? { type: "list", items: takes } : takes;
    return takesLess(brings, all) ? [...lists, all] : lists;
  }
  const one = as === "wrapped" && takes.type === "list" ? takes.items : takes;
  const made = as === "each" && brings.type === "list" ? brings.items : brings;
  return takesLess(made, one) ? [...through, one] : through;
}

/** Whether an input's schema says more than its type: a range, a choice, a pattern, or one option of a union. */
function takesLess(brings: ValueSchema, takes: ValueSchema): boolean {
  if (takes.type === "json") return false;
  if (brings.type !== takes.type) return true;
  if (takes.type === "socket") return false;
  for (const name in takes) if (name !== "type") return true;
  return false;
}

function plannedOutputs(targets: readonly Target[], indexOf: (target: Target) => number): PlannedOutput[] {
  return targets.flatMap((target) => {
    const { name, output } = target;
    return name === undefined || output === undefined ? [] : [{ name, node: indexOf(target), output }];
  });
}

function findLikeness(nodes: readonly PlannedNode[]): Uint8Array {
  const hasLikeness = new Uint8Array(nodes.length);
  const firstOf = new Map<string, number>();
  nodes.forEach(({ keyText, description }, i) => {
    const first = firstOf.get(keyText);
    if (first === undefined) firstOf.set(keyText, i);
    else hasLikeness[first] = hasLikeness[i] = 1;
    // What a lazy node's key is made of shows when it has asked for its inputs.
    if (description.isLazy) hasLikeness[i] = 1;
  });
  return hasLikeness;
}

const known = new WeakMap<CatalogNode, boolean>();

function isHeavy(description: CatalogNode): boolean {
  const answer = known.get(description) ?? Object.values(description.outputs).some(({ schema }) => holdsPixels(schema));
  known.set(description, answer);
  return answer;
}
