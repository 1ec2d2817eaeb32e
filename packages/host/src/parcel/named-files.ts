import { isJsonObject, readWorkflow, referenceOf, writeWorkflow } from "@inlay/engine";
import type { JsonObject, JsonValue, NamedInput, Workflow, WorkflowGraph, WorkflowNode } from "@inlay/engine";
import { relativeParts } from "../file-names.ts";
import { isUrl } from "../url/url-files.ts";

/** What a workflow's file names may become: the new name of a path, or the path itself. */
type Rename = (path: string) => string;

/**
 * The files of the workspace that a workflow names, each once: `$file` of nodes, defaults and pinned outputs in every
 * graph, and assets that lie beside the file. URLs stay where they are.
 */
export function namedFiles(workflow: Workflow): readonly string[] {
  const found = new Set<string>();
  mapFiles(workflow, (path) => {
    found.add(relativeParts(path).join("/"));
    return path;
  });
  return [...found];
}

/** A workflow's text with other names for some of its files, in canonical form. */
export function renameFiles(text: string, names: ReadonlyMap<string, string>): string {
  const { workflow } = readWorkflow(text);
  if (!workflow) throw new Error("What is renamed in has been read before.");
  return writeWorkflow(mapFiles(workflow, (path) => names.get(relativeParts(path).join("/")) ?? path));
}

function mapFiles(workflow: Workflow, rename: Rename): Workflow {
  const assets = mapValues(workflow.assets, (asset) =>
    asset.path === undefined ? asset : { ...asset, path: rename(asset.path) },
  );
  const workflows = mapValues(workflow.workflows, (graph) => mapGraph(graph, rename));
  return { ...workflow, ...mapGraph(workflow, rename), assets, workflows };
}

function mapGraph<T extends WorkflowGraph>(graph: T, rename: Rename): T {
  const inputs = mapValues(graph.inputs, (input: NamedInput) =>
    input.default === undefined ? input : { ...input, default: mapValue(input.default, rename) },
  );
  const nodes = mapValues(graph.nodes, (node: WorkflowNode) => ({
    ...node,
    inputs: mapValues(node.inputs, (value) => mapValue(value, rename)),
    ...(node.pinned && { pinned: mapValues(node.pinned, (value) => mapValue(value, rename)) }),
  }));
  return { ...graph, inputs, nodes };
}

/** References stand in an input's place or in the list that is its value, and nowhere deeper. */
function mapValue(value: JsonValue, rename: Rename): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => mapReference(item, rename));
  return mapReference(value, rename);
}

function mapReference(value: JsonValue, rename: Rename): JsonValue {
  if (!isJsonObject(value)) return value;
  const reference = referenceOf(value);
  if (reference?.kind !== "file" || isUrl(reference.path)) return value;
  const path = rename(reference.path);
  return path === reference.path ? value : ({ $file: path } satisfies JsonObject);
}

function mapValues<V>(record: { readonly [name: string]: V }, change: (value: V) => V): { readonly [name: string]: V } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
