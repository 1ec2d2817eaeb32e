import type { Canvas } from "../pixels/lay-into.ts";
import { glyphOf, glyphSize } from "./glyphs.ts";

/** One line of text on a canvas of 8-bit samples. */
export interface TextLine {
  readonly text: string;
  /** The place of the first glyph's top left corner. */
  readonly left: number;
  readonly top: number;
  /** Pixels a dot: 1 makes letters 7 px high. */
  readonly scale: number;
  /** One sample for each channel of the canvas. */
  readonly pixel: readonly number[];
}

const advance = glyphSize.width + 1;

/** The width of a text in pixels. */
export function textWidth(text: string, scale: number): number {
  return Math.max(0, charactersOf(text).length * advance - 1) * scale;
}

/** The text, or its beginning and two dots where it would be wider than that. */
export function fitText(text: string, width: number, scale: number): string {
  if (textWidth(text, scale) <= width) return text;
  const room = Math.floor((width / scale + 1) / advance) - 2;
  return room < 1 ? "" : `${charactersOf(text).slice(0, room).join("")}..`;
}

/**
 * Draws a text in dots, without a font of the system: it looks the same everywhere. It must lie within the canvas.
 */
export function drawLine(canvas: Canvas, line: TextLine): void {
  charactersOf(line.text).forEach((character, i) => {
    const left = line.left + i * advance * line.scale;
    glyphOf(character).forEach((column, x) => drawColumn(canvas, line, left + x * line.scale, column));
  });
}

function charactersOf(text: string): string[] {
  return Array.from(text.normalize("NFC").replaceAll(/\s/gu, " "));
}

function drawColumn(canvas: Canvas, { top, scale, pixel }: TextLine, left: number, column: number): void {
  const dot = Array.from({ length: scale }, () => pixel).flat();
  for (let y = 0; y < glyphSize.height * scale; y++) {
    if (((column >> Math.floor(y / scale)) & 1) === 0) continue;
    canvas.data.set(dot, ((top + y) * canvas.width + left) * canvas.channels);
  }
}
