import type { Editor } from "../app/editor.ts";
import type { InputPlace } from "../document/graph.ts";
import { linkSource } from "../document/links.ts";
import { fileUrl, outputUrl, thumbnailUrl } from "../server/api.ts";
import { fileRead, pictureOrigin } from "../session/picture-origin.ts";

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
  const baseSource = mask === undefined ? undefined : pixelsOf(editor, node, mask, run);
  return {
    source,
    ...addressesOf(source),
    hasBase: base !== undefined,
    baseUrl: baseSource && addressesOf(baseSource).url,
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
  const origin = pictureOrigin(editor, { node, input });
  if (!origin || "file" in origin) return origin;
  return run !== undefined && editor.hasMade(origin.node) ? { run, ...origin } : undefined;
}

/** The picture file that a node reads as it is. */
function fileOf(editor: Editor, node: string): PixelSource | undefined {
  const file = editor.graph.nodes[node]?.type === "image/load" ? fileRead(editor, node) : undefined;
  return file === undefined ? undefined : { file };
}
