import { type JsonValue, type NamedInput, type NodeCatalog, type ValueSchema, type WorkflowGraph } from "@inlay/engine";
import { copyBends } from "../bends.ts";
import { freshName } from "../fresh-id.ts";
import type { Command, GraphDraft, InputPlace, NodeDraft, OutputPlace } from "../graph.ts";
import { descriptionOf, inputSchema, needs, outputSchema } from "../link-rules.ts";
import { allLinks, linkSource, linkValue } from "../links.ts";
import { nodeView, setNodeView } from "../view.ts";
import { namedInputOf } from "./inputs.ts";

export interface GroupOptions {
  readonly ids: readonly string[];
  /** Of the sub-workflow; free among those of the file. */
  readonly name: string;
  /** Of the node that stands for it; free in the graph. */
  readonly node: string;
  readonly catalog: NodeCatalog;
}

/** Whether nodes can become one: none outside both waits for some of them and is waited for by others. */
export function canGroup(graph: WorkflowGraph, ids: readonly string[]): boolean {
  const inside = new Set(ids);
  const sources = new Set(
    allLinks(graph).flatMap(({ from, to }) => (inside.has(to.node) && !inside.has(from.node) ? [from.node] : [])),
  );
  return ids.length > 0 && [...sources].every((source) => [...needs(graph, source)].every((id) => !inside.has(id)));
}

/**
 * Makes nodes a sub-workflow, and puts one node in their place. What came from outside becomes its named inputs, one for
 * each source; what went outside its named outputs.
 */
export function groupNodes({ ids, name, node: id, catalog }: GroupOptions): Command {
  return {
    name: "group",
    apply(graph, base, file) {
      const inside = new Set(ids.filter((wanted) => Object.hasOwn(base.nodes, wanted)));
      const inner = innerGraph(base, inside, catalog);
      const outputs = new Map<string, string>();
      const outputFor = ({ node, output }: OutputPlace): string => {
        const key = `${node}\n${output}`;
        const known = outputs.get(key);
        if (known !== undefined) return known;
        const free = freshName(output, (wanted) => Object.hasOwn(inner.graph.outputs, wanted), "output");
        const made = descriptionOf(base, catalog, node)?.outputs[output]?.title;
        inner.graph.outputs[free] = { node, output, ...titleFor(made, output, free) };
        outputs.set(key, free);
        return free;
      };
      const redirect = (from: OutputPlace): OutputPlace =>
        inside.has(from.node) ? { node: id, output: outputFor(from) } : from;
      for (const [other, { inputs }] of Object.entries(base.nodes)) {
        if (inside.has(other)) continue;
        for (const [input, value] of Object.entries(inputs)) {
          const next = mapLinks(value, redirect);
          if (next !== value) graph.nodes[other]!.inputs[input] = next;
        }
      }
      for (const [output, named] of Object.entries(base.outputs)) {
        if (inside.has(named.node)) graph.outputs[output] = { ...named, ...redirect(named) };
      }
      const corner = topLeft(base, inside);
      for (const gone of inside) delete graph.nodes[gone];
      removeViews(graph, inside);
      graph.nodes[id] = { type: `workflow/${name}`, version: 1, inputs: inner.given };
      setNodeView(graph, id, corner);
      file.workflows[name] = inner.graph;
    },
  };
}

interface Inner {
  readonly graph: GraphDraft;
  /** What the node that stands for it is given. */
  readonly given: Record<string, JsonValue>;
}

function innerGraph(base: WorkflowGraph, inside: ReadonlySet<string>, catalog: NodeCatalog): Inner {
  const graph: GraphDraft = { inputs: {}, outputs: {}, nodes: {}, view: {} };
  const given: Record<string, JsonValue> = {};
  const names = new Map<string, string>();
  const nameFor = (key: string, wanted: string, value: JsonValue, declared: NamedInput, title?: string): JsonValue => {
    const known = names.get(key) ?? freshName(wanted, (taken) => Object.hasOwn(graph.inputs, taken), "input");
    if (!names.has(key)) {
      names.set(key, known);
      given[known] = value;
      graph.inputs[known] = { ...titleFor(title, wanted, known), ...declared, order: names.size };
    }
    return { $input: known };
  };
  const inward = (value: JsonValue, place: InputPlace): JsonValue => {
    const named = namedInputOf(value);
    if (named !== undefined) {
      const { default: _, order: __, ...declared } = base.inputs[named] ?? { type: "json" as const };
      return nameFor(`input\n${named}`, named, value, declared);
    }
    const from = linkSource(value);
    if (!from || inside.has(from.node)) return value;
    const schema = outputSchema(base, catalog, from) ?? inputSchema(base, catalog, place);
    const title = descriptionOf(base, catalog, place.node)?.inputs[place.input]?.title;
    return nameFor(`${from.node}\n${from.output}`, place.input, value, namedFor(schema), title);
  };
  for (const id of inside) {
    const node = base.nodes[id]!;
    const inputs: Record<string, JsonValue> = {};
    for (const [input, value] of Object.entries(node.inputs)) {
      const place = { node: id, input };
      inputs[input] = Array.isArray(value)
        ? (value as readonly JsonValue[]).map((item) => inward(item, place))
        : inward(value, place);
    }
    graph.nodes[id] = { ...node, inputs };
    setNodeView(graph, id, nodeView(base, id));
  }
  copyBends(base, graph, (id) => (inside.has(id) ? id : undefined), { x: 0, y: 0 });
  return { graph, given };
}

