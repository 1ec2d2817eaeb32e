import { type JsonValue, referenceOf } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { namedInputOf } from "../document/commands/inputs.ts";
import type { InputPlace } from "../document/graph.ts";
import { linkSource } from "../document/links.ts";
import { fileUrl, outputUrl, thumbnailUrl } from "../server/api.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";

/** Where the server finds a picture's raw pixels: a file of the workspace, or what a node gave in a run. */
type PixelSource = { readonly file: string } | { readonly run: string; readonly node: string; readonly output: string };

/** The picture that a mask is drawn for, and the mask that is painted on, as far as they are known before a run. */
export interface MaskSource {
  readonly source: PixelSource;
  readonly url: string;
  /** A smaller copy that a browser can always show. */
  readonly fallback: string;
  /** The address of the mask that is painted on, when it is known. */
  readonly baseUrl?: string | undefined;
  /** Something is linked as mask to paint on. */
  readonly hasBase: boolean;
}

/** Finds the picture of a mask node; undefined when it is only known after a run. */
export function maskSource(editor: Editor, node: string, run: string | undefined): MaskSource | undefined {
  const inputs = Object.entries(editor.describe(node)?.inputs ?? {});
  const inputOf = (kind: "image" | "mask") =>
    inputs.find(([, { schema }]) => schema.type === "socket" && schema.name === kind)?.[0];
  const [image, mask] = [inputOf("image"), inputOf("mask")];
  const source = image === undefined ? undefined : pixelsOf(editor, node, image, run);
  if (!source) return undefined;
  const base = mask === undefined ? undefined : editor.graph.nodes[node]?.inputs[mask];
  const baseOutput = mask === undefined ? undefined : outputOf(editor, node, mask, run);
  return {
    source,
    ...addressesOf(source),
    hasBase: base !== undefined,
    baseUrl: baseOutput && outputUrl(baseOutput.run, baseOutput.node, baseOutput.output),
  };
}

/**
 * What the picture of a mask is drawn on: the picture that goes, with that mask, into the first node behind it; where there
 * is none, the first other picture that is loaded.
 */
export function pictureSource(editor: Editor, place: InputPlace, run: string | undefined): MaskSource | undefined {
  const behind = new Set([place.node]);
  const sources: (PixelSource | undefined)[] = [];
  for (const id of behind) {
    for (const { to } of editor.layout.linksOutOf(id)) behind.add(to.node);
    const image = id === place.node ? undefined : imageBeside(editor, id, behind);
    if (image !== undefined) sources.push(pixelsOf(editor, id, image, run));
  }
  for (const id of Object.keys(editor.graph.nodes)) if (id !== place.node) sources.push(fileOf(editor, id));
  const source = sources.find((found) => found !== undefined);
  const mask = fileOf(editor, place.node);
  return (
    source && {
      source,
      ...addressesOf(source),
      hasBase: mask !== undefined,
      baseUrl: mask && addressesOf(mask).url,
    }
  );
}

/** An image input of a node whose link does not come from the mask itself. */
function imageBeside(editor: Editor, node: string, behind: ReadonlySet<string>): string | undefined {
  const inputs = Object.entries(editor.describe(node)?.inputs ?? {});
  return inputs.find(([name, { schema }]) => {
    const value = editor.graph.nodes[node]?.inputs[name];
    const from = value === undefined ? undefined : linkSource(value);
    return schema.type === "socket" && schema.name === "image" && from !== undefined && !behind.has(from.node);
  })?.[0];
}

function addressesOf(source: PixelSource): Pick<MaskSource, "url" | "fallback"> {
  if ("file" in source) return { url: fileUrl(source.file), fallback: thumbnailUrl(source.file, 1024) };
  const url = outputUrl(source.run, source.node, source.output);
  return { url, fallback: url };
}

function pixelsOf(editor: Editor, node: string, input: string, run: string | undefined): PixelSource | undefined {
  const value = editor.graph.nodes[node]?.inputs[input];
  const from = value === undefined ? undefined : linkSource(value);
  return (from && fileOf(editor, from.node)) ?? outputOf(editor, node, input, run);
}

/** The picture file that a node reads as it is. */
function fileOf(editor: Editor, node: string): PixelSource | undefined {
  if (editor.graph.nodes[node]?.type !== "image/load") return undefined;
  const input = Object.entries(editor.describe(node)?.inputs ?? {}).find(
    ([, description]) => chooseWidget(description) === "file",
  )?.[0];
  const value: JsonValue | undefined = input === undefined ? undefined : editor.graph.nodes[node]?.inputs[input];
  const name = namedInputOf(value);
  const given = name === undefined ? value : editor.graph.inputs[name]?.default;
  const reference = given === undefined ? undefined : referenceOf(given);
  if (reference?.kind === "asset") {
    const path = editor.document.workflow.assets[reference.sha256]?.path;
    return path === undefined ? undefined : { file: path };
  }
  return reference?.kind === "file" && !reference.path.includes("://") ? { file: reference.path } : undefined;
}

/** What the node before gave in the last run. */
function outputOf(editor: Editor, node: string, input: string, run: string | undefined) {
  const value = editor.graph.nodes[node]?.inputs[input];
  const from = value === undefined ? undefined : linkSource(value);
  const status = from && editor.states.get(from.node)?.status;
  if (!from || !run || (status !== "succeeded" && status !== "cached")) return undefined;
  return { run, node: editor.runId(from.node), output: from.output };
}
