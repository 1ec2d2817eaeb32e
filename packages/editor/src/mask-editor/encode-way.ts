import type { BrushStroke } from "@inlay/raster";

/** A place of a stroke's way in 1/8 px from the mask's corner, and how hard the pen was pressed, 0–255. */
export interface WayPoint {
  readonly x: number;
  readonly y: number;
  readonly pressure?: number | undefined;
}

/** A way as a stroke keeps it: each place from the one before it, and the pressures when it was a pen's. */
export function encodeWay(way: readonly WayPoint[]): Pick<BrushStroke, "points" | "pressure"> {
  let [lastX, lastY] = [0, 0];
  const points = way.map(({ x, y }): readonly [number, number] => {
    const step = [x - lastX, y - lastY] as const;
    [lastX, lastY] = [x, y];
    return step;
  });
  const isPen = way.some(({ pressure }) => pressure !== undefined);
  return isPen ? { points, pressure: way.map(({ pressure }) => pressure ?? 255) } : { points };
}
