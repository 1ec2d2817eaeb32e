import type { CatalogNode, InputDescription, NodeCatalog, OutputDescription } from "../node/description.ts";
import type { JsonValue } from "../json.ts";
import type { ValueSchema } from "../schema/value-schema.ts";
import { linkFollower } from "./bypass.ts";
import { own } from "./own.ts";
import { referenceOf } from "./reference.ts";
import { type NamedInput, namedInputSchema, type Workflow, type WorkflowGraph } from "./workflow.ts";

/** Nodes of this family stand for a sub-workflow of the same file. */
const family = "workflow/";

/** The most nodes that the sub-workflows of one file may unfold to, and how deep they may be nested. */
export const unfoldingLimits = { nodes: 100_000, depth: 64 } as const;

/** A sub-workflow as the nodes that use it see it. */
interface SubWorkflow {
  /** Its named inputs and outputs as those of a node. */
  readonly description: CatalogNode;
  /** For each named input what the inputs take that it ends in: every value must fit them all. */
  readonly feeds: { readonly [input: string]: readonly ValueSchema[] };
  /** Named outputs that bring nothing, because what they come from is muted. */
  readonly silent: ReadonlySet<string>;
  /** Nodes that one use unfolds to. */
  readonly size: number;
  /** 1 when it uses no other. */
  readonly depth: number;
}

/** What a file's sub-workflows come to, by the type of the nodes that use them; without those in a circle. */
export interface SubWorkflows {
  /** The catalogue, and the sub-workflows as types of it. */
  readonly catalog: NodeCatalog;
  readonly byType: ReadonlyMap<string, SubWorkflow>;
}

/** The name of the sub-workflow that a node's type stands for. */
export function subWorkflowName(type: string): string | undefined {
  return type.startsWith(family) ? type.slice(family.length) : undefined;
}

/** The sub-workflows that a graph's nodes use, once each; muted nodes use nothing. */
export function usedSubWorkflows(graph: WorkflowGraph): string[] {
  const used = new Set<string>();
  for (const { type, disabled } of Object.values(graph.nodes)) {
    const name = disabled === "mute" ? undefined : subWorkflowName(type);
    if (name !== undefined) used.add(name);
  }
  return [...used];
}

/** The last answer for a file's sub-workflows: a run that expands nodes asks again and again. */
const described = new WeakMap<
  Workflow["workflows"],
  { readonly catalog: NodeCatalog; readonly answer: SubWorkflows }
>();

/** Describes every sub-workflow of a file as a type of node, those that others use first. */
export function describeSubWorkflows(workflow: Workflow, catalog: NodeCatalog): SubWorkflows {
  const known = described.get(workflow.workflows);
  if (known?.catalog === catalog) return known.answer;
  const answer = describeAll(workflow, catalog);
  described.set(workflow.workflows, { catalog, answer });
  return answer;
}

function describeAll(workflow: Workflow, catalog: NodeCatalog): SubWorkflows {
  const byType = new Map<string, SubWorkflow>();
  const names = usedFirst(workflow);
  if (names.length === 0) return { catalog, byType };
  const nodes: Record<string, CatalogNode> = { ...catalog.nodes };
  const known: SubWorkflows = { catalog: { ...catalog, nodes }, byType };
  for (const name of names) {
    const described = describeSubWorkflow(name, workflow.workflows[name]!, known);
    byType.set(family + name, described);
    nodes[family + name] = described.description;
  }
  return known;
}

/** The names of the sub-workflows, each after all that it uses; without those that use themselves. */
export function usedFirst({ workflows }: Workflow): string[] {
  const users = new Map<string, string[]>();
  const awaited = new Map<string, number>();
  for (const [name, graph] of Object.entries(workflows)) {
    const used = usedSubWorkflows(graph).filter((other) => Object.hasOwn(workflows, other));
    awaited.set(name, used.length);
    for (const other of used) users.set(other, [...(users.get(other) ?? []), name]);
  }
  const order = [...awaited].flatMap(([name, count]) => (count === 0 ? [name] : []));
  for (const name of order) {
    for (const user of users.get(name) ?? []) {
      const left = awaited.get(user)! - 1;
      awaited.set(user, left);
      if (left === 0) order.push(user);
    }
  }
  return order;
}

function describeSubWorkflow(name: string, graph: WorkflowGraph, { catalog, byType }: SubWorkflows): SubWorkflow {
  const follow = linkFollower(graph, catalog);
  const inside = Object.values(graph.nodes).filter(({ disabled }) => disabled === undefined);
  const used = inside.flatMap(({ type }) => byType.get(type) ?? []);
  const outputs: Record<string, OutputDescription> = {};
  const silent = new Set<string>();
  for (const [output, { node, output: of, title, description }] of Object.entries(graph.outputs)) {
    const type = own(graph.nodes, node)?.type ?? "";
    const schema = own(own(catalog.nodes, type)?.outputs ?? {}, of)?.schema;
    if (schema) outputs[output] = { schema, ...texts({ title, description }) };
    const end = follow(node, of);
    const isMute = end.kind === "link" && byType.get(own(graph.nodes, end.node)?.type ?? "")?.silent.has(end.output);
    if (isMute || end.kind === "muted" || end.kind === "empty") silent.add(output);
  }
  return {
    description: {
      type: family + name,
      version: 1,
      title: name,
      category: "Workflow",
      description: `The sub-workflow ${name}.`,
      inputs: mapValues(graph.inputs, describeInput),
      outputs,
      resource: "none",
      pack: "",
      ...(inside.some(({ type }) => own(catalog.nodes, type)?.isOutput) && { isOutput: true }),
    },
    feeds: feedsOf(graph, catalog, byType),
    silent,
    size: used.reduce((sum, { size }) => sum + size, inside.length - used.length),
    depth: 1 + used.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  };
}

function describeInput(input: NamedInput): InputDescription {
  const { title, description } = input;
  return {
    schema: namedInputSchema(input),
    required: input.default === undefined,
    ...(input.default !== undefined && { default: input.default }),
    ...texts({ title, description }),
  };
}

function texts({ title, description }: { title?: string | undefined; description?: string | undefined }) {
  return { ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
}

/** Looks at every input of every node that runs for references to named inputs. */
function feedsOf(
  graph: WorkflowGraph,
  catalog: NodeCatalog,
  byType: SubWorkflows["byType"],
): Record<string, readonly ValueSchema[]> {
  const feeds = mapValues(graph.inputs, () => new Set<ValueSchema>());
  const note = (value: JsonValue, schemas: readonly ValueSchema[]): void => {
    const reference = referenceOf(value);
    if (reference?.kind !== "input") return;
    for (const schema of schemas) own(feeds, reference.name)?.add(schema);
  };
  for (const { type, inputs, disabled } of Object.values(graph.nodes)) {
    if (disabled === "mute") continue;
    for (const [input, value] of Object.entries(inputs)) {
      const schema = own(own(catalog.nodes, type)?.inputs ?? {}, input)?.schema;
      if (!schema) continue;
      note(value, [schema, ...(byType.get(type)?.feeds[input] ?? [])]);
      if (schema.type !== "list" || !Array.isArray(value)) continue;
      for (const item of value as readonly JsonValue[]) note(item, [schema.items]);
    }
  }
  return mapValues(feeds, (schemas) => [...schemas]);
}

function mapValues<T, U>(record: { readonly [key: string]: T }, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
