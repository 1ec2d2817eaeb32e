import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import type { NodeCatalog } from "../node/description.ts";
import { own } from "../workflow/own.ts";
import type { ValueFollower } from "./follow-value.ts";
import { innerScope, type Scope } from "./scope.ts";

/** A node that is wanted, and for a named output which one. */
export interface Target {
  readonly scope: Scope;
  readonly node: string;
  readonly name?: string;
  readonly output?: string;
}

/** The nodes that a run is for, or why there are none. */
export interface ChosenTargets {
  readonly targets: readonly Target[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What targets are chosen from. */
export interface TargetSource {
  /** The workflow itself. */
  readonly scope: Scope;
  /** With the file's sub-workflows as types. */
  readonly catalog: NodeCatalog;
  readonly follow: ValueFollower;
}

/**
 * What the caller names, or every named output and every output node that is not disabled, those inside of
 * sub-workflows among them. A named output of a bypassed node is what the node passes through; one that comes from a
 * muted node, or from none, is left out.
 */
export function chooseTargets(source: TargetSource, names: readonly string[] | undefined): ChosenTargets {
  return names ? namedTargets(source, names) : defaultTargets(source);
}

function defaultTargets(source: TargetSource): ChosenTargets {
  const targets: Target[] = [];
  for (const name in source.scope.graph.outputs) {
    const target = outputTarget(source, name);
    if (target) targets.push(target);
  }
  targets.push(...outputNodes(source, source.scope));
  return targets.length > 0 ? { targets, diagnostics: [] } : { targets, diagnostics: [noTarget()] };
}

/** The output nodes of a scope and of those inside that have any. */
function outputNodes({ catalog }: TargetSource, outermost: Scope): Target[] {
  const targets: Target[] = [];
  const scopes = [outermost];
  for (const scope of scopes) {
    for (const node in scope.graph.nodes) {
      const { type, disabled } = scope.graph.nodes[node]!;
      if (disabled !== undefined || !catalog.nodes[type]?.isOutput) continue;
      const inner = innerScope(scope, node);
      if (inner) scopes.push(inner);
      else targets.push({ scope, node });
    }
  }
  return targets;
}

/** The node and output behind a named output. */
function outputTarget({ scope, follow }: TargetSource, name: string): Target | undefined {
  const { node, output } = scope.graph.outputs[name]!;
  return linkedTarget(follow, scope, node, output, name);
}

function linkedTarget(follow: ValueFollower, scope: Scope, node: string, output: string, name?: string) {
  const { end } = follow(scope, { $link: [node, output] });
  if (end.kind !== "link") return undefined;
  return { scope: end.scope, node: end.node, output: end.output, ...(name !== undefined && { name }) };
}

function namedTargets(source: TargetSource, names: readonly string[]): ChosenTargets {
  const targets: Target[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of names) {
    const isOutput = Object.hasOwn(source.scope.graph.outputs, name);
    const target = isOutput ? outputTarget(source, name) : undefined;
    const found = isOutput ? (target ? [target] : []) : nodeTargets(source, name);
    if (!found) diagnostics.push(unknownTarget(source.scope, name));
    else if (found.length === 0) diagnostics.push(disabledTarget(name));
    targets.push(...(found ?? []));
  }
  return { targets, diagnostics };
}

/**
 * A node by its id, through sub-workflows as `outer/inner`; for one that stands for a sub-workflow what this brings.
 * Undefined when there is no such node, nothing when it is disabled.
 */
function nodeTargets(source: TargetSource, path: string): Target[] | undefined {
  const ids = path.split("/");
  const last = ids.pop()!;
  let scope = source.scope;
  for (const id of ids) {
    const node = own(scope.graph.nodes, id);
    if (node?.disabled !== undefined) return [];
    const inner = node && innerScope(scope, id);
    if (!inner) return undefined;
    scope = inner;
  }
  const node = own(scope.graph.nodes, last);
  if (!node) return undefined;
  if (node.disabled !== undefined) return [];
  const inner = innerScope(scope, last);
  if (!inner) return [{ scope, node: last }];
  const results = Object.values(inner.graph.outputs).flatMap(
    ({ node: of, output }) => linkedTarget(source.follow, inner, of, output) ?? [],
  );
  return [...results, ...outputNodes(source, inner)];
}

function noTarget(): Diagnostic {
  return {
    severity: "error",
    code: "target.none",
    message: "The workflow has nothing to produce.",
    path: ["outputs"],
    expected: "a named output or a node such as image/save",
    received: "neither",
    suggestion: "Add a Save Image node (`image/save`), or name an output under `outputs`.",
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

function unknownTarget({ graph }: Scope, name: string): Diagnostic {
  const outputs = Object.keys(graph.outputs);
  const nearest = suggestName(name, [...outputs, ...Object.keys(graph.nodes)]);
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
