import { type CatalogNode, type JsonValue, type NodeCatalog, referenceOf, type Workflow } from "@inlay/engine";
import { namedInputOf } from "../document/commands/inputs.ts";
import { graphIn, type InputPlace } from "../document/graph.ts";
import { linkSource } from "../document/links.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";
import { scopeAt, workflowOf } from "./place.ts";

/** Where a picture comes from: a file of the workspace as it is, or an output of a node by its id in a run. */
export type PictureOrigin = { readonly file: string } | { readonly node: string; readonly output: string };

/** The file that is open, which of its graphs is shown, and the known types of nodes. */
interface Shown {
  readonly document: { readonly workflow: Workflow };
  readonly path: { readonly value: readonly string[] };
  readonly known: NodeCatalog;
}

/** A node of any graph of the file: the nodes through which its graph was entered, and its own id. */
interface Spot {
  readonly path: readonly string[];
  readonly node: string;
}

/** More steps than any file that can run takes; in one that leads in a circle, following ends here. */
const mostSteps = 1000;

/**
 * Where the picture at an input of the shown graph comes from. Links are followed out of a sub-workflow to what its use, the
 * one that was entered, is given, and into those that stand before it. Undefined when nothing is linked or chosen.
 */
export function pictureOrigin(shown: Shown, { node, input }: InputPlace): PictureOrigin | undefined {
  return originAt(shown, { path: shown.path.value, node }, input);
}

/** The picture file that a node of the shown graph reads as it is. */
export function fileRead(shown: Shown, node: string): string | undefined {
  const spot = { path: shown.path.value, node };
  const input = fileField(descriptionAt(shown, spot));
  const value = input === undefined ? undefined : nodeAt(shown, spot)?.inputs[input];
  // What comes over a link is another node's, which shows it.
  const isRead = value !== undefined && linkSource(value) === undefined;
  const origin = input !== undefined && isRead ? originAt(shown, spot, input) : undefined;
  return origin && "file" in origin ? origin.file : undefined;
}

function originAt(shown: Shown, start: Spot, startInput: string): PictureOrigin | undefined {
  let { path } = start;
  let value = nodeAt(shown, start)?.inputs[startInput];
  for (let step = 0; step < mostSteps && value !== undefined; step++) {
    const name = namedInputOf(value);
    const from = linkSource(value);
    if (name !== undefined) [path, value] = given(shown, path, name);
    else if (!from) return fileOf(shown, value);
    else {
      const spot = { path, node: from.node };
      const inner = output(shown, spot, from.output);
      const reads = inner ? undefined : fileInput(descriptionAt(shown, spot));
      if (inner) [path, value] = [[...path, from.node], { $link: [inner.node, inner.output] }];
      else if (reads === undefined) return { node: [...path, from.node].join("/"), output: from.output };
      else value = nodeAt(shown, spot)?.inputs[reads];
    }
  }
  return undefined;
}

/** What a named input brings: what the node that was entered is given, else the default. */
function given(shown: Shown, path: readonly string[], name: string): [readonly string[], JsonValue | undefined] {
  const outer = path.slice(0, -1);
  const node = path.at(-1);
  const value = node === undefined ? undefined : nodeAt(shown, { path: outer, node })?.inputs[name];
  return value === undefined ? [path, graphAt(shown, path)?.inputs[name]?.default] : [outer, value];
}

/** What is inside behind an output of a node that stands for a sub-workflow. */
function output(shown: Shown, { path, node }: Spot, name: string) {
  const { workflow } = shown.document;
  const found = scopeAt(workflow, path);
  const inside = found && workflowOf(workflow, found.scope, node);
  return inside === undefined ? undefined : workflow.workflows[inside]?.outputs[name];
}

function fileOf(shown: Shown, value: JsonValue): PictureOrigin | undefined {
  const reference = referenceOf(value);
  if (reference?.kind === "asset") {
    const path = shown.document.workflow.assets[reference.sha256]?.path;
    return path === undefined ? undefined : { file: path };
  }
  return reference?.kind === "file" && !reference.path.includes("://") ? { file: reference.path } : undefined;
}

function graphAt(shown: Shown, path: readonly string[]) {
  const { workflow } = shown.document;
  const found = scopeAt(workflow, path);
  return found && graphIn(workflow, found.scope);
}

function nodeAt(shown: Shown, { path, node }: Spot) {
  const nodes = graphAt(shown, path)?.nodes ?? {};
  return Object.hasOwn(nodes, node) ? nodes[node] : undefined;
}

function descriptionAt(shown: Shown, spot: Spot): CatalogNode | undefined {
  const { type = "" } = nodeAt(shown, spot) ?? {};
  return Object.hasOwn(shown.known.nodes, type) ? shown.known.nodes[type] : undefined;
}

/** The input by which a node reads a picture file and gives it on as it is. */
function fileInput(description: CatalogNode | undefined): string | undefined {
  return description?.type === "image/load" ? fileField(description) : undefined;
}

function fileField(description: CatalogNode | undefined): string | undefined {
  return Object.entries(description?.inputs ?? {}).find(([, input]) => chooseWidget(input) === "file")?.[0];
}
