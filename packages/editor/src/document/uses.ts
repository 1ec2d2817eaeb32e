import type { Workflow } from "@inlay/engine";
import type { GraphDraft, NodeDraft, OutputPlace, WorkflowDraft } from "./graph.ts";
import { redirectLinks } from "./links.ts";

/** A node that stands for a sub-workflow, in the graph where it does. */
interface Use {
  readonly graph: GraphDraft;
  /** The sub-workflow whose graph that is; undefined for the workflow itself. */
  readonly scope: string | undefined;
  readonly id: string;
  readonly node: NodeDraft;
}

function usesOf(file: WorkflowDraft, name: string): readonly Use[] {
  const graphs = [[undefined, file], ...Object.entries(file.workflows)] as const;
  return graphs.flatMap(([scope, graph]) =>
    Object.entries(graph.nodes).flatMap(([id, node]) =>
      node.type === `workflow/${name}` ? [{ graph, scope, id, node }] : [],
    ),
  );
}

/** The sub-workflow that a graph of the file is. */
function nameOf(file: WorkflowDraft, graph: GraphDraft): string | undefined {
  return Object.keys(file.workflows).find((name) => file.workflows[name] === graph);
}

/** A named input of a sub-workflow has another name: what is given to it is given by the new one. */
export function renameGiven(file: WorkflowDraft, graph: GraphDraft, from: string, to: string): void {
  const name = nameOf(file, graph);
  if (name === undefined) return;
  for (const { node } of usesOf(file, name)) {
    if (!Object.hasOwn(node.inputs, from)) continue;
    node.inputs = Object.fromEntries(
      Object.entries(node.inputs).map(([input, value]) => [input === from ? to : input, value]),
    );
  }
}

/** A named output of a sub-workflow has another name: what came from it comes from the new one. */
export function renameTaken(file: WorkflowDraft, graph: GraphDraft, from: string, to: string): void {
  const name = nameOf(file, graph);
  if (name === undefined) return;
  for (const use of usesOf(file, name)) redirect(use, (output) => (output === from ? to : output));
}

/**
 * What a command took from the interface of a sub-workflow is taken from its uses too: what was given to a named input that is
 * gone, the links from a named output that is gone, and in turn the named outputs which they fed.
 */
export function dropLostUses(file: WorkflowDraft, base: Workflow, scope: string): void {
  const changed = [scope];
  for (const name of changed) {
    const [now, old] = [file.workflows[name], base.workflows[name]];
    if (!now || !old) continue;
    const inputs = Object.keys(old.inputs).filter((input) => !Object.hasOwn(now.inputs, input));
    const outputs = new Set(Object.keys(old.outputs).filter((output) => !Object.hasOwn(now.outputs, output)));
    if (inputs.length + outputs.size === 0) continue;
    for (const use of usesOf(file, name)) {
      for (const input of inputs) delete use.node.inputs[input];
      if (outputs.size === 0) continue;
      const hasLost = redirect(use, (output) => (outputs.has(output) ? undefined : output));
      if (hasLost && use.scope !== undefined) changed.push(use.scope);
    }
  }
}

/** Sends what a node gives to elsewhere, or nowhere. Returns whether a named output of its graph was lost. */
function redirect({ graph, id, node }: Use, to: (output: string) => string | undefined): boolean {
  const follow = (from: OutputPlace): OutputPlace | undefined => {
    if (from.node !== id) return from;
    const output = to(from.output);
    return output === from.output ? from : output === undefined ? undefined : { node: id, output };
  };
  for (const { inputs } of Object.values(graph.nodes)) {
    for (const [input, value] of Object.entries(inputs)) {
      const next = redirectLinks(value, follow);
      if (next === undefined) delete inputs[input];
      else if (next !== value) inputs[input] = next;
    }
  }
  let hasLost = false;
  for (const [name, output] of Object.entries(graph.outputs)) {
    const next = follow({ node: output.node, output: output.output });
    if (!next) {
      delete graph.outputs[name];
      hasLost = true;
    } else if (next.output !== output.output) graph.outputs[name] = { ...output, ...next };
  }
  if (node.pinned)
    node.pinned = Object.fromEntries(
      Object.entries(node.pinned).flatMap(([output, value]) => {
        const name = to(output);
        return name === undefined ? [] : [[name, value]];
      }),
    );
  return hasLost;
}
