import type { WayPoint } from "../encode-way.ts";
import { eighths, type Gesture, type GestureContext, type Place } from "./gesture.ts";

/** Painting and erasing. With Shift at its begin, a stroke goes on straight from the end of the one before. */
export function brushGesture(
  context: GestureContext,
  first: Place,
  last: Place | undefined,
  onEnd: (place: Place) => void,
): Gesture | undefined {
  const { tool, size, hardness, opacity, usesPressure } = context.settings();
  const isEraser = first.isEraser === true || (tool === "eraser") !== first.isOther;
  const stroke = context.model.startStroke({ tool: isEraser ? "eraser" : "brush", size, hardness, opacity });
  if (!stroke) return undefined;
  const wayPoint = ({ x, y, pressure }: Place): WayPoint => ({
    x: eighths(x),
    y: eighths(y),
    ...(usesPressure && pressure !== undefined && { pressure }),
  });
  let latest = first;
  stroke.extend(first.isStraight && last ? [wayPoint(last), wayPoint(first)] : [wayPoint(first)]);
  return {
    move(places) {
      latest = places.at(-1) ?? latest;
      stroke.extend(places.map(wayPoint));
    },
    end() {
      stroke.end();
      onEnd(latest);
    },
    cancel: () => stroke.cancel(),
  };
}
