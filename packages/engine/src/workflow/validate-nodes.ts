import type { Diagnostic, JsonPath } from "../diagnostics/diagnostic.ts";
import { errorData } from "../errors.ts";
import type { JsonValue } from "../json.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { NodeCatalog, NodeDescription } from "../node/description.ts";
import { findInputProblems, type InputFinding } from "../node/input-rules.ts";
import type { NodePack } from "../node/pack.ts";
import { checkValue } from "../schema/check-value.ts";
import { own } from "./own.ts";
import { pinnedOutputs } from "./pinned.ts";
import { referenceOf } from "./reference.ts";
import type { Workflow, WorkflowNode } from "./workflow.ts";

/** The code of a type of node, loaded when it is asked for; undefined for a type that nobody has. */
export type LoadDefinition = (type: string) => NodeDefinition | undefined | Promise<NodeDefinition | undefined>;

/** Loads from packs. */
export function definitionsOf(packs: readonly NodePack[]): LoadDefinition {
  return (type) => packs.find(({ nodes }) => Object.hasOwn(nodes, type))?.nodes[type]?.load();
}

/**
 * Asks the nodes that have rules between their inputs (`validate`) what they think of a workflow's literals and defaults;
 * what links, files, seeds and named inputs bring is not known yet. To be called after `checkWorkflow`, which needs no
 * node code; a node whose literals do not even fit their inputs is left to that. Nothing is thrown.
 *
 * The same rules hold again, with all values, before the run and before the node starts.
 *
 * @example
 * const { workflow, diagnostics, locate } = openWorkflow(text, catalog);
 * const more = workflow ? locate(await validateNodes(workflow, catalog, definitionsOf(packs))) : [];
 */
export async function validateNodes(
  workflow: Workflow,
  catalog: NodeCatalog,
  load: LoadDefinition,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const { path, id, node } of nodesOf(workflow)) {
    const description = own(catalog.nodes, node.type);
    if (!description?.hasRules || description.version !== node.version || !runs(node)) continue;
    const known = knownInputs(node, description);
    if (!known) continue;
    for (const finding of await askNode(node.type, load, known)) found.push(diagnosticOf(finding, path, id));
  }
  return found;
}

function runs(node: WorkflowNode): boolean {
  return node.disabled === undefined && !pinnedOutputs(node);
}

function* nodesOf(workflow: Workflow): Iterable<{ path: JsonPath; id: string; node: WorkflowNode }> {
  const graphs = Object.entries(workflow.workflows).map(([name, graph]) => [["workflows", name], graph] as const);
  for (const [path, graph] of [[[], workflow] as const, ...graphs])
    for (const [id, node] of Object.entries(graph.nodes)) yield { path: [...path, "nodes", id], id, node };
}

interface KnownInputs {
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly later: ReadonlySet<string>;
}

/** Literals and defaults; undefined when one does not fit its input. */
function knownInputs(node: WorkflowNode, description: NodeDescription): KnownInputs | undefined {
  const inputs: Record<string, JsonValue> = {};
  const later = new Set<string>();
  for (const [name, { schema, default: fallback }] of Object.entries(description.inputs)) {
    const given = own(node.inputs, name);
    const value = given ?? fallback;
    if (value === undefined) continue;
    if (given !== undefined && holdsReference(given)) later.add(name);
    else if (given !== undefined && checkValue(schema, given, "literal").length > 0) return undefined;
    else inputs[name] = value;
  }
  return { inputs, later };
}

function holdsReference(value: JsonValue): boolean {
  const parts = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return parts.some((part) => referenceOf(part) !== undefined);
}

async function askNode(
  type: string,
  load: LoadDefinition,
  { inputs, later }: KnownInputs,
): Promise<readonly InputFinding[]> {
  try {
    const rules = (await load(type))?.validate;
    return rules ? await findInputProblems(type, rules, inputs, later) : [];
  } catch (error) {
    const message = `The code of \`${type}\` cannot be loaded: ${errorData(error).message}`;
    return [{ code: "node.validate", message, suggestion: "Mend or remove the pack that the node comes from." }];
  }
}

function diagnosticOf({ input, ...finding }: InputFinding, path: JsonPath, id: string): Diagnostic {
  const place = input === undefined ? { path } : { path: [...path, "inputs", input], input };
  return { severity: "error", ...finding, node: id, ...place };
}
