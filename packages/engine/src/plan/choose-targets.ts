import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import type { NodeCatalog } from "../node/description.ts";
import { linkFollower } from "../workflow/bypass.ts";
import type { Workflow } from "../workflow/workflow.ts";

/** A node that is wanted, and for a named output which one. */
export interface Target {
  readonly node: string;
  readonly name?: string;
  readonly output?: string;
}

/** The nodes that a run is for, or why there are none. */
export interface ChosenTargets {
  readonly targets: readonly Target[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What the caller names, or every named output and every output node that is not disabled. A named output of a
 * bypassed node is what the node passes through; one that comes from a muted node, or from none, is left out.
 */
export function chooseTargets(
  workflow: Workflow,
  catalog: NodeCatalog,
  names: readonly string[] | undefined,
): ChosenTargets {
  return names ? namedTargets(workflow, catalog, names) : defaultTargets(workflow, catalog);
}

function defaultTargets(workflow: Workflow, catalog: NodeCatalog): ChosenTargets {
  const targets: Target[] = [];
  for (const name in workflow.outputs) {
    const target = outputTarget(workflow, catalog, name);
    if (target) targets.push(target);
  }
  for (const id in workflow.nodes) {
    const { type, disabled } = workflow.nodes[id]!;
    if (disabled === undefined && catalog.nodes[type]?.isOutput) targets.push({ node: id });
  }
  return targets.length > 0 ? { targets, diagnostics: [] } : { targets, diagnostics: [noTarget()] };
}

/** The node and output behind a named output. */
function outputTarget(workflow: Workflow, catalog: NodeCatalog, name: string): Target | undefined {
  const { node, output } = workflow.outputs[name]!;
  if (workflow.nodes[node]?.disabled === undefined) return { name, node, output };
  const end = linkFollower(workflow, catalog)(node, output);
  return end.kind === "link" ? { name, node: end.node, output: end.output } : undefined;
}

function namedTargets(workflow: Workflow, catalog: NodeCatalog, names: readonly string[]): ChosenTargets {
  const targets: Target[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of names) {
    const isOutput = Object.hasOwn(workflow.outputs, name);
    const isNode = !isOutput && Object.hasOwn(workflow.nodes, name);
    const isOn = isNode && workflow.nodes[name]!.disabled === undefined;
    const target = isOutput ? outputTarget(workflow, catalog, name) : isOn ? { node: name } : undefined;
    if (target) targets.push(target);
    else diagnostics.push(isOutput || isNode ? disabledTarget(name) : unknownTarget(workflow, name));
  }
  return { targets, diagnostics };
}

function noTarget(): Diagnostic {
  return {
    severity: "error",
    code: "target.none",
    message: "The workflow has nothing to produce.",
    path: ["outputs"],
    expected: "a named output or a node such as image/save",
    received: "neither",
    suggestion: "Add an image/save node, or name an output under `outputs`.",
  };
}

function disabledTarget(name: string): Diagnostic {
  return {
    severity: "error",
    code: "target.none",
    message: `\`${name}\` produces nothing, because its node is muted or bypassed.`,
    path: ["outputs"],
    expected: "a node that is turned on",
    received: `\`${name}\``,
    suggestion: "Turn the node on, or choose another target.",
  };
}

function unknownTarget(workflow: Workflow, name: string): Diagnostic {
  const outputs = Object.keys(workflow.outputs);
  const nearest = suggestName(name, [...outputs, ...Object.keys(workflow.nodes)]);
  return {
    severity: "error",
    code: "target.unknown",
    message: `No named output and no node is called \`${name}\`.`,
    path: ["outputs"],
    expected: outputs.map((output) => `\`${output}\``).join(", ") || "the id of a node",
    received: `\`${name}\``,
    ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
  };
}
