import type { CatalogNode } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { drawableOf, imageInput } from "../shape/drawable.ts";
import { whenIdle } from "../state/when-idle.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";
import { fileRead, pictureOrigin } from "./picture-origin.ts";
import type { NodePicture } from "./pictures.ts";

/** Where pictures of the workspace can be seen. */
export interface PictureAddresses {
  /** The picture itself: its size is read from it. */
  full(path: string): string;
  small(path: string): string;
}

/**
 * Shows on each node that reads a picture file that picture, and on each node that draws on a picture the one below, as
 * far as it is known before a run.
 */
export function showFilePictures(editor: Editor, addresses: PictureAddresses): () => void {
  // Nodes that read the same file share what is known of it.
  const known = new Map<string, Promise<NodePicture | undefined>>();
  const shown = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = async (id: string, path: string): Promise<void> => {
    const picture = await (known.get(path) ?? remember(path));
    if (shown.get(id) !== path) return;
    if (picture) editor.pictures.set(id, picture);
    else if (editor.pictures.get(id)?.source === "file") editor.pictures.set(id, undefined);
  };
  const remember = (path: string): Promise<NodePicture | undefined> => {
    const [url, full] = [addresses.small(path), addresses.full(path)];
    const picture = measure(full).then((size) => size && ({ url, full, ...size, source: "file" } as const));
    known.set(path, picture);
    return picture;
  };
  const update = (): void => {
    for (const id of shown.keys()) {
      if (Object.hasOwn(editor.graph.nodes, id)) continue;
      shown.delete(id);
      editor.pictures.set(id, undefined);
    }
    for (const id of Object.keys(editor.graph.nodes)) {
      const path = picturePath(editor, id);
      if (path === shown.get(id)) continue;
      if (path === undefined) {
        shown.delete(id);
        if (editor.pictures.get(id)?.source === "file") editor.pictures.set(id, undefined);
      } else {
        shown.set(id, path);
        void show(id, path);
      }
    }
  };
  const callOff = whenIdle(update);
  let { nodes, inputs } = editor.graph;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(update, 60);
  };
  const stop = editor.document.onChange(() => {
    if (editor.graph.nodes === nodes && editor.graph.inputs === inputs) return;
    ({ nodes, inputs } = editor.graph);
    soon();
  });
  // Another use of the same sub-workflow is given another picture.
  const leave = editor.path.subscribe(soon);
  return () => {
    callOff();
    clearTimeout(timer);
    leave();
    stop();
  };
}

function measure(url: string): Promise<{ readonly width: number; readonly height: number } | undefined> {
  return new Promise((resolve) => {
    const image = new Image();
    image.addEventListener("load", () => resolve({ width: image.naturalWidth, height: image.naturalHeight }));
    image.addEventListener("error", () => resolve(undefined));
    image.src = url;
  });
}

/** Which inputs of a kind of node have to do with pictures. */
interface PictureInputs {
  /** The one that names a file. */
  readonly file?: string | undefined;
  /** The one with the picture that is drawn on. */
  readonly drawnOn?: string | undefined;
}

const inputsOf = new WeakMap<CatalogNode, PictureInputs>();

/** Thousands of nodes are of a few kinds. */
function pictureInputs(description: CatalogNode): PictureInputs {
  const known = inputsOf.get(description);
  if (known) return known;
  const file = inputWith(description, (kind) => kind === "file");
  const draws = inputWith(description, (kind) => kind === "strokes") !== undefined || drawableOf(description);
  const found = { file, drawnOn: draws ? imageInput(description) : undefined };
  inputsOf.set(description, found);
  return found;
}

/** The picture file that a node reads, or that what it draws on reads. */
function picturePath(editor: Editor, id: string): string | undefined {
  const description = editor.describe(id);
  if (!description) return undefined;
  const { file, drawnOn } = pictureInputs(description);
  if (file !== undefined) return fileRead(editor, id);
  const origin = drawnOn === undefined ? undefined : pictureOrigin(editor, { node: id, input: drawnOn });
  return origin && "file" in origin ? origin.file : undefined;
}

function inputWith({ inputs }: CatalogNode, test: (kind: string) => boolean): string | undefined {
  return Object.entries(inputs).find(([, input]) => test(chooseWidget(input)))?.[0];
}
