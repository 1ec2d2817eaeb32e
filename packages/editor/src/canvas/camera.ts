import type { Box, Point } from "../document/graph.ts";
import type { Camera } from "./rete/rete-view.ts";

/** Below this zoom the canvas shows an overview: boxes with titles instead of cards. */
export const overviewZoom = 0.45;

/** Below this zoom cards show their values as plain text: controls could not be used, and cost most to draw. */
export const plainZoom = 0.65;

const [nearest, farthest] = [2.5, 0.02];

export interface Size {
  readonly w: number;
  readonly h: number;
}

export function clampZoom(k: number): number {
  return Math.min(nearest, Math.max(farthest, k));
}

/** The camera after zooming to `k` so that the point of the screen stays where it is. */
export function zoomAt(camera: Camera, wanted: number, screen: Point): Camera {
  const k = clampZoom(wanted);
  const ratio = k / camera.k;
  return { k, x: screen.x - (screen.x - camera.x) * ratio, y: screen.y - (screen.y - camera.y) * ratio };
}

/** A point of the screen in units of the canvas. */
export function toCanvas({ x, y, k }: Camera, screen: Point): Point {
  return { x: (screen.x - x) / k, y: (screen.y - y) / k };
}

/** A point of the canvas in pixels of the screen. */
export function toScreen({ x, y, k }: Camera, point: Point): Point {
  return { x: point.x * k + x, y: point.y * k + y };
}

/** The part of the canvas that is seen, and `margin` pixels of screen around it. */
export function seenArea({ x, y, k }: Camera, size: Size, margin = 0): Box {
  return { x: (-x - margin) / k, y: (-y - margin) / k, w: (size.w + 2 * margin) / k, h: (size.h + 2 * margin) / k };
}

/** The camera that shows a box as large as it fits, at most at its own size. */
export function fit(box: Box, size: Size, padding = 40, largest = 1): Camera {
  const k = clampZoom(
    Math.min((size.w - 2 * padding) / Math.max(1, box.w), (size.h - 2 * padding) / Math.max(1, box.h), largest),
  );
  return { k, x: size.w / 2 - (box.x + box.w / 2) * k, y: size.h / 2 - (box.y + box.h / 2) * k };
}
