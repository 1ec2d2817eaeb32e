import type { Box } from "../pixels/box.ts";
import { checkSize } from "../pixels/check-size.ts";
import type { Size } from "../pixels/size.ts";
import { glyphSize } from "../text/glyphs.ts";

export interface SheetOptions {
  readonly columns?: number | undefined;
  readonly cell_width: number;
  readonly cell_height: number;
  readonly gap: number;
  readonly hasLabels: boolean;
  readonly label_scale: number;
}

/** Where everything lies on a contact sheet. */
export interface Sheet extends Size {
  /** The cell of a place, counted from 0 along the rows. */
  cell(place: number): Box;
  /** The line of text below the cell, whose height is that of its letters. */
  label(place: number): Box;
  readonly labelScale: number;
}

/**
 * Plans a sheet of `count` cells. Without `columns` the sheet is about square. A label takes the height of its letters
 * and four of their dots above. Throws `image.too-large`.
 */
export function planSheet(count: number, options: SheetOptions): Sheet {
  const { cell_width, cell_height, gap, hasLabels, label_scale: labelScale } = options;
  const columns = Math.min(count, options.columns ?? squareColumns(count, options));
  const rows = Math.ceil(count / columns);
  const labelHeight = glyphSize.height * labelScale;
  const step = { x: cell_width + gap, y: cell_height + gap + (hasLabels ? labelHeight + 4 * labelScale : 0) };
  const size = { width: gap + columns * step.x, height: gap + rows * step.y };
  checkSize(size);
  const cell = (place: number): Box => ({
    left: gap + (place % columns) * step.x,
    top: gap + Math.floor(place / columns) * step.y,
    width: cell_width,
    height: cell_height,
  });
  const label = (place: number): Box => {
    const above = cell(place);
    return { ...above, top: above.top + cell_height + 4 * labelScale, height: labelHeight };
  };
  return { ...size, cell, label, labelScale };
}

function squareColumns(count: number, { cell_width, cell_height, gap }: SheetOptions): number {
  return Math.max(1, Math.round(Math.sqrt((count * (cell_height + gap)) / (cell_width + gap))));
}
