import type { Editor } from "../../app/editor.ts";
import { together } from "../../document/steps.ts";
import { setField } from "../field-value.ts";
import { lockShape, shapeKey } from "./locked-shape.ts";
import type { Sides } from "./sides.ts";
import type { SizePair } from "./size-pair.ts";

/** Sets both sides of a size in one step of undo; a locked shape is the new one from then on. */
export function setSize(editor: Editor, node: string, pair: SizePair, { width, height }: Sides): void {
  editor.document.seal();
  editor.drafts.set(`${node}.${pair.width}`, undefined);
  editor.drafts.set(`${node}.${pair.height}`, undefined);
  editor.run(
    together("value", [
      setField(editor, { node, input: pair.width }, width),
      setField(editor, { node, input: pair.height }, height),
    ]),
  );
  if (editor.lockedShapes.get(shapeKey(node, pair)) !== undefined) lockShape(editor, node, pair, true);
}
