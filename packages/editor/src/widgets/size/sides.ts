import type { Editor } from "../../app/editor.ts";
import { useEditor, useNamedInputs, useNode } from "../../app/editor-context.ts";
import { fieldValue } from "../field-value.ts";
import type { SizePair } from "./size-pair.ts";

/** The two sides of a size in pixels; one that has no value is undefined. */
export interface Sides {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** Both sides as the fields show them. */
export function sidesOf(editor: Editor, node: string, { width, height }: SizePair): Sides {
  return { width: sideOf(editor, node, width), height: sideOf(editor, node, height) };
}

/** Both sides, kept up to date. */
export function useSides(node: string, pair: SizePair): Sides {
  useNode(node);
  useNamedInputs();
  return sidesOf(useEditor(), node, pair);
}

function sideOf(editor: Editor, node: string, input: string): number | undefined {
  const value = fieldValue(editor, { node, input });
  return typeof value === "number" ? value : undefined;
}
