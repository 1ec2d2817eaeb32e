import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import type { JsonValue } from "../json.ts";
import type { CatalogNode, NodeCatalog } from "../node/description.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { bypassSource } from "../workflow/bypass.ts";
import { referenceOf } from "../workflow/reference.ts";
import type { Workflow } from "../workflow/workflow.ts";
import type { Plan, PlannedLink, PlannedNode, PlannedOutput, PlannedReference } from "./plan.ts";

export interface PlanOptions {
  /** Named outputs or ids of nodes; default: every named output and every output node. */
  readonly targets?: readonly string[];
}

/**
 * Compiles a workflow that `checkWorkflow` found free of errors. Linear in nodes and links, without recursion.
 * The only diagnostics that it adds are about targets.
 */
export function compilePlan(
  workflow: Workflow,
  catalog: NodeCatalog,
  options: PlanOptions = {},
): { readonly plan?: Plan; readonly diagnostics: readonly Diagnostic[] } {
  const { wanted, diagnostics } = options.targets
    ? namedTargets(workflow, options.targets)
    : defaultTargets(workflow, catalog);
  if (diagnostics.length > 0) return { diagnostics };

  // Reach: from the targets back through links to everything they need.
  const drafts = reach(
    workflow,
    catalog,
    wanted.map(({ node }) => node),
  );

  // Order: each node after all that it needs.
  const order = sortTopologically(workflow, drafts);
  const indexOf = new Map(order.map((draft, index) => [draft.id, index]));
  const nodes = order.map((draft) => planNode(draft, catalog, (id) => drafts.get(id)!.description, indexOf));

  // Index: who consumes whom, as two flat arrays.
  const outputs = wanted.flatMap(({ node, name, output }): PlannedOutput[] =>
    name === undefined || output === undefined ? [] : [{ name, node: indexOf.get(node)!, output }],
  );
  const plan: Plan = {
    workflow,
    nodes,
    targets: [...new Set(wanted.map(({ node }) => indexOf.get(node)!))],
    outputs,
    ...indexConsumers(nodes),
    open: nodes.flatMap(({ references, description }, i) =>
      references.length > 0 || description.service !== undefined ? [i] : [],
    ),
  };
  return { plan, diagnostics: [] };
}

/** A node that is wanted, and for a named output which one. */
interface Wanted {
  readonly node: string;
  readonly name?: string;
  readonly output?: string;
}

interface Targets {
  readonly wanted: readonly Wanted[];
  readonly diagnostics: readonly Diagnostic[];
}

function defaultTargets(workflow: Workflow, catalog: NodeCatalog): Targets {
  const named = Object.entries(workflow.outputs).map(([name, { node, output }]) => ({ name, node, output }));
  const sinks = Object.entries(workflow.nodes)
    .filter(([, { type, disabled }]) => disabled === undefined && catalog.nodes[type]?.isOutput)
    .map(([node]) => ({ node }));
  const wanted = [...named, ...sinks].filter(({ node }) => workflow.nodes[node]?.disabled !== "mute");
  if (wanted.length > 0) return { wanted, diagnostics: [] };
  return { wanted, diagnostics: [noTarget()] };
}

function noTarget(): Diagnostic {
  return {
    severity: "error",
    code: "target.none",
    message: "The workflow has nothing to produce",
    path: ["outputs"],
    expected: "a named output or a node such as image/save",
    received: "neither",
    suggestion: "add an image/save node, or name an output under `outputs`",
  };
}

function namedTargets(workflow: Workflow, targets: readonly string[]): Targets {
  const wanted: Wanted[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of targets) {
    const output = Object.hasOwn(workflow.outputs, name) ? workflow.outputs[name] : undefined;
    if (output) wanted.push({ name, ...output });
    else if (Object.hasOwn(workflow.nodes, name)) wanted.push({ node: name });
    else diagnostics.push(unknownTarget(workflow, name));
  }
  return { wanted, diagnostics };
}

function unknownTarget(workflow: Workflow, name: string): Diagnostic {
  const names = [...Object.keys(workflow.outputs), ...Object.keys(workflow.nodes)];
  const nearest = suggestName(name, names);
  return {
    severity: "error",
    code: "target.unknown",
    message: `No named output and no node is called \`${name}\``,
    path: ["outputs"],
    expected:
      Object.keys(workflow.outputs)
        .map((output) => `\`${output}\``)
        .join(", ") || "the id of a node",
    received: `\`${name}\``,
    ...(nearest !== undefined && { suggestion: `did you mean \`${nearest}\`?` }),
  };
}

/** A node while the plan is made: its inputs with bypasses followed and mutes removed, links still by id. */
interface Draft {
  readonly id: string;
  readonly description: CatalogNode;
  readonly links: readonly DraftLink[];
  readonly constants: Readonly<Record<string, JsonValue>>;
  readonly references: readonly PlannedReference[];
}

