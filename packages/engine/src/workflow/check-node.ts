import type { Finding } from "../diagnostics/findings.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import type { InputDescription, NodeDescription } from "../node/description.ts";
import { describeSchema } from "../schema/describe-schema.ts";
import { type CheckContext, didYouMean, listNames } from "./check-context.ts";
import { checkInput } from "./check-input.ts";
import { checkPinned } from "./check-pinned.ts";
import { own } from "./own.ts";
import { pinnedOutputs } from "./pinned.ts";
import { subWorkflowName } from "./sub-workflows.ts";
import type { WorkflowNode } from "./workflow.ts";

/** Checks one node that is not muted: its type, its version, the names of its inputs and their values. */
export function checkNode(context: CheckContext, id: string, node: WorkflowNode): void {
  const description = own(context.catalog.nodes, node.type);
  if (node.timeout !== undefined && subWorkflowName(node.type) !== undefined)
    context.findings.add(idleTimeout(id), "nodes", id, "timeout");
  // A sub-workflow that uses itself has no description, and is an error of its own.
  const name = subWorkflowName(node.type);
  if (!description && name !== undefined && Object.hasOwn(context.workflow.workflows, name)) return;
  if (!description) return context.findings.add(unknownType(context, node.type), "nodes", id, "type");
  if (description.version !== node.version) {
    return context.findings.add(otherVersion(node, description), "nodes", id, "version");
  }
  const names = Object.keys(description.inputs);
  const meant = new Set<string>();
  for (const [name, value] of Object.entries(node.inputs)) {
    if (Object.hasOwn(description.inputs, name)) checkInput(context, id, name, value);
    else {
      context.findings.add(unknownInput(context, id, name, names), "nodes", id, "inputs", name);
      meant.add(suggestName(name, names) ?? "");
    }
  }
  checkPinned(context, id, node, description);
  // A pinned node needs nothing.
  if (node.disabled !== "bypass" && !pinnedOutputs(node)) checkComplete(context, id, node, description, meant);
}

/** Notes each required input without value, except those that a misspelled one was meant for. */
function checkComplete(
  { findings }: CheckContext,
  id: string,
  node: WorkflowNode,
  description: NodeDescription,
  meant: ReadonlySet<string>,
): void {
  for (const [name, input] of Object.entries(description.inputs)) {
    if (!input.required || meant.has(name) || Object.hasOwn(node.inputs, name)) continue;
    findings.add(missingInput(id, name, input), "nodes", id, "inputs", name);
  }
}

function unknownType(context: CheckContext, type: string): Finding {
  const name = subWorkflowName(type);
  if (name !== undefined) return unknownWorkflow(context, name);
  return {
    code: "node.unknown-type",
    message: `No installed pack has the node type \`${type}\`.`,
    received: `\`${type}\``,
    ...didYouMean(context, type, context.known.types),
  };
}

function unknownWorkflow(context: CheckContext, name: string): Finding {
  return {
    code: "workflow.unknown",
    message: `The file has no sub-workflow \`${name}\`.`,
    expected: listNames(context.known.workflows),
    received: `\`${name}\``,
    ...didYouMean(context, name, context.known.workflows),
  };
}

function otherVersion({ type, version }: WorkflowNode, installed: NodeDescription): Finding {
  const newer = version > installed.version;
  return {
    code: newer ? "node.newer" : "node.older",
    message: `The node was saved by ${newer ? "a newer" : "an older"} version of \`${type}\`.`,
    expected: `version ${installed.version}`,
    received: `version ${version}`,
    suggestion: newer ? "Update the pack that the node comes from." : "Replace the node by a new one of its type.",
  };
}

function unknownInput(context: CheckContext, id: string, name: string, names: readonly string[]): Finding {
  return {
    code: "input.unknown",
    message: `Unknown input \`${name}\` of \`${id}\`.`,
    expected: listNames(names),
    received: `\`${name}\``,
    ...didYouMean(context, name, names),
  };
}

function idleTimeout(id: string): Finding {
  return {
    severity: "warning",
    code: "node.idle-timeout",
    message: `\`${id}\` stands for a sub-workflow, of which a timeout stops nothing.`,
    suggestion: "Set the timeouts of nodes inside of the sub-workflow.",
  };
}

function missingInput(id: string, name: string, { schema }: InputDescription): Finding {
  return {
    code: "input.missing",
    message: `The required input \`${name}\` of \`${id}\` has no value.`,
    expected: describeSchema(schema),
    received: "nothing",
    suggestion:
      schema.type === "socket" && schema.name !== "file" ? "Link it to an output of that type." : "Give a value.",
  };
}
