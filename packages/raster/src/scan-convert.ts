import { coverageRow } from "./coverage-row.ts";
import { columnUnits, rowUnits } from "./fixed-point.ts";
import { checkSize } from "./raster-error.ts";

/** Where a shape is drawn. */
export interface Canvas {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /**
   * `true` (the default): an edge pixel gets the part of it that is covered, measured on 8 sub-scanlines with
   * 1/256 px horizontally. `false`: a pixel is 255 when its centre is inside, else 0.
   */
  readonly antialias?: boolean;
}

/** A shape as spans: calls `add` for each span at the height `y` (1/16 px). Spans of one height do not overlap. */
export type SpanSource = (y: number, add: (start: number, end: number) => void) => void;

const subScanlines = 8;

/** Draws the spans between `top` and `bottom` (1/16 px), with rising `y`, to a new mask of `width × height` samples. */
export function scanConvert(canvas: Canvas, top: number, bottom: number, spansAt: SpanSource): Uint8Array {
  const { width, height, antialias = true } = canvas;
  checkSize(width, height);
  const out = new Uint8Array(width * height);
  const row = coverageRow(width, antialias ? subScanlines : 1);
  const add = antialias ? row.add : (start: number, end: number) => row.add(toPixelCentre(start), toPixelCentre(end));
  const first = Math.max(0, Math.floor(top / rowUnits));
  const end = Math.min(height, Math.ceil(bottom / rowUnits));
  for (let y = first; y < end; y++) {
    const base = y * rowUnits;
    if (antialias) for (let sub = 1; sub < rowUnits; sub += 2) spansAt(base + sub, add);
    else spansAt(base + rowUnits / 2, add);
    row.flush(out, y * width);
  }
  return out;
}

/** The left edge of the first pixel whose centre is at or beyond `position`; both in 1/256 px. */
function toPixelCentre(position: number): number {
  return Math.ceil((position - columnUnits / 2) / columnUnits) * columnUnits;
}
