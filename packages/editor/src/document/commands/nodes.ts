import { canFeed, type CatalogNode, linkFollower, type NodeCatalog, type WorkflowGraph } from "@inlay/engine";
import { type Command, type GraphDraft, objectIn, type OutputPlace, type Point } from "../graph.ts";
import { inputSchema, outputSchema } from "../link-rules.ts";
import { redirectLinks } from "../links.ts";
import { type NodeView, rounded, setNodeView } from "../view.ts";
import { writeInput } from "./inputs.ts";

/** Folds nodes to their title, or unfolds them. */
export function collapseNodes(ids: readonly string[], collapsed: boolean): Command {
  return {
    name: "collapse",
    apply: (graph) => ids.forEach((id) => setNodeView(graph, id, { collapsed: collapsed || undefined })),
  };
}

/** Changes how a node stands: its width, or whether advanced inputs are shown. */
export function viewNode(id: string, parts: { readonly [K in keyof NodeView]?: NodeView[K] | undefined }): Command {
  return { name: "view", apply: (graph) => setNodeView(graph, id, parts) };
}

/** Gives a node a title of its own; an empty one gives it back the usual one. */
export function titleNode(id: string, title: string): Command {
  return {
    name: "title",
    apply(graph) {
      const node = graph.nodes[id];
      if (!node) return;
      // As it is typed: a space at the end may be followed by a word.
      if (title.trim() === "") delete node.title;
      else node.title = title;
    },
  };
}

/** Mutes or bypasses nodes; with undefined they run again. */
export function disableNodes(ids: readonly string[], how: "mute" | "bypass" | undefined): Command {
  return {
    name: how ?? "enable",
    apply(graph) {
      for (const id of ids) {
        const node = graph.nodes[id];
        if (!node) continue;
        if (how) node.disabled = how;
        else delete node.disabled;
      }
    },
  };
}

/** What a new node is to be. */
export interface NewNode {
  readonly id: string;
  readonly description: CatalogNode;
  readonly at: Point;
  /** The installed packs: the file notes which version its node was made with. */
  readonly packs?: NodeCatalog["packs"];
  /** Link one of its inputs to this output. */
  readonly input?: { readonly name: string; readonly from: OutputPlace };
  /** Link this input of another node to one of its outputs. */
  readonly output?: { readonly name: string; readonly to: { readonly node: string; readonly input: string } };
}

/** Adds a node, linked if so wished, and names its pack in the file. */
export function addNode({ id, description, at, packs = {}, input, output }: NewNode): Command {
  return {
    name: "add",
    apply(graph, base, file) {
      graph.nodes[id] = { type: description.type, version: description.version, inputs: {} };
      setNodeView(graph, id, rounded(at));
      if (input) writeInput(graph, base, description.inputs[input.name], { node: id, input: input.name }, input.from);
      if (output) {
        graph.nodes[output.to.node]!.inputs[output.to.input] = { $link: [id, output.name] };
      }
      notePack(file.packs, description, packs);
    },
  };
}

/** A file says which packs it was made with; what it says already stands. */
function notePack(noted: Record<string, string>, { pack }: CatalogNode, packs: NodeCatalog["packs"]): void {
  if (pack === "" || Object.hasOwn(noted, pack)) return;
  noted[pack] = Object.hasOwn(packs, pack) ? `^${packs[pack]!.version}` : "*";
}

/**
 * Removes nodes. Links that came from them are healed where types allow: what the node itself got on a fitting input
 * goes straight to its consumers, as if it were bypassed. Named outputs follow, or go.
 */
export function deleteNodes(ids: readonly string[], catalog: NodeCatalog): Command {
  return {
    name: "delete",
    apply(graph, base) {
      const gone = new Set(ids.filter((id) => Object.hasOwn(base.nodes, id)));
      if (gone.size === 0) return;
      const follow = linkFollower(asBypassed(base, gone), catalog);
      const heal = (from: OutputPlace, takes: ReturnType<typeof inputSchema>): OutputPlace | undefined => {
        if (!gone.has(from.node)) return from;
        const end = follow(from.node, from.output);
        if (end.kind !== "link" || gone.has(end.node)) return undefined;
        const made = outputSchema(base, catalog, end);
        return made && takes && canFeed(made, takes) ? { node: end.node, output: end.output } : undefined;
      };
      for (const [id, node] of Object.entries(base.nodes)) {
        if (gone.has(id)) continue;
        for (const [input, value] of Object.entries(node.inputs)) {
          const next = redirectLinks(value, (from) => heal(from, inputSchema(base, catalog, { node: id, input })));
          if (next === value) continue;
          if (next === undefined) delete graph.nodes[id]!.inputs[input];
          else graph.nodes[id]!.inputs[input] = next;
        }
      }
      for (const [name, output] of Object.entries(base.outputs)) {
        if (!gone.has(output.node)) continue;
        const next = heal(output, outputSchema(base, catalog, output));
        if (next) graph.outputs[name] = { ...output, ...next };
        else delete graph.outputs[name];
      }
      removeTraces(graph, gone);
    },
  };
}

/** Nodes to be removed stand aside as bypassed ones do, whether they were muted or not. */
function asBypassed(base: WorkflowGraph, gone: ReadonlySet<string>): WorkflowGraph {
  const nodes = Object.fromEntries(
    Object.entries(base.nodes).map(([id, node]) => {
      const { disabled: _, ...enabled } = node;
      return [id, gone.has(id) ? ({ ...enabled, disabled: "bypass" } as const) : enabled];
    }),
  );
  return { ...base, nodes };
}

function removeTraces(graph: GraphDraft, gone: ReadonlySet<string>): void {
  const views = objectIn(graph.view, "nodes");
  for (const id of gone) {
    delete graph.nodes[id];
    delete views[id];
  }
}
