import {
  type Asset,
  canFeed,
  type JsonObject,
  type JsonValue,
  type NamedInput,
  type NodeCatalog,
  readWorkflow,
  referenceOf,
  type Workflow,
  workflowVersion,
  type WorkflowGraph,
  writeWorkflow,
} from "@inlay/engine";
import { copyBends } from "./bends.ts";
import { namedInputOf } from "./commands/inputs.ts";
import { freshId } from "./fresh-id.ts";
import { type Command, objectIn, type OutputPlace, type Point } from "./graph.ts";
import { outputSchema } from "./link-rules.ts";
import { redirectLinks } from "./links.ts";
import { nodeView, rounded, setNodeView } from "./view.ts";

/**
 * Nodes as text for the clipboard: a small workflow file that holds them, what they follow among the named inputs, and
 * their places. So any workflow file can be pasted, and a copy can be saved as a file.
 */
export function copyText(file: Workflow, graph: WorkflowGraph, ids: readonly string[]): string {
  const nodes = Object.fromEntries(
    ids.flatMap((id) => (Object.hasOwn(graph.nodes, id) ? [[id, graph.nodes[id]!]] : [])),
  );
  const values = Object.values(nodes).flatMap((node) => Object.values(node.inputs).flatMap(parts));
  const inputs: Record<string, NamedInput> = {};
  const assets: Record<string, Asset> = {};
  for (const value of values) {
    const reference = referenceOf(value);
    if (reference?.kind === "input" && graph.inputs[reference.name])
      inputs[reference.name] = graph.inputs[reference.name]!;
    if (reference?.kind === "asset" && file.assets[reference.sha256])
      assets[reference.sha256] = file.assets[reference.sha256]!;
  }
  const views = Object.fromEntries(Object.keys(nodes).map((id) => [id, { ...nodeView(graph, id) } as JsonObject]));
  return writeWorkflow({
    inlay: workflowVersion,
    inputs,
    outputs: {},
    packs: file.packs,
    assets,
    nodes,
    workflows: usedWorkflows(file, nodes),
    view: { nodes: views, ...innerBends(graph, nodes) },
  });
}

/** How the links between copied nodes are led. */
function innerBends(graph: WorkflowGraph, nodes: WorkflowGraph["nodes"]): JsonObject {
  const copy = { inputs: {}, outputs: {}, nodes: {}, view: {} };
  copyBends(graph, copy, (id) => (Object.hasOwn(nodes, id) ? id : undefined), { x: 0, y: 0 });
  return copy.view;
}

function parts(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** The sub-workflows that nodes use, and those that these use. */
function usedWorkflows(file: Workflow, nodes: WorkflowGraph["nodes"]): Record<string, WorkflowGraph> {
  const used: Record<string, WorkflowGraph> = {};
  const open = [nodes];
  while (open.length > 0) {
    for (const { type } of Object.values(open.pop()!)) {
      const name = type.startsWith("workflow/") ? type.slice("workflow/".length) : "";
      if (!Object.hasOwn(file.workflows, name) || used[name]) continue;
      used[name] = file.workflows[name]!;
      open.push(file.workflows[name]!.nodes);
    }
  }
  return used;
}

/** What a text would paste: undefined when it is no workflow, or one without nodes. */
export function readPasted(text: string): Workflow | undefined {
  if (!text.includes('"inlay"')) return undefined;
  const { workflow } = readWorkflow(text);
  return workflow && Object.keys(workflow.nodes).length > 0 ? workflow : undefined;
}

export interface PasteOptions {
  /** Where the top left corner of what is pasted goes. */
  readonly at: Point;
  /** Keep links that come from outside, where the node they come from is here too. */
  readonly keepLinks: boolean;
  readonly catalog: NodeCatalog;
}

/** A command that pastes, and the ids that the nodes get. */
export function paste(
  pasted: Workflow,
  base: WorkflowGraph,
  { at, keepLinks, catalog }: PasteOptions,
): { readonly command: Command; readonly ids: readonly string[] } {
  const names = new Map<string, string>();
  const taken = new Set(Object.keys(base.nodes));
  for (const [id, { type }] of Object.entries(pasted.nodes)) {
    const name = taken.has(id) ? freshId(type, (wanted) => taken.has(wanted)) : id;
    names.set(id, name);
    taken.add(name);
  }
  const redirect = (
    from: OutputPlace,
    to: { readonly input: string; readonly type: string },
  ): OutputPlace | undefined => {
    const node = names.get(from.node);
    if (node !== undefined) return { node, output: from.output };
    if (!keepLinks) return undefined;
    const made = outputSchema(base, catalog, from);
    const takes = catalog.nodes[to.type]?.inputs[to.input]?.schema;
    return made && takes && canFeed(made, takes) ? from : undefined;
  };
  const corner = topLeft(pasted);
  const command: Command = {
    name: "paste",
    apply(graph, _base, file) {
      for (const [id, node] of Object.entries(pasted.nodes)) {
        const inputs: Record<string, JsonValue> = {};
        for (const [input, value] of Object.entries(node.inputs)) {
          const known = withKnownInput(value, pasted, graph.inputs);
          const to = { node: names.get(id)!, input, type: node.type };
          const next = known === undefined ? undefined : redirectLinks(known, (from) => redirect(from, to));
          if (next !== undefined) inputs[input] = next;
        }
        const name = names.get(id)!;
        graph.nodes[name] = { ...node, inputs };
        const { x = 0, y = 0, ...rest } = nodeView(pasted, id);
        setNodeView(graph, name, { ...rest, ...rounded({ x: at.x + x - corner.x, y: at.y + y - corner.y }) });
      }
      copyBends(pasted, graph, (id) => names.get(id), { x: at.x - corner.x, y: at.y - corner.y });
      for (const [name, workflow] of Object.entries(pasted.workflows)) {
        if (!Object.hasOwn(file.workflows, name)) file.workflows[name] = workflow as (typeof file.workflows)[string];
      }
      const assets = objectIn(file as unknown as Record<string, JsonValue>, "assets");
      for (const [sha256, asset] of Object.entries(pasted.assets)) assets[sha256] ??= asset as unknown as JsonObject;
    },
  };
  return { command, ids: [...names.values()] };
}

/** A field that follows a named input goes on so where one of that name and type is here; else it takes its default. */
function withKnownInput(value: JsonValue, pasted: Workflow, inputs: Record<string, NamedInput>): JsonValue | undefined {
  const name = namedInputOf(value);
  if (name === undefined) return value;
  const declared = pasted.inputs[name];
  const here = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (here && (declared === undefined || declared.type === here.type)) return value;
  if (here || !declared) return declared?.default;
  inputs[name] = declared;
  return value;
}

function topLeft(pasted: Workflow): Point {
  const views = Object.keys(pasted.nodes).map((id) => nodeView(pasted, id));
  return { x: Math.min(...views.map(({ x = 0 }) => x)), y: Math.min(...views.map(({ y = 0 }) => y)) };
}
