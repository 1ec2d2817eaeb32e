import type { BrushStroke } from "./stroke.ts";
import type { Point } from "./rasterize-polygon.ts";

/** What a drawn area does to the selection: joins it, is taken out of it, or is all that may stay of it. */
export type EditMode = "add" | "subtract" | "intersect";

/**
 * One thing that was done to a mask, as data: what a workflow file keeps of it, a line each. Points are integers in
 * 1/8 px, the first from the picture's top left corner, every other one from the point before it.
 */
export type MaskEdit =
  | BrushStroke
  | OutlineEdit
  | BoxEdit
  | FillEdit
  | SpansEdit
  | GradientEdit
  | ImportEdit
  | WholeEdit
  | RadiusEdit
  | ThresholdEdit;

/** The inside of an outline, drawn by hand or corner by corner; what it winds around is inside. */
export interface OutlineEdit {
  readonly tool: "lasso" | "polygon";
  readonly mode: EditMode;
  /** At least three corners; the last is joined to the first. */
  readonly points: readonly Point[];
}

/** An upright shape between two opposite corners. */
export interface BoxEdit {
  readonly tool: "rectangle" | "ellipse";
  readonly mode: EditMode;
  /** Exactly two. */
  readonly points: readonly Point[];
}

/** The area of the mask around a point, up to where the selection begins or ends; without a point, everything. */
export interface FillEdit {
  readonly tool: "fill";
  readonly mode: "add" | "subtract";
  readonly points?: readonly Point[];
}

/** Pixels of about one colour, found in the picture by whoever made the edit, as spans of rows. */
export interface SpansEdit {
  readonly tool: "wand" | "color-range";
  readonly mode: EditMode;
  /** Where the colour was taken from; only told. */
  readonly points?: readonly Point[];
  /** How far colours were from it, 0–255; only told. */
  readonly tolerance?: number;
  readonly spans: readonly RowSpan[];
}

/**
 * Some pixels of a row: rows below the span before it (the first: below the picture's top), pixels after that span's end
 * (in a new row: after the left side), and how many pixels. Rows count down, and spans of a row to the right.
 */
export type RowSpan = readonly [rows: number, gap: number, length: number];

/** Full at the first point and nothing at the second: along the line between them, or around the first. */
export interface GradientEdit {
  readonly tool: "gradient";
  readonly mode: EditMode;
  readonly shape: "linear" | "radial";
  /** Exactly two. */
  readonly points: readonly Point[];
}

/** A mask from elsewhere, at the picture's top left corner. */
export interface ImportEdit {
  readonly tool: "import";
  readonly mode: EditMode;
  /** Width and height in pixels. */
  readonly size: Point;
  /** The samples as `packMask` writes them. */
  readonly data: string;
}

/** Something that is done to the whole mask. */
interface WholeEdit {
  readonly tool: "invert" | "clear" | "fill-holes";
}

/** Something that is done to the whole mask by so many pixels, an integer of 0–512. */
interface RadiusEdit {
  readonly tool: "grow" | "shrink" | "feather";
  readonly radius: number;
}

/** Makes the mask hard: what reaches the level (1–255) becomes 255, everything else 0. */
interface ThresholdEdit {
  readonly tool: "threshold";
  readonly level: number;
}

/** The tools in the order in which people are told of them. */
export const maskTools = [
  "brush",
  "eraser",
  "lasso",
  "polygon",
  "rectangle",
  "ellipse",
  "fill",
  "wand",
  "color-range",
  "gradient",
  "import",
  "invert",
  "clear",
  "fill-holes",
  "grow",
  "shrink",
  "feather",
  "threshold",
] as const;

export type MaskTool = (typeof maskTools)[number];
