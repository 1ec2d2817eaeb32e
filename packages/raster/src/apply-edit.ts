import { checkEdit } from "./check-edit.ts";
import { areaAroundSteps } from "./fill-area.ts";
import { featherMaskSteps } from "./feather-mask.ts";
import { fillHolesSteps } from "./fill-holes.ts";
import { gradientRow } from "./gradient-row.ts";
import { growMaskSteps, shrinkMaskSteps } from "./grow-mask.ts";
import type {
  BoxEdit,
  EditMode,
  FillEdit,
  GradientEdit,
  ImportEdit,
  MaskEdit,
  OutlineEdit,
  SpansEdit,
} from "./mask-edit.ts";
import { unpackMaskSteps } from "./pack-mask.ts";
import { checkSize } from "./raster-error.ts";
import type { Point } from "./rasterize-polygon.ts";
import { rasterizeEllipse } from "./rasterize-ellipse.ts";
import { rasterizePolygon } from "./rasterize-polygon.ts";
import { rasterizeRectangle } from "./rasterize-rectangle.ts";
import { eachSpan } from "./row-spans.ts";
import { runToEnd } from "./run-to-end.ts";
import { decodePoints } from "./stroke.ts";
import { type MaskCanvas, startStroke } from "./stroke-painter.ts";

/** The steps of an edit: they yield their progress (0–1) every few milliseconds. */
type Steps = Generator<number, void, void>;

/**
 * Does one edit to a mask, in place. The same edits give the same bytes everywhere.
 *
 * Throws `raster.bad-size`, `raster.bad-stroke`.
 */
export function applyEdit(canvas: MaskCanvas, edit: MaskEdit): void {
  runToEnd(applyEditSteps(canvas, edit));
}

/** The same as `applyEdit` in steps of a few milliseconds: yields its progress (0–1). */
export function* applyEditSteps(canvas: MaskCanvas, edit: MaskEdit): Steps {
  checkSize(canvas.width, canvas.height, canvas.data.length);
  checkEdit(edit);
  yield* stepsOf(canvas, edit);
}

/**
 * Does edits one after the other to a copy of a mask, which it returns; yields its progress (0–1) every few
 * milliseconds. Throws `raster.bad-size`, `raster.bad-stroke`.
 *
 * @example
 * const edits = [{ tool: "ellipse", mode: "add", points: [[80, 80], [800, 400]] }, { tool: "feather", radius: 8 }] as const;
 * const steps = applyEditsSteps({ width: 640, height: 480, data: new Uint8Array(640 * 480) }, edits);
 */
export function* applyEditsSteps(base: MaskCanvas, edits: readonly MaskEdit[]): Generator<number, Uint8Array, void> {
  const canvas = { ...base, data: base.data.slice() };
  checkSize(canvas.width, canvas.height, canvas.data.length);
  for (const edit of edits) checkEdit(edit);
  for (const [index, edit] of edits.entries()) {
    for (const part of stepsOf(canvas, edit)) yield (index + part) / edits.length;
    yield (index + 1) / edits.length;
  }
  return canvas.data;
}

function stepsOf(canvas: MaskCanvas, edit: MaskEdit): Steps {
  switch (edit.tool) {
    case "brush":
    case "eraser":
      return voided(startStroke(canvas, edit).extendSteps(decodePoints(edit.points), edit.pressure));
    case "lasso":
    case "polygon":
    case "rectangle":
    case "ellipse":
      return shapeSteps(canvas, edit);
    case "fill":
      return fillSteps(canvas, edit);
    case "wand":
    case "color-range":
      return spanSteps(canvas, edit);
    case "gradient":
      return gradientSteps(canvas, edit);
    case "import":
      return importSteps(canvas, edit);
    case "clear":
      return inRows(canvas, (row) => void row.fill(0));
    case "invert":
      return inRows(canvas, (row) => {
        for (let i = 0; i < row.length; i++) row[i] = 255 - row[i]!;
      });
    case "threshold":
      return inRows(canvas, (row) => {
        for (let i = 0; i < row.length; i++) row[i] = row[i]! >= edit.level ? 255 : 0;
      });
    case "fill-holes":
      return replaced(canvas, fillHolesSteps(canvas.data, canvas.width, canvas.height));
    case "grow":
      return replaced(canvas, growMaskSteps(canvas.data, canvas.width, canvas.height, edit));
    case "shrink":
      return replaced(canvas, shrinkMaskSteps(canvas.data, canvas.width, canvas.height, edit));
    case "feather":
      return replaced(canvas, featherMaskSteps(canvas.data, canvas.width, canvas.height, edit.radius));
  }
}

function* voided(steps: Generator<number, unknown, void>): Steps {
  yield* steps;
}

function* replaced({ data }: MaskCanvas, steps: Generator<number, Uint8Array, void>): Steps {
  data.set(yield* steps);
}

/** Samples a step handles: a few milliseconds. */
const samplesPerStep = 2 ** 20;

function* inRows({ width, height, data }: MaskCanvas, change: (row: Uint8Array, y: number) => void): Steps {
  const rowsPerStep = Math.ceil(samplesPerStep / width);
  for (let y = 0; y < height; y++) {
    change(data.subarray(y * width, (y + 1) * width), y);
    if (y % rowsPerStep === rowsPerStep - 1) yield y / height;
  }
}

