import type { Editor } from "../app/editor.ts";
import { pictureOrigin } from "../session/picture-origin.ts";
import type { NodePicture } from "../session/pictures.ts";
import { imageInput } from "./drawable.ts";

/** The picture that is drawn on: the file below, else what the node before has made. */
export function pictureBelow(editor: Editor, id: string): NodePicture | undefined {
  const own = editor.pictures.get(id);
  if (own?.source === "file") return own;
  const input = imageInput(editor.describe(id));
  const origin = input === undefined ? undefined : pictureOrigin(editor, { node: id, input });
  return (origin && "node" in origin ? editor.made.get(origin.node) : undefined) ?? own;
}
