import type { EditMode } from "@inlay/raster";
import { encoded, type GestureContext, modeOf, type Place, straightFrom } from "./gesture.ts";

/** An outline corner by corner, over many presses. */
export interface PolygonInProgress {
  readonly isOpen: boolean;
  /** A press: a new corner, or the end when it is on the first one. */
  press(place: Place): void;
  hover(place: Place): void;
  removeLast(): void;
  close(): void;
  cancel(): void;
}

/** How near a press must be to the first corner to close the outline, in pixels of the stage. */
const near = 9;

export function polygonInProgress(context: GestureContext): PolygonInProgress {
  let corners: (readonly [number, number])[] = [];
  let mode: EditMode = "add";
  const next = (place: Place): readonly [number, number] => {
    const last = corners.at(-1);
    return place.isStraight && last ? straightFrom(last, place) : [place.x, place.y];
  };
  const show = (end?: readonly [number, number]): void =>
    context.show(corners.length === 0 ? undefined : { kind: "outline", points: end ? [...corners, end] : corners });
  const cancel = (): void => {
    corners = [];
    show();
  };
  const close = (): void => {
    const points = encoded(corners);
    cancel();
    if (points.length > 2) context.apply({ tool: "polygon", mode, points });
  };
  return {
    get isOpen() {
      return corners.length > 0;
    },
    press(place) {
      const [first] = corners;
      const isAtFirst = first && Math.hypot(place.x - first[0], place.y - first[1]) * context.scale() < near;
      if (isAtFirst && corners.length > 2) return close();
      if (!first) mode = modeOf(context, place);
      corners = [...corners, next(place)];
      show();
    },
    hover: (place) => {
      if (corners.length > 0) show(next(place));
    },
    removeLast() {
      corners = corners.slice(0, -1);
      show();
    },
    close,
    cancel,
  };
}
