import type { MaskEdit } from "@inlay/raster";
import { type Draft, encoded, type Gesture, type GestureContext, modeOf, type Place, straightFrom } from "./gesture.ts";

type BoxTool = "rectangle" | "ellipse" | "gradient";

/** A rectangle or an ellipse between two corners, or a gradient between two points; Shift makes it even. */
export function boxGesture(context: GestureContext, tool: BoxTool, first: Place): Gesture {
  const mode = modeOf(context, first);
  const { gradient } = context.settings();
  const start = [first.x, first.y] as const;
  let end = start;
  const kind: Draft["kind"] = tool === "gradient" ? "line" : tool;
  return {
    move(places) {
      const last = places.at(-1);
      if (!last) return;
      end = !last.isStraight ? [last.x, last.y] : tool === "gradient" ? straightFrom(start, last) : even(start, last);
      context.show({ kind, points: [start, end] });
    },
    end() {
      context.show(undefined);
      const points = encoded([start, end]);
      if (points.length !== 2) return;
      const edit: MaskEdit = tool === "gradient" ? { tool, mode, shape: gradient, points } : { tool, mode, points };
      context.apply(edit);
    },
    cancel: () => context.show(undefined),
  };
}

/** The corner of a square in the direction of the pointer. */
function even([startX, startY]: readonly [number, number], { x, y }: Place): readonly [number, number] {
  const side = Math.max(Math.abs(x - startX), Math.abs(y - startY));
  return [startX + Math.sign(x - startX || 1) * side, startY + Math.sign(y - startY || 1) * side];
}
