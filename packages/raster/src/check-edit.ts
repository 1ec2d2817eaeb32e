import { coordinateLimit } from "./fixed-point.ts";
import { type MaskEdit, type MaskTool, maskTools } from "./mask-edit.ts";
import { rasterError } from "./raster-error.ts";
import { strokeLimits } from "./stroke.ts";

/** The largest radius of an edit, in pixels. */
export const editRadiusLimit = 512;
/** How far from the picture's corner a point may lie, in pixels: shapes are moved by up to a picture's size and then still fit. */
const placeLimit = coordinateLimit / 2;

/** An edit as it may stand in a file: any of the fields, of any type. */
type LooseEdit = Readonly<Record<string, unknown>>;

type Rule = (value: unknown) => boolean;

const within =
  (min: number, max: number): Rule =>
  (value) =>
    typeof value === "number" && value >= min && value <= max;
const integer =
  (min: number, max: number): Rule =>
  (value) =>
    Number.isInteger(value) && within(min, max)(value);
const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    typeof value === "string" && values.includes(value);
const listOf =
  (item: Rule, min: number, max = Infinity): Rule =>
  (value) =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(item);
const tuple =
  (...items: readonly Rule[]): Rule =>
  (value) =>
    Array.isArray(value) && value.length === items.length && items.every((item, i) => item(value[i]));

const step = integer(-strokeLimits.maxStep, strokeLimits.maxStep);
const points = (min: number, max?: number): Rule => listOf(tuple(step, step), min, max);
const mode = oneOf("add", "subtract", "intersect");
const count = integer(0, coordinateLimit);
const span = tuple(count, count, integer(1, coordinateLimit));

interface Fields {
  readonly [field: string]: Rule;
}

const brush: Fields = {
  size: within(strokeLimits.minSize, strokeLimits.maxSize),
  hardness: within(0, 1),
  opacity: within(0, 1),
  points: points(1),
  "pressure?": listOf(integer(0, 255), 1),
};
const outline: Fields = { mode, points: points(3) };
const box: Fields = { mode, points: points(2, 2) };
const spans: Fields = { mode, "points?": points(1, 1), "tolerance?": within(0, 255), spans: listOf(span, 0) };
const radius: Fields = { radius: integer(0, editRadiusLimit) };

/** The fields of each tool; a name with `?` may be absent. */
const fieldsOf: Readonly<Record<MaskTool, Fields>> = {
  brush,
  eraser: brush,
  lasso: outline,
  polygon: outline,
  rectangle: box,
  ellipse: box,
  fill: { mode: oneOf("add", "subtract"), "points?": points(1, 1) },
  wand: spans,
  "color-range": spans,
  gradient: { mode, shape: oneOf("linear", "radial"), points: points(2, 2) },
  import: { mode, size: tuple(integer(1, 20_000), integer(1, 20_000)), data: (value) => typeof value === "string" },
  invert: {},
  clear: {},
  "fill-holes": {},
  grow: radius,
  shrink: radius,
  feather: radius,
  threshold: { level: integer(1, 255) },
};

/**
 * What is wrong with an edit, as a clause such as "`radius` does not fit", or `undefined`: its tool is known, it has the
 * fields of the tool and no others, and its points stay within ±65,536 px.
 */
export function editProblem(edit: LooseEdit): string | undefined {
  const tool = maskTools.find((known) => known === edit["tool"]);
  if (tool === undefined) return `\`${String(edit["tool"])}\` is no tool`;
  const fields = fieldsOf[tool];
  for (const [key, rule] of Object.entries(fields)) {
    const name = key.replace("?", "");
    const value = edit[name];
    if (value === undefined && key !== name) continue;
    if (value === undefined) return `\`${tool}\` lacks \`${name}\``;
    if (!rule(value)) return `\`${name}\` of \`${tool}\` does not fit`;
  }
  const known = new Set(["tool", ...Object.keys(fields).map((key) => key.replace("?", ""))]);
  const extra = Object.keys(edit).find((name) => edit[name] !== undefined && !known.has(name));
  if (extra !== undefined) return `\`${tool}\` has no \`${extra}\``;
  return placeProblem(edit as unknown as MaskEdit);
}

function placeProblem(edit: MaskEdit): string | undefined {
  if (!("points" in edit) || edit.points === undefined) return undefined;
  if ("pressure" in edit && edit.pressure !== undefined && edit.pressure.length !== edit.points.length)
    return "`pressure` has not as many entries as `points`";
  let [x, y] = [0, 0];
  for (const [dx, dy] of edit.points) {
    [x, y] = [x + dx, y + dy];
    if (Math.max(Math.abs(x), Math.abs(y)) > placeLimit * 8)
      return `a point (${x / 8}, ${y / 8}) is not within ±${placeLimit} px`;
  }
  return undefined;
}

/** Throws `raster.bad-stroke` unless an edit is one. */
export function checkEdit(edit: MaskEdit): void {
  const problem = editProblem(edit as unknown as LooseEdit);
  if (problem !== undefined) throw rasterError("raster.bad-stroke", `The stroke cannot be drawn: ${problem}.`);
}
