import type { Fix, InputDescription, JsonValue, NamedInput, WorkflowGraph } from "@inlay/engine";
import type { Command, GraphDraft, InputPlace, OutputPlace } from "../graph.ts";
import { isLinked, linkSource, linkValue } from "../links.ts";

/** Links an output to an input. A list of pictures or masks that is linked already takes the link as one more item. */
export function connect(from: OutputPlace, to: InputPlace, input: InputDescription | undefined): Command {
  return { name: "connect", apply: (graph, base) => writeInput(graph, base, input, to, from) };
}

export function writeInput(
  graph: GraphDraft,
  base: WorkflowGraph,
  input: InputDescription | undefined,
  to: InputPlace,
  from: OutputPlace,
): void {
  const node = graph.nodes[to.node];
  if (!node) return;
  const before = Object.hasOwn(base.nodes, to.node) ? base.nodes[to.node]?.inputs[to.input] : undefined;
  // A list of values is linked as a whole; only pixels come together one link each.
  const takesMore = input?.schema.type === "list" && input.schema.items.type === "socket";
  const isMore = takesMore && before !== undefined && isLinked(before);
  if (!isMore) node.inputs[to.input] = linkValue(from);
  else if (Array.isArray(before)) node.inputs[to.input] = [...(before as readonly JsonValue[]), linkValue(from)];
  else node.inputs[to.input] = [before, linkValue(from)];
}

/** Moves the end of a link from one input to another, in one step. */
export function moveLink(
  from: OutputPlace,
  old: InputPlace & { readonly index?: number },
  to: InputPlace,
  input: InputDescription | undefined,
): Command {
  return {
    name: "connect",
    apply(graph, base) {
      cut(graph, old);
      writeInput(graph, base, input, to, from);
    },
  };
}

/** Takes a link away; the input has its default again. */
export function disconnect(to: InputPlace & { readonly index?: number }): Command {
  return { name: "disconnect", apply: (graph) => cut(graph, to) };
}

function cut(graph: GraphDraft, { node: id, input, index }: InputPlace & { readonly index?: number }): void {
  const node = graph.nodes[id];
  const value = node?.inputs[input];
  if (!node || value === undefined) return;
  const left = Array.isArray(value) && index !== undefined ? (value as readonly JsonValue[]).toSpliced(index, 1) : [];
  if (left.length > 0) node.inputs[input] = left;
  else delete node.inputs[input];
}

/** Puts a node of one fitting input and output between the two ends of a link. */
export function insertOnLink(
  link: { readonly from: OutputPlace; readonly to: InputPlace; readonly index?: number },
  node: { readonly id: string; readonly input: string; readonly output: string },
): Command {
  return {
    name: "insert",
    apply(graph) {
      const between = graph.nodes[node.id];
      const target = graph.nodes[link.to.node];
      if (!between || !target) return;
      between.inputs[node.input] = linkValue(link.from);
      const own = linkValue({ node: node.id, output: node.output });
      const value = target.inputs[link.to.input];
      target.inputs[link.to.input] =
        Array.isArray(value) && link.index !== undefined ? (value as readonly JsonValue[]).with(link.index, own) : own;
    },
  };
}

/** Sets the value of a node's input; undefined takes it away, so that the default counts. */
export function setInput({ node: id, input }: InputPlace, value: JsonValue | undefined): Command {
  return {
    name: "value",
    apply(graph) {
      const node = graph.nodes[id];
      if (!node) return;
      if (value === undefined) delete node.inputs[input];
      else node.inputs[input] = value;
    },
  };
}

/** Sets what an error offers as its fix; a link or named input gives way. */
export function applyFix(id: string, { set }: Fix): Command {
  return {
    name: "fix",
    apply(graph) {
      const node = graph.nodes[id];
      if (node) Object.assign(node.inputs, set);
    },
  };
}

/** Sets the value that a named input has when the caller gives none. */
export function setNamedDefault(name: string, value: JsonValue | undefined): Command {
  return {
    name: "value",
    apply(graph) {
      const input = graph.inputs[name];
      if (!input) return;
      const { default: _, ...others } = input;
      graph.inputs[name] = value === undefined ? others : { ...input, default: value };
    },
  };
}

/** Makes a field a named input of the workflow: its value becomes the default, and callers may give another. */
export function exposeInput(place: InputPlace, name: string, declared: NamedInput): Command {
  return {
    name: "expose",
    apply(graph) {
      const node = graph.nodes[place.node];
      if (!node) return;
      graph.inputs[name] = declared;
      node.inputs[place.input] = { $input: name };
    },
  };
}

/** Takes a field back from its named input: the default becomes its value; a named input that feeds nothing then goes. */
export function unexposeInput({ node: id, input }: InputPlace): Command {
  return {
    name: "unexpose",
    apply(graph, base) {
      const node = graph.nodes[id];
      const name = namedInputOf(node?.inputs[input]);
      if (!node || name === undefined) return;
      const value = base.inputs[name]?.default;
      if (value === undefined) delete node.inputs[input];
      else node.inputs[input] = value;
      const feedsElsewhere = Object.entries(base.nodes).some(([other, { inputs }]) =>
        Object.entries(inputs).some(([key, given]) => !(other === id && key === input) && mentionsInput(given, name)),
      );
      if (!feedsElsewhere) delete graph.inputs[name];
    },
  };
}

/** The named input that a value refers to. */
export function namedInputOf(value: JsonValue | undefined): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const name = (value as { readonly $input?: JsonValue }).$input;
  return typeof name === "string" ? name : undefined;
}

/** Whether a value, or an item of it, refers to a named input. */
export function mentionsInput(value: JsonValue, name: string): boolean {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).some((item) => namedInputOf(item) === name);
  return linkSource(value) === undefined && namedInputOf(value) === name;
}
