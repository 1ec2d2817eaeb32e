import type { MaskCanvas } from "@inlay/raster";
import type { ViewPort } from "../viewer/view-port.ts";
import type { MaskView } from "./tool-settings.ts";

/** How a mask is shown over its picture. */
export interface OverlayLook {
  readonly view: MaskView;
  /** 0–1. */
  readonly overlay: number;
  /** `#rrggbb`. */
  readonly color: string;
}

/** A part of the stage in its own pixels. */
export interface StageRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Side of the squares that are seen where a picture is cut out, in pixels of the stage. */
const square = 8;

/**
 * Draws what a part of the stage shows of a mask: each of the stage's pixels looks at the mask's pixel below it, and where
 * the mask is seen smaller, at four of them. The cost is that of the part, whatever the size of the mask.
 */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  mask: MaskCanvas,
  { view, ratio, look, rect }: { view: ViewPort; ratio: number; look: OverlayLook; rect: StageRect },
): void {
  if (rect.width <= 0 || rect.height <= 0) return;
  const scale = view.scale * ratio;
  const columns = positions(rect.x, rect.width, view.x * ratio, scale, mask.width);
  const rows = positions(rect.y, rect.height, view.y * ratio, scale, mask.height);
  const image = context.createImageData(rect.width, rect.height);
  const out = new Uint32Array(image.data.buffer);
  const [even, odd] = lookTables(look);
  const step = scale < 0.75 ? Math.max(1, Math.round(0.5 / scale)) : 0;
  for (let y = 0; y < rect.height; y++) {
    const row = rows[y]!;
    if (row < 0) continue;
    const first = row * mask.width;
    const second = Math.min(mask.height - 1, row + step) * mask.width;
    const isOddRow = ((rect.y + y) / square) & 1;
    for (let x = 0; x < rect.width; x++) {
      const column = columns[x]!;
      if (column < 0) continue;
      const level = step === 0 ? mask.data[first + column]! : around(mask, first, second, column, step);
      const isOdd = (((rect.x + x) / square) & 1) !== isOddRow;
      out[y * rect.width + x] = (isOdd ? odd : even)[level]!;
    }
  }
  context.putImageData(image, rect.x, rect.y);
}

function around({ data, width }: MaskCanvas, first: number, second: number, column: number, step: number): number {
  const next = Math.min(width - 1, column + step);
  return (data[first + column]! + data[first + next]! + data[second + column]! + data[second + next]! + 2) >> 2;
}

/** The mask's column or row below each pixel of the stage; −1 beside it. */
function positions(start: number, count: number, offset: number, scale: number, limit: number): Int32Array {
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const at = Math.floor((start + i + 0.5 - offset) / scale);
    out[i] = at >= 0 && at < limit ? at : -1;
  }
  return out;
}

/** The colour for each level, on the two kinds of squares; bytes are red, green, blue, opacity. */
function lookTables({ view, overlay, color }: OverlayLook): readonly [Uint32Array, Uint32Array] {
  if (view === "mask") {
    const grey = table((level) => [level, level, level, 255]);
    return [grey, grey];
  }
  if (view === "cut-out")
    return [table((level) => [255, 255, 255, 255 - level]), table((level) => [201, 203, 209, 255 - level])];
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [
    number,
    number,
    number,
  ];
  const tint = table((level) => [red, green, blue, Math.round(level * overlay)]);
  return [tint, tint];
}

function table(colorOf: (level: number) => readonly [number, number, number, number]): Uint32Array {
  const bytes = new Uint8Array(1024);
  for (let level = 0; level < 256; level++) bytes.set(colorOf(level), level * 4);
  return new Uint32Array(bytes.buffer);
}