/** Rows of an area that is put into the mask, which may be smaller than the mask and stand anywhere in it. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Puts an area into the mask; beside it there is nothing selected. */
function combine(canvas: MaskCanvas, mode: EditMode, { x, y, width, height, data }: Area): Steps {
  return inRows(canvas, (row, at) => {
    const isInside = at >= y && at < y + height;
    if (mode === "intersect") {
      row.fill(0, 0, isInside ? x : canvas.width);
      if (isInside) row.fill(0, x + width);
    }
    if (isInside) mix(row.subarray(x, x + width), data.subarray((at - y) * width, (at - y + 1) * width), mode);
  });
}

function mix(row: Uint8Array, area: Uint8Array, mode: EditMode): void {
  if (mode === "add") for (let i = 0; i < row.length; i++) row[i] = Math.max(row[i]!, area[i]!);
  else if (mode === "subtract") for (let i = 0; i < row.length; i++) row[i] = Math.min(row[i]!, 255 - area[i]!);
  else for (let i = 0; i < row.length; i++) row[i] = Math.min(row[i]!, area[i]!);
}

/** The whole pixels that hold all corners, inside the mask. `undefined` when there are none. */
function windowOf(points: readonly Point[], canvas: MaskCanvas): Omit<Area, "data"> | undefined {
  let [left, top] = points[0]!;
  let [right, bottom] = points[0]!;
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const x = Math.max(0, Math.floor(left / 8));
  const y = Math.max(0, Math.floor(top / 8));
  const width = Math.min(canvas.width, Math.ceil(right / 8)) - x;
  const height = Math.min(canvas.height, Math.ceil(bottom / 8)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

function* shapeSteps(canvas: MaskCanvas, edit: OutlineEdit | BoxEdit): Steps {
  const points = decodePoints(edit.points);
  const window = windowOf(points, canvas);
  if (window) {
    // Moving a shape by whole pixels gives the same samples: only its own window is drawn.
    const local = points.map(([x, y]): Point => [x / 8 - window.x, y / 8 - window.y]);
    return yield* combine(canvas, edit.mode, { ...window, data: drawShape(edit.tool, window, local) });
  }
  if (edit.mode === "intersect") canvas.data.fill(0);
}

function drawShape(
  tool: (OutlineEdit | BoxEdit)["tool"],
  canvas: { readonly width: number; readonly height: number },
  points: readonly Point[],
): Uint8Array {
  if (tool === "lasso" || tool === "polygon") return rasterizePolygon(canvas, { points });
  const [[ax, ay], [bx, by]] = points as readonly [Point, Point];
  const [width, height] = [Math.abs(bx - ax), Math.abs(by - ay)];
  if (tool === "rectangle")
    return rasterizeRectangle(canvas, { x: Math.min(ax, bx), y: Math.min(ay, by), width, height });
  const centre = { centerX: (ax + bx) / 2, centerY: (ay + by) / 2 };
  return rasterizeEllipse(canvas, { ...centre, radiusX: width / 2, radiusY: height / 2 });
}

function* fillSteps(canvas: MaskCanvas, { mode, points }: FillEdit): Steps {
  const { width, height, data } = canvas;
  const value = mode === "add" ? 255 : 0;
  if (!points) return void data.fill(value);
  const [[pointX, pointY]] = decodePoints(points) as readonly [Point];
  const [x, y] = [Math.floor(pointX / 8), Math.floor(pointY / 8)];
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  // Taking away is the same on the mask turned round.
  const source = mode === "add" ? data : data.map((sample) => 255 - sample);
  const area = yield* areaAroundSteps(source, width, height, [x, y]);
  yield* inRows(canvas, (row, at) => {
    for (let i = 0; i < width; i++) if (area[at * width + i] !== 0) row[i] = value;
  });
}

function* spanSteps(canvas: MaskCanvas, { mode, spans }: SpansEdit): Steps {
  const { width, height, data } = canvas;
  let after = 0;
  eachSpan(spans, width, height, (start, end) => {
    if (mode !== "intersect") return void data.fill(mode === "add" ? 255 : 0, start, end);
    if (start > after) data.fill(0, after, start);
    after = Math.max(after, end);
  });
  if (mode === "intersect") data.fill(0, after);
  yield 1;
}

function* gradientSteps(canvas: MaskCanvas, { mode, shape, points }: GradientEdit): Steps {
  const [from, to] = decodePoints(points) as readonly [Point, Point];
  const levels = gradientRow(shape, from, to);
  const line = new Uint8Array(canvas.width);
  yield* inRows(canvas, (row, y) => {
    levels(y, line);
    mix(row, line, mode);
  });
}

function* importSteps(canvas: MaskCanvas, { mode, size: [width, height], data }: ImportEdit): Steps {
  const samples = yield* unpackMaskSteps(data, width, height);
  const shown = { width: Math.min(width, canvas.width), height: Math.min(height, canvas.height) };
  const rows = shown.width === width ? samples : cropped(samples, width, shown);
  yield* combine(canvas, mode, { x: 0, y: 0, ...shown, data: rows });
}

function cropped(
  samples: Uint8Array,
  stride: number,
  { width, height }: { width: number; height: number },
): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) out.set(samples.subarray(y * stride, y * stride + width), y * width);
  return out;
}
