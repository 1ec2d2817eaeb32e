import type { ImageValue } from "@inlay/engine";
import { parseColour } from "../pixels/colour.ts";
import { drawLine, fitText, textWidth } from "../text/draw-line.ts";
import type { Sheet } from "./plan-sheet.ts";

/** Writes a line below a cell, in its middle; what is wider than the cell is cut off with two dots. */
export function drawLabel(
  canvas: ImageValue,
  sheet: Sheet,
  place: number,
  label: { readonly text: string; readonly color: string },
): void {
  const box = sheet.label(place);
  const scale = sheet.labelScale;
  const text = fitText(label.text, box.width, scale);
  const left = box.left + Math.floor((box.width - textWidth(text, scale)) / 2);
  const pixel = parseColour(label.color).slice(0, canvas.channels);
  drawLine(canvas, { text, left, top: box.top, scale, pixel });
}
