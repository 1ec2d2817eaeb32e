import type { CatalogNode } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { linkSource } from "../document/links.ts";
import { outputUrl, previewUrl } from "../server/api.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";
import type { Preview } from "./pixels.ts";

/** A picture that the viewer can show. */
export interface ViewedPicture {
  /** `node` for the file that a node reads, `node.output` for what it gave. */
  readonly key: string;
  readonly label: string;
  readonly url: string;
  readonly kind: "image" | "mask";
  /** A small copy, seen until the picture is there; of a list, of its first item. */
  readonly preview?: Preview;
  /** Of a node that ran for each item of a list: the node, and whether one item can be kept as its result. */
  readonly items?: { readonly node: string; readonly canKeep: boolean };
}

/** Every picture of the workflow that there is now: files that nodes read, and what nodes gave in the run. */
function viewedPictures(editor: Editor, run: string | undefined): readonly ViewedPicture[] {
  return Object.keys(editor.graph.nodes).flatMap((id) => [...fileOf(editor, id), ...outputsOf(editor, id, run)]);
}

/** What the viewer shows of a node, and beside what when that is wanted. */
export function viewOf(
  editor: Editor,
  run: string | undefined,
  { node, compare }: { readonly node: string; readonly compare: boolean },
): { readonly pictures: readonly ViewedPicture[]; readonly first: string; readonly before?: string | undefined } {
  const pictures = viewedPictures(editor, run);
  const first = pictureOf(editor, pictures, node) ?? pictures[0]?.key ?? "";
  return { pictures, first, ...(compare && { before: beforeOf(editor, pictures, first) }) };
}

/** What a node shows first: what it gave, else the file that it reads. */
function pictureOf(editor: Editor, pictures: readonly ViewedPicture[], node: string): string | undefined {
  const isOf = ({ key }: ViewedPicture): boolean => key === node || key.startsWith(`${node}.`);
  const own = pictures.filter(isOf);
  if (own.length > 0) return (own.find(({ key }) => key !== node) ?? own[0])!.key;
  // A mask that was not run yet shows the picture that it is drawn on.
  const source = imageSource(editor, node);
  return source === undefined ? undefined : pictureOf(editor, pictures, source);
}

/** What a picture was before: the one at the beginning of the images that led to it. */
function beforeOf(editor: Editor, pictures: readonly ViewedPicture[], key: string): string | undefined {
  const [node = ""] = key.split(".");
  const seen = new Set<string>([node]);
  let first: string | undefined;
  for (let at = imageSource(editor, node); at !== undefined && !seen.has(at); at = imageSource(editor, at)) {
    seen.add(at);
    first = pictures.find((picture) => picture.key === at || picture.key === `${at}.image`)?.key ?? first;
  }
  return first;
}

/** The node whose image goes into a node's first image input. */
function imageSource(editor: Editor, node: string): string | undefined {
  const inputs = Object.entries(editor.describe(node)?.inputs ?? {});
  for (const [name, { schema }] of inputs) {
    if (schema.type !== "socket" || schema.name !== "image") continue;
    const value = editor.graph.nodes[node]?.inputs[name];
    const source = value === undefined ? undefined : linkSource(value);
    if (source) return source.node;
  }
  return undefined;
}

function fileOf(editor: Editor, id: string): ViewedPicture[] {
  const picture = editor.pictures.get(id);
  const reads = Object.values(editor.describe(id)?.inputs ?? {}).some((input) => chooseWidget(input) === "file");
  if (!reads || picture?.source !== "file" || picture.full === undefined) return [];
  const { url, full, width, height } = picture;
  return [{ key: id, label: editor.title(id), url: full, kind: "image", preview: { url, width, height } }];
}

function outputsOf(editor: Editor, id: string, run: string | undefined): ViewedPicture[] {
  const { status } = editor.states.get(id) ?? {};
  if (run === undefined || run === "" || (status !== "succeeded" && status !== "cached")) return [];
  return Object.entries(editor.describe(id)?.outputs ?? {}).flatMap(([output, { title, schema }]) => {
    const kind = pictureKind(schema);
    if (!kind) return [];
    const label = `${editor.title(id)} · ${title ?? output}`;
    const isMapped = runsForItems(editor, id);
    const canKeep = isMapped && editor.describe(id)?.inputs["seed"] !== undefined;
    const items = (isMapped || schema.type === "list") && { node: id, canKeep };
    const node = editor.runId(id);
    const [url, small] = [outputUrl(run, node, output), previewUrl(run, node, output)];
    return [{ key: `${id}.${output}`, label, url, preview: { url: small }, kind, ...(items && { items }) }];
  });
}

/** Whether a node is given a list where it takes one value, by a link or by a node that is itself. */
function runsForItems(editor: Editor, id: string, below: ReadonlySet<string> = new Set()): boolean {
  if (below.has(id) || editor.graph.nodes[id]?.pinned !== undefined) return false;
  const inside = new Set([...below, id]);
  return Object.entries(editor.describe(id)?.inputs ?? {}).some(([name, { schema }]) => {
    const value = editor.graph.nodes[id]?.inputs[name];
    const source = value === undefined || schema.type === "list" ? undefined : linkSource(value);
    if (!source) return false;
    const brings = editor.describe(source.node)?.outputs[source.output]?.schema.type;
    return brings === "list" || runsForItems(editor, source.node, inside);
  });
}

function pictureKind(schema: CatalogNode["outputs"][string]["schema"]): ViewedPicture["kind"] | undefined {
  if (schema.type === "list") return pictureKind(schema.items);
  if (schema.type !== "socket") return undefined;
  return schema.name === "image" || schema.name === "mask" ? schema.name : undefined;
}