type DraftLink = { readonly input: string; readonly item?: number; readonly source: string; readonly output: string };

function reach(workflow: Workflow, catalog: NodeCatalog, targets: readonly string[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const open = [...targets];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (drafts.has(id)) continue;
    const draft = draftNode(workflow, catalog, id);
    drafts.set(id, draft);
    for (const { source } of draft.links) open.push(source);
  }
  return drafts;
}

function draftNode(workflow: Workflow, catalog: NodeCatalog, id: string): Draft {
  const node = workflow.nodes[id]!;
  const description = catalog.nodes[node.type]!;
  const links: DraftLink[] = [];
  const constants: Record<string, JsonValue> = {};
  const references: PlannedReference[] = [];
  const place = (value: JsonValue, input: string, item?: number): boolean => {
    const reference = referenceOf(value);
    if (!reference) return false;
    const at = item === undefined ? { input } : { input, item };
    if (reference.kind === "link") links.push({ ...at, source: reference.node, output: reference.output });
    else references.push({ ...at, reference });
    return true;
  };
  for (const [input, { schema, default: fallback }] of Object.entries(description.inputs)) {
    const value = followLinks(workflow, catalog, node.inputs[input]) ?? fallback;
    if (value === undefined || place(value, input)) continue;
    const items =
      schema.type === "list" && Array.isArray(value)
        ? value.map((item: JsonValue) => followLinks(workflow, catalog, item) ?? null)
        : undefined;
    constants[input] = items ? items.map((item, i) => (place(item, input, i) ? null : item)) : value;
  }
  return { id, description, links, constants, references };
}

/** What a value refers to once muted nodes are gone and bypassed ones passed through; undefined when nothing is left. */
function followLinks(workflow: Workflow, catalog: NodeCatalog, given: JsonValue | undefined): JsonValue | undefined {
  let value = given;
  for (;;) {
    const reference = value === undefined ? undefined : referenceOf(value);
    if (reference?.kind !== "link") return value;
    const source = workflow.nodes[reference.node];
    if (source?.disabled === "mute") return undefined;
    if (source?.disabled !== "bypass") return value;
    value = bypassSource(workflow, catalog, reference.node, reference.output);
  }
}

/** Kahn's algorithm from the file's order, so that the plan does not depend on the order of the targets. */
function sortTopologically(workflow: Workflow, drafts: ReadonlyMap<string, Draft>): Draft[] {
  const waiting = new Map<string, number>();
  const consumers = new Map<string, Draft[]>();
  const order: Draft[] = [];
  for (const id in workflow.nodes) {
    const draft = drafts.get(id);
    if (!draft) continue;
    if (draft.links.length === 0) order.push(draft);
    else waiting.set(draft.id, draft.links.length);
    for (const { source } of draft.links) {
      const list = consumers.get(source);
      if (list) list.push(draft);
      else consumers.set(source, [draft]);
    }
  }
  for (let next = 0; next < order.length; next++) {
    for (const consumer of consumers.get(order[next]!.id) ?? []) {
      const left = waiting.get(consumer.id)! - 1;
      waiting.set(consumer.id, left);
      if (left === 0) order.push(consumer);
    }
  }
  if (order.length < drafts.size) throw new Error("The graph has a cycle: check it with checkWorkflow first.");
  return order;
}

function planNode(
  draft: Draft,
  catalog: NodeCatalog,
  descriptionOf: (id: string) => CatalogNode,
  indexOf: ReadonlyMap<string, number>,
): PlannedNode {
  const { id, description, constants, references } = draft;
  const links = draft.links.map(({ source, output, ...at }): PlannedLink => {
    const from = descriptionOf(source).outputs[output]!.schema;
    return {
      ...at,
      source: indexOf.get(source)!,
      output,
      check: takesLess(from, description.inputs[at.input]!.schema),
    };
  });
  return {
    id,
    description,
    cacheEpoch: catalog.packs[description.pack]?.cacheEpoch ?? 0,
    links,
    constants,
    references,
  };
}

/** Whether an input's schema says more than its type: a range, a choice, a pattern, or one option of a union. */
function takesLess(from: ValueSchema, to: ValueSchema): boolean {
  if (to.type === "json") return false;
  return from.type !== to.type || (to.type !== "socket" && Object.keys(to).length > 1);
}

function indexConsumers(nodes: readonly PlannedNode[]): Pick<Plan, "consumerStart" | "consumers"> {
  const consumerStart = new Uint32Array(nodes.length + 1);
  for (const { links } of nodes) for (const { source } of links) consumerStart[source + 1]!++;
  for (let i = 0; i < nodes.length; i++) consumerStart[i + 1]! += consumerStart[i]!;
  const consumers = new Uint32Array(consumerStart[nodes.length]!);
  const filled = consumerStart.slice();
  nodes.forEach(({ links }, consumer) => {
    for (const { source } of links) consumers[filled[source]!++] = consumer;
  });
  return { consumerStart, consumers };
}