/** The title of the socket that it stands for; one of several of the same name is numbered as its name is. */
function titleFor(title: string | undefined, wanted: string, name: string): { readonly title?: string } {
  if (title === undefined) return {};
  const number = name.startsWith(`${wanted}-`) ? name.slice(wanted.length + 1) : "";
  return { title: number === "" ? title : `${title} ${number}` };
}

/** The declaration of a named input that carries values of a schema. */
function namedFor(schema: ValueSchema | undefined): NamedInput {
  switch (schema?.type) {
    case "socket":
      return { type: schema.name };
    case "integer":
    case "number":
    case "boolean":
    case "string":
      return { type: schema.type };
    case "enum":
      return { type: "string" };
    case "union": {
      const socket = schema.options.find((option) => option.type === "socket" && option.name !== "file");
      return socket ? namedFor(socket) : { type: "json" };
    }
    default:
      return { type: "json" };
  }
}

function mapLinks(value: JsonValue, redirect: (from: OutputPlace) => OutputPlace): JsonValue {
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => mapLinks(item, redirect));
    return items.every((item, i) => item === (value as readonly JsonValue[])[i]) ? value : items;
  }
  const from = linkSource(value);
  if (!from) return value;
  const to = redirect(from);
  return to === from ? value : linkValue(to);
}

function topLeft(base: WorkflowGraph, ids: Iterable<string>) {
  const views = [...ids].map((id) => nodeView(base, id));
  return { x: Math.min(...views.map(({ x = 0 }) => x)), y: Math.min(...views.map(({ y = 0 }) => y)) };
}

function removeViews(graph: GraphDraft, ids: Iterable<string>): void {
  const views = graph.view["nodes"] as Record<string, JsonValue> | undefined;
  for (const id of ids) if (views) delete views[id];
}

/** Puts the nodes of a sub-workflow in the place of a node that stands for it. The sub-workflow stays for other uses. */
export function unpackNode(id: string): Command {
  return {
    name: "unpack",
    apply(graph, base, file) {
      const node = base.nodes[id];
      const name = node?.type.startsWith("workflow/") ? node.type.slice("workflow/".length) : "";
      const inner = file.workflows[name] as WorkflowGraph | undefined;
      if (!node || !inner) return;
      const taken = new Set(Object.keys(base.nodes));
      const ids = new Map<string, string>();
      for (const inside of Object.keys(inner.nodes)) {
        const free = freshName(inside, (wanted) => taken.has(wanted), "node");
        ids.set(inside, free);
        taken.add(free);
      }
      const outward = (value: JsonValue): JsonValue | undefined => {
        const named = namedInputOf(value);
        if (named !== undefined) return node.inputs[named] ?? inner.inputs[named]?.default;
        return mapLinks(value, ({ node: from, output }) => ({ node: ids.get(from) ?? from, output }));
      };
      const corner = nodeView(base, id);
      const origin = topLeft(inner, Object.keys(inner.nodes));
      for (const [inside, { inputs, ...rest }] of Object.entries(inner.nodes)) {
        const given: Record<string, JsonValue> = {};
        for (const [input, value] of Object.entries(inputs)) {
          const next = Array.isArray(value)
            ? (value as readonly JsonValue[]).map(outward).filter((item) => item !== undefined)
            : outward(value);
          if (next !== undefined) given[input] = next;
        }
        const to = ids.get(inside)!;
        graph.nodes[to] = { ...rest, inputs: given } as NodeDraft;
        const { x = 0, y = 0, ...view } = nodeView(inner, inside);
        setNodeView(graph, to, { ...view, x: (corner.x ?? 0) + x - origin.x, y: (corner.y ?? 0) + y - origin.y });
      }
      copyBends(inner, graph, (inside) => ids.get(inside), {
        x: (corner.x ?? 0) - origin.x,
        y: (corner.y ?? 0) - origin.y,
      });
      const redirect = (from: OutputPlace): OutputPlace => {
        const named = from.node === id ? inner.outputs[from.output] : undefined;
        return named ? { node: ids.get(named.node) ?? named.node, output: named.output } : from;
      };
      for (const [other, { inputs }] of Object.entries(base.nodes)) {
        if (other === id) continue;
        for (const [input, value] of Object.entries(inputs)) {
          const next = mapLinks(value, redirect);
          if (next !== value) graph.nodes[other]!.inputs[input] = next;
        }
      }
      for (const [output, named] of Object.entries(base.outputs)) {
        if (named.node === id) graph.outputs[output] = { ...named, ...redirect(named) };
      }
      delete graph.nodes[id];
      removeViews(graph, [id]);
    },
  };
}

/** Gives a sub-workflow another name, wherever it is used. */
export function renameWorkflow(from: string, to: string): Command {
  return {
    name: "rename-workflow",
    apply(_graph, _base, file) {
      if (!Object.hasOwn(file.workflows, from) || Object.hasOwn(file.workflows, to)) return;
      const graphs = [file, ...Object.values(file.workflows)];
      for (const graph of graphs) {
        for (const node of Object.values(graph.nodes))
          if (node.type === `workflow/${from}`) node.type = `workflow/${to}`;
      }
      file.workflows[to] = file.workflows[from]!;
      delete file.workflows[from];
    },
  };
}
