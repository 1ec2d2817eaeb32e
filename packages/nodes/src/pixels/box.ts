import type { Size } from "./size.ts";

/** A rectangle of whole pixels; `left` and `top` count from the picture's top left corner. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** The part of a box that lies inside a picture; undefined when no pixel does. */
export function clipBox({ left, top, width, height }: Box, size: Size): Box | undefined {
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const clipped = {
    left: x,
    top: y,
    width: Math.min(size.width, left + width) - x,
    height: Math.min(size.height, top + height) - y,
  };
  return clipped.width > 0 && clipped.height > 0 ? clipped : undefined;
}
