import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Finding } from "../diagnostics/findings.ts";
import type { JsonValue } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import {
  type CheckContext,
  createContext,
  createInnerContext,
  descriptionOf,
  didYouMean,
  listNames,
} from "./check-context.ts";
import { checkPlaced } from "./check-input.ts";
import { checkNode } from "./check-node.ts";
import { checkPacks } from "./check-packs.ts";
import { missingPin } from "./check-pinned.ts";
import { checkUnfolding } from "./check-sub-workflows.ts";
import { findCycles } from "./find-cycles.ts";
import { own } from "./own.ts";
import { referenceOf } from "./reference.ts";
import { namedInputSchema, type NamedOutput, type Workflow, type WorkflowNode } from "./workflow.ts";

/** A circle is printed up to this many nodes. */
const printedNodes = 20;

/**
 * Checks a workflow against the installed nodes: types, versions, inputs, literals, links, named inputs and outputs,
 * packs, circles; and the same in each sub-workflow. Muted nodes are as if they were not there. A workflow without an error can be planned and run.
 *
 * Nothing is thrown; line and column come from `withPositions`.
 *
 * @example
 * const diagnostics = withPositions(text, checkWorkflow(workflow, catalog));
 * const canRun = diagnostics.every(({ severity }) => severity !== "error");
 */
export function checkWorkflow(workflow: Workflow, catalog: NodeCatalog): readonly Diagnostic[] {
  const context = createContext(workflow, catalog);
  const { findings } = context;
  checkGraph(context);
  findings.within("workflows", () => {
    for (const name of Object.keys(workflow.workflows))
      findings.within(name, () => checkGraph(createInnerContext(context, name)));
  });
  checkUnfolding(context);
  checkPacks(workflow, catalog, findings);
  return findings.diagnostics;
}

/** Checks nodes that a running node has expanded to, whose named inputs may be pixels; the file around them is checked already. */
export function checkExpandedGraph(workflow: Workflow, catalog: NodeCatalog): readonly Diagnostic[] {
  const context: CheckContext = { ...createContext(workflow, catalog), isInside: true };
  checkGraph(context);
  checkUnfolding(context);
  return context.findings.diagnostics;
}

/** Checks the nodes, links, named inputs and named outputs of the workflow itself or of one sub-workflow. */
function checkGraph(context: CheckContext): void {
  const { workflow } = context;
  const nodes = Object.entries(workflow.nodes).filter(([, { disabled }]) => disabled !== "mute");
  for (const [id, node] of nodes) {
    if (context.findings.isFull) break;
    checkNode(context, id, node);
  }
  checkCycles(context, nodes);
  checkNamedInputs(context);
  for (const [name, output] of Object.entries(workflow.outputs)) checkNamedOutput(context, name, output);
}

function checkCycles({ findings }: CheckContext, nodes: readonly (readonly [string, WorkflowNode])[]): void {
  const indexOf = new Map(nodes.map(([id], index) => [id, index]));
  const sources = nodes.map(([, node]) => linkedNodes(node).flatMap((id) => indexOf.get(id) ?? []));
  for (const circle of findCycles(sources)) {
    const ids = circle.map((index) => nodes[index]?.[0] ?? "");
    findings.add(cycle(ids), "nodes", ids[0] ?? "");
  }
}

/** The ids that a node's inputs link to. */
function linkedNodes({ inputs }: WorkflowNode): string[] {
  const linked: string[] = [];
  const follow = (value: JsonValue) => {
    const reference = referenceOf(value);
    if (reference?.kind === "link") linked.push(reference.node);
  };
  for (const value of Object.values(inputs)) {
    if (Array.isArray(value)) value.forEach(follow);
    else follow(value);
  }
  return linked;
}

function cycle(ids: readonly string[]): Finding {
  const shown = ids.length > printedNodes ? [...ids.slice(0, printedNodes - 2), "…", ids.at(-1)] : ids;
  return {
    code: "graph.cycle",
    message: `Nodes wait for each other in a circle: ${shown.join(" → ")}.`,
    suggestion: "Remove one of these links.",
  };
}

function checkNamedInputs(context: CheckContext): void {
  for (const [name, input] of Object.entries(context.workflow.inputs)) {
    const place = {
      context,
      path: ["inputs", name, "default"],
      name,
      schema: namedInputSchema(input),
      required: false,
    };
    if (input.default !== undefined) checkPlaced(place, input.default);
    if (!context.usedInputs.has(name)) context.findings.add(unusedInput(name), "inputs", name);
  }
}

function unusedInput(name: string): Finding {
  return {
    severity: "warning",
    code: "named-input.unused",
    message: `The named input \`${name}\` feeds nothing.`,
    suggestion: `Let an input of a node be { "$input": ${JSON.stringify(name)} }.`,
  };
}

function checkNamedOutput(context: CheckContext, name: string, { node: id, output }: NamedOutput): void {
  const { workflow, findings } = context;
  const node = own(workflow.nodes, id);
  if (!node) return findings.add(unknownNode(context, name, id), "outputs", name, "node");
  if (node.disabled === "mute") return findings.add(mutedOutput(name, id), "outputs", name, "node");
  const outputs = Object.keys(descriptionOf(context, node)?.outputs ?? { [output]: undefined });
  const problem = outputs.includes(output) ? missingPin(node, id, output) : unknownOutput(context, id, output, outputs);
  if (problem) findings.add(problem, "outputs", name, "output");
}

function unknownNode(context: CheckContext, name: string, id: string): Finding {
  return {
    code: "named-output.unknown-node",
    message: `The named output \`${name}\` comes from the node \`${id}\`, which does not exist.`,
    ...didYouMean(context, id, context.known.nodes),
  };
}

function mutedOutput(name: string, id: string): Finding {
  return {
    severity: "warning",
    code: "node.muted",
    message: `The named output \`${name}\` comes from \`${id}\`, which is muted.`,
    suggestion: `Turn \`${id}\` on to get this output.`,
  };
}

function unknownOutput(context: CheckContext, id: string, output: string, outputs: readonly string[]): Finding {
  return {
    code: "named-output.unknown-output",
    message: `The node \`${id}\` has no output \`${output}\`.`,
    expected: listNames(outputs),
    received: `\`${output}\``,
    ...didYouMean(context, output, outputs),
  };
}
