import type { Picture } from "./picture.ts";

/** How deep each pixel lies in the hole: 0 outside, 1 at its edge, counted in steps to any of eight neighbours. */
export function depthMap({ width, height, hole }: Picture): Uint16Array {
  const depth = new Uint16Array(width * height);
  for (let at = 0; at < hole.length; at++) depth[at] = hole[at] === 0 ? 0 : 65_534;
  relax(depth, width, height, 1);
  relax(depth, width, height, -1);
  return depth;
}

/** One of the two passes of a chessboard distance transform (A. Rosenfeld, J. Pfaltz, 1966). */
function relax(depth: Uint16Array, width: number, height: number, step: 1 | -1): void {
  const last = width * height - 1;
  for (let i = 0; i <= last; i++) {
    const at = step === 1 ? i : last - i;
    if (depth[at] === 0) continue;
    const x = at % width;
    const beforeX = step === 1 ? x > 0 : x < width - 1;
    const afterX = step === 1 ? x < width - 1 : x > 0;
    const before = at - step * width;
    let least = depth[at]!;
    if (beforeX) least = Math.min(least, depth[at - step]! + 1);
    if (before >= 0 && before <= last) {
      least = Math.min(least, depth[before]! + 1);
      if (beforeX) least = Math.min(least, depth[before - step]! + 1);
      if (afterX) least = Math.min(least, depth[before + step]! + 1);
    }
    depth[at] = least;
  }
}
