import { type EditMode, encodePoints, type MaskEdit } from "@inlay/raster";
import type { MaskModel } from "../mask-model.ts";
import type { ToolSettings } from "../tool-settings.ts";

/** Where the pointer, or the cursor of the keys, is: in pixels of the picture, fractions allowed, also beside it. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** Of a pen, 0–255. */
  readonly pressure?: number | undefined;
  /** Keeps lines at 45° and boxes square. */
  readonly isStraight: boolean;
  /** The other way round: a brush erases, a shape is taken away. */
  readonly isOther: boolean;
  /** Of a pen that is turned round: whatever the tool, it erases. */
  readonly isEraser?: boolean | undefined;
}

/** What is being drawn and is no edit yet, in pixels of the picture. */
export interface Draft {
  readonly kind: "outline" | "rectangle" | "ellipse" | "line";
  readonly points: readonly (readonly [number, number])[];
}

/** What gestures work with. */
export interface GestureContext {
  readonly model: MaskModel;
  settings(): ToolSettings;
  /** Pixels of the stage a pixel of the picture. */
  scale(): number;
  show(draft: Draft | undefined): void;
  apply(edit: MaskEdit): void;
  /** Selects what has the colour of a pixel; the server answers. */
  pick(tool: "wand" | "color-range", pixel: readonly [number, number], mode: EditMode): void;
}

/** Something that a pointer does from its press to its release. */
export interface Gesture {
  move(places: readonly Place[]): void;
  end(): void;
  cancel(): void;
}

/** What a shape does to the mask. */
export function modeOf({ settings }: GestureContext, { isOther }: Place): EditMode {
  return isOther ? "subtract" : settings().mode;
}

/** How far beside the picture something can be drawn, in pixels. */
const farthest = 60_000;

/** Points as edits keep them. */
export function encoded(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return encodePoints(points.map(([x, y]) => [clamped(x), clamped(y)] as const));
}

/** A length in pixels as an integer of 1/8 px. */
export function eighths(pixels: number): number {
  return Math.round(clamped(pixels) * 8);
}

function clamped(pixels: number): number {
  return Math.min(farthest, Math.max(-farthest, pixels));
}

/** The place on one of the eight directions from another that is nearest to where the pointer is. */
export function straightFrom(
  [fromX, fromY]: readonly [number, number],
  { x, y }: Pick<Place, "x" | "y">,
): readonly [number, number] {
  const [dx, dy] = [x - fromX, y - fromY];
  const direction = (Math.round(Math.atan2(dy, dx) / (Math.PI / 4)) * Math.PI) / 4;
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
  const length = dx * cos + dy * sin;
  return [fromX + length * cos, fromY + length * sin];
}
