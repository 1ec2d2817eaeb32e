import type { NodePicture } from "../session/pictures.ts";
import type { Point } from "../document/graph.ts";

/** What a picture is drawn on with: everything is in pixels of the picture. */
export interface ShapeProps<T> {
  readonly picture: NodePicture;
  readonly value: T;
  /** Screen pixels a pixel of the picture. */
  readonly scale: number;
  /** A point of the page in pixels of the picture. */
  toPicture(event: { readonly clientX: number; readonly clientY: number }): Point;
  /** Writes the new shape, as one step of undo. */
  onChange(value: T): void;
}

export type Corner = readonly [number, number];

/** Half pixels are fine enough for a mask's edge, and keep files short. */
export function cornerAt({ x, y }: Point): Corner {
  return [Math.round(x * 2) / 2, Math.round(y * 2) / 2];
}
