import type { Editor } from "../../app/editor.ts";
import type { JsonValue } from "@inlay/engine";
import { together } from "../../document/steps.ts";
import type { Command, InputPlace } from "../../document/graph.ts";
import { isLinked } from "../../document/links.ts";
import { clamp, numberSchema } from "../number-value.ts";
import { setField } from "../field-value.ts";
import { sidesOf } from "./sides.ts";
import { type SizePair, sizeWith } from "./size-pair.ts";

/** Under which the locked shape of a node's size is kept: width ÷ height. */
export function shapeKey(node: string, { width }: SizePair): string {
  return `${node}.${width}`;
}

/** Keeps the shape that a size has now, or lets it go. */
export function lockShape(editor: Editor, node: string, pair: SizePair, isLocked: boolean): void {
  const { width, height } = sidesOf(editor, node, pair);
  const shape = isLocked && width && height ? width / height : undefined;
  editor.lockedShapes.set(shapeKey(node, pair), shape);
}

/** Sets a field; a side of a size whose shape is locked takes the other side along, in the same step. */
export function setWithShape(editor: Editor, place: InputPlace, value: JsonValue | undefined): Command {
  const command = setField(editor, place, value);
  const other = typeof value === "number" ? otherSide(editor, place, value) : undefined;
  return other ? together("value", [command, setField(editor, ...other)]) : command;
}

function otherSide(editor: Editor, { node, input }: InputPlace, value: number) {
  const inputs = editor.describe(node)?.inputs ?? {};
  const pair = sizeWith(inputs, input);
  const shape = pair && editor.lockedShapes.get(shapeKey(node, pair));
  if (!pair || shape === undefined) return undefined;
  const other = input === pair.width ? pair.height : pair.width;
  if (isLinked(editor.graph.nodes[node]?.inputs[other])) return undefined;
  const side = input === pair.width ? value / shape : value * shape;
  return [{ node, input: other }, clamp(numberSchema(inputs[other]!.schema), side)] as const;
}
