import { namedInputOf } from "../document/commands/inputs.ts";
import { addNode } from "../document/commands/nodes.ts";
import { freshId } from "../document/fresh-id.ts";
import type { InputPlace } from "../document/graph.ts";
import { linksInto } from "../document/links.ts";
import { notesOf } from "../document/view.ts";
import { freeBox, sizeWithPicture } from "../layout/picture-cards.ts";
import { chooseWidget } from "../widgets/choose-widget.ts";
import type { Editor } from "./editor.ts";
import type { Services } from "./services.ts";

/** Whether a field names the picture file of a mask: it follows a named input of that type. */
export function isMaskPicture(editor: Editor, { node, input }: InputPlace): boolean {
  const name = namedInputOf(editor.graph.nodes[node]?.inputs[input]);
  return name !== undefined && editor.graph.inputs[name]?.type === "mask";
}

/** Whether a field is painted: strokes, or the picture of a mask. Everything else is an outline, a point or a box. */
export function isPainted(editor: Editor, place: InputPlace): boolean {
  const description = editor.describe(place.node)?.inputs[place.input];
  const isStrokes = description !== undefined && chooseWidget(description) === "strokes";
  return isStrokes || isMaskPicture(editor, place);
}

/** Where something is drawn on a node's picture: strokes, or an outline. */
function drawnInput(editor: Editor, node: string): InputPlace | undefined {
  const inputs = Object.entries(editor.describe(node)?.inputs ?? {});
  const found = inputs.find(([, input]) => ["strokes", "points"].includes(chooseWidget(input)));
  return found && { node, input: found[0] };
}

function imageOutput(editor: Editor, node: string): string | undefined {
  const outputs = Object.entries(editor.describe(node)?.outputs ?? {});
  return outputs.find(([, { schema }]) => schema.type === "socket" && schema.name === "image")?.[0];
}

/** Whether a mask can be drawn on what a node shows. */
export function canDrawMask(editor: Editor, node: string): boolean {
  return drawnInput(editor, node) !== undefined || imageOutput(editor, node) !== undefined;
}

/** Opens a mask node's drawing; of a node that gives a picture, that of the mask painted on it, which is made if need be. */
export function drawMask(editor: Editor, services: Services, node: string): void {
  const place = drawnInput(editor, node) ?? paintedOn(editor, node) ?? addPaint(editor, services, node);
  if (place) services.editShape(place);
}

/** The painted mask of a node's picture, if there is one. */
function paintedOn(editor: Editor, node: string): InputPlace | undefined {
  const found = Object.entries(editor.graph.nodes).find(
    ([id, other]) => other.type === "mask/paint" && linksInto(id, other).some(({ from }) => from.node === node),
  );
  return found && drawnInput(editor, found[0]);
}

function addPaint(editor: Editor, services: Services, node: string): InputPlace | undefined {
  const description = editor.known.nodes["mask/paint"];
  const output = imageOutput(editor, node);
  const box = editor.layout.box(node);
  if (!description || output === undefined || !box) return undefined;
  const id = freshId(description.type, (taken) => Object.hasOwn(editor.graph.nodes, taken));
  const from = { node, output };
  // It shows the picture too, so it is free down to where that will end.
  const at = freeBox(
    { layout: editor.layout, notes: notesOf(editor.graph) },
    { x: box.x + box.w + 80, y: box.y, ...sizeWithPicture(description) },
  );
  editor.run(addNode({ id, description, at, input: { name: "image", from } }));
  editor.selection.set([id]);
  services.canvas()?.showBox(at);
  return drawnInput(editor, id);
}
