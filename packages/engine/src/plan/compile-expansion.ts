import { EngineError } from "../errors.ts";
import type { JsonValue } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import type { ExpandedGraph } from "../node/expansion.ts";
import type { CallerValue } from "../run/resolve-references.ts";
import { isHandle } from "../schema/check-value.ts";
import { checkExpandedGraph } from "../workflow/check-workflow.ts";
import { own } from "../workflow/own.ts";
import { referenceOf } from "../workflow/reference.ts";
import type { NamedInput, Workflow, WorkflowNode } from "../workflow/workflow.ts";
import { compilePlan } from "./compile-plan.ts";
import type { Plan } from "./plan.ts";

/** How many nodes a run may expand to, and how deep expansions may be nested. */
export const expansionLimits = { nodes: 100_000, depth: 64 } as const;

/** What a node has expanded to, ready to be prepared. */
export interface CompiledExpansion {
  readonly plan: Plan;
  /** The pixels and files that its references bring. */
  readonly inputs: Readonly<Record<string, CallerValue>>;
}

/**
 * Compiles the nodes that a node has answered with, which may use the file's sub-workflows. Their ids begin with that
 * node's. Fails with `expand.invalid` when they cannot run.
 */
export function compileExpansion(
  graph: ExpandedGraph,
  around: { readonly workflow: Workflow; readonly catalog: NodeCatalog; readonly node: string },
): CompiledExpansion {
  const { workflow, catalog, node } = around;
  const inputs: Record<string, CallerValue> = {};
  const declared: Record<string, NamedInput> = {};
  const declare = (name: string, value: unknown): JsonValue => {
    const kind = (["image", "mask", "file"] as const).find((handle) => isHandle(value, handle));
    if (kind === undefined) return value as JsonValue;
    declared[name] = { type: kind };
    inputs[name] = value as CallerValue;
    return { $input: name };
  };
  // JSON is written in its place; pixels are references, those in lists one by one.
  const given: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(graph.inputs ?? {})) {
    given[name] = Array.isArray(value) ? value.map((item, i) => declare(`${name}.${i}`, item)) : declare(name, value);
  }
  const expanded: Workflow = {
    ...workflow,
    inputs: declared,
    outputs: graph.outputs,
    nodes: Object.fromEntries(Object.entries(graph.nodes).map(([id, inner]) => [id, nodeOf(inner, catalog, given)])),
    view: {},
  };
  const problem = checkExpandedGraph(expanded, catalog).find(({ severity }) => severity === "error");
  if (problem) throw invalid(node, problem);
  const { plan, diagnostics } = compilePlan(expanded, catalog);
  if (!plan) throw invalid(node, diagnostics[0]!);
  const stray = strayReference(plan);
  if (stray) throw invalid(node, stray);
  return { plan: { ...plan, nodes: plan.nodes.map((inner) => ({ ...inner, id: `${node}/${inner.id}` })) }, inputs };
}

function nodeOf(
  { type, version, inputs = {}, each }: ExpandedGraph["nodes"][string],
  catalog: NodeCatalog,
  given: Readonly<Record<string, JsonValue>>,
): WorkflowNode {
  return {
    type,
    version: version ?? own(catalog.nodes, type)?.version ?? 1,
    inputs: Object.fromEntries(Object.entries(inputs).map(([input, value]) => [input, valueOf(value, given)])),
    ...(each && { each }),
  };
}

function valueOf(value: JsonValue, given: Readonly<Record<string, JsonValue>>): JsonValue {
  const reference = referenceOf(value);
  return reference?.kind === "input" ? (own(given, reference.name) ?? value) : value;
}

/**
 * Seeds and files are found when a run starts and are part of every key; an expansion is kept under the key of its node,
 * which would not know them.
 */
function strayReference({ nodes }: Plan): { readonly message: string; readonly suggestion: string } | undefined {
  for (const { id, references, description } of nodes) {
    if (description.hasFingerprint)
      return {
        message: `the result of \`${id}\` depends on more than its inputs.`,
        suggestion: "Let that node stand outside, and bring in what it makes.",
      };
    const stray = references.find(({ reference: { kind } }) => kind === "seed" || kind === "file");
    if (!stray) continue;
    const what = stray.reference.kind === "seed" ? "a random or counting seed" : "a file";
    return {
      message: `\`${stray.input}\` of \`${id}\` takes ${what}.`,
      suggestion: "Bring it in from outside, as a named input of the sub-workflow.",
    };
  }
  return undefined;
}

function invalid(
  node: string,
  problem: {
    readonly message: string;
    readonly expected?: string;
    readonly received?: string;
    readonly suggestion?: string;
  },
): EngineError {
  const { message, expected, received, suggestion } = problem;
  return new EngineError({
    code: "expand.invalid",
    message: `\`${node}\` expanded to nodes that cannot run: ${message}`,
    node,
    ...(expected !== undefined && { expected }),
    ...(received !== undefined && { received }),
    ...(suggestion !== undefined && { suggestion }),
  });
}
