import { type Asset, isJsonObject, type JsonValue, referenceOf } from "@inlay/engine";
import { editProblem, type MaskEdit } from "@inlay/raster";
import type { Editor } from "../app/editor.ts";
import { namedInputOf } from "../document/commands/inputs.ts";
import type { Command, InputPlace } from "../document/graph.ts";
import { api, fileUrl } from "../server/api.ts";

/** Longer lists lie in an asset: 256 KiB of JSON. */
const longestText = 256 * 1024;
/** An asset of at most so many bytes travels inside of the workflow. */
const mostInside = 256 * 1024;

/** The edits that a mask node has; `problem` when they cannot be edited here. */
export type KeptStrokes = { readonly edits: readonly MaskEdit[] } | { readonly problem: "linked" | "unreadable" };

/** Reads a node's strokes from where they are: its own input, a named input, or an asset or file that these name. */
export async function readStrokes(editor: Editor, { node, input }: InputPlace): Promise<KeptStrokes> {
  const own = editor.graph.nodes[node]?.inputs[input];
  const name = namedInputOf(own);
  const value = name === undefined ? own : editor.graph.inputs[name]?.default;
  if (value === undefined) return { edits: [] };
  if (Array.isArray(value)) return checked(value as readonly JsonValue[]);
  const reference = referenceOf(value);
  if (reference?.kind === "link") return { problem: "linked" };
  try {
    if (reference?.kind === "file") return checked(await fetched(fileUrl(reference.path)));
    const asset = reference?.kind === "asset" ? editor.document.workflow.assets[reference.sha256] : undefined;
    if (!asset) return { problem: "unreadable" };
    return checked(await fetched(asset.data === undefined ? fileUrl(asset.path ?? "") : `data:;base64,${asset.data}`));
  } catch {
    return { problem: "unreadable" };
  }
}

function checked(list: unknown): KeptStrokes {
  const isFine =
    Array.isArray(list) &&
    (list as readonly JsonValue[]).every((edit) => isJsonObject(edit) && editProblem(edit) === undefined);
  return isFine ? { edits: list as unknown as readonly MaskEdit[] } : { problem: "unreadable" };
}

async function fetched(url: string): Promise<unknown> {
  const bytes = url.startsWith("data:") ? fromBase64(url.slice(url.indexOf(",") + 1)) : await download(url);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const stream = new Blob([bytes]).stream();
  const plain = isPacked ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
  return JSON.parse(await new Response(plain).text()) as unknown;
}

async function download(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Sets the strokes where they belong: in the node's input, or in the named input that it has. */
export function writeStrokes(editor: Editor, place: InputPlace, edits: readonly MaskEdit[]): Command {
  return setStrokes(editor, place, edits.length === 0 ? undefined : (edits as unknown as JsonValue));
}

/** The command that puts a long list of strokes into an asset; undefined when it is not long. */
export async function strokesAsAsset(
  editor: Editor,
  place: InputPlace,
  edits: readonly MaskEdit[],
): Promise<Command | undefined> {
  const text = JSON.stringify(edits);
  if (text.length <= longestText) return undefined;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const [sha256, entry] = await assetOf(bytes, place.node);
  return setStrokes(editor, place, { $asset: sha256 }, { sha256, asset: entry });
}

async function assetOf(bytes: Uint8Array<ArrayBuffer>, node: string): Promise<readonly [string, Asset]> {
  const common = { name: `${node}.json.gz`, mime: "application/gzip", size: bytes.length };
  if (bytes.length > mostInside) {
    const { sha256, path } = await api.keepStrokes(bytes, node);
    return [sha256, { ...common, path }];
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [sha256, { ...common, data: toBase64(bytes) }];
}

function setStrokes(
  editor: Editor,
  { node, input }: InputPlace,
  value: JsonValue | undefined,
  added?: { readonly sha256: string; readonly asset: Asset },
): Command {
  const own = editor.graph.nodes[node]?.inputs[input];
  const name = namedInputOf(own);
  const before = name === undefined ? own : editor.graph.inputs[name]?.default;
  const gone = before === undefined ? undefined : onlyHere(editor, before);
  return {
    name: "mask",
    apply(graph, _base, workflow) {
      const target = graph.nodes[node];
      if (!target) return;
      const named = name === undefined ? undefined : graph.inputs[name];
      if (named && name !== undefined) {
        // Only a named input that is a file may bring an asset.
        const isAsset = value !== undefined && referenceOf(value) !== undefined;
        graph.inputs[name] = { ...named, type: isAsset ? "file" : "json", default: value ?? [] };
      } else if (value === undefined) delete target.inputs[input];
      else target.inputs[input] = value;
      if (gone !== undefined) delete workflow.assets[gone];
      if (added) workflow.assets[added.sha256] = added.asset;
    },
  };
}

/** The asset that a value names, when nothing else in the workflow does. */
function onlyHere(editor: Editor, value: JsonValue): string | undefined {
  const reference = referenceOf(value);
  if (reference?.kind !== "asset") return undefined;
  const { assets: _, ...others } = editor.document.workflow;
  return JSON.stringify(others).split(reference.sha256).length === 2 ? reference.sha256 : undefined;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}
