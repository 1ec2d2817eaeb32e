import type { Editor } from "../app/editor.ts";
import { linkSource } from "../document/links.ts";
import type { NodePicture } from "../session/pictures.ts";
import { imageInput } from "./drawable.ts";

/** The picture that is drawn on: the file below, else what the node before has made. */
export function pictureBelow(editor: Editor, id: string): NodePicture | undefined {
  const own = editor.pictures.get(id);
  if (own?.source === "file") return own;
  const input = imageInput(editor.describe(id));
  const value = input === undefined ? undefined : editor.graph.nodes[id]?.inputs[input];
  const source = value === undefined ? undefined : linkSource(value);
  return (source && editor.pictures.get(source.node)) ?? own;
}
