import type { CatalogNode } from "@inlay/engine";
import type { Box, Point } from "../document/graph.ts";
import { freePlace } from "./free-place.ts";
import { planNode } from "./plan-node.ts";

const gap = 40;

/** How large a card of that type is that shows a picture of the greatest height. */
export function sizeWithPicture(description: CatalogNode): { readonly w: number; readonly h: number } {
  const node = { type: description.type, version: description.version, inputs: {} };
  const { width, height } = planNode({ node, description, view: {}, picture: 1, usedOutputs: [] });
  return { w: width, h: height };
}

/** A box of that size where nothing stands, as near as it can be to where it is wanted. */
export function freeBox(standing: Parameters<typeof freePlace>[0], wanted: Box): Box {
  return { ...wanted, ...freePlace(standing, wanted) };
}

/** Places of so many cards of one size in rows, in a block about as wide as a screen, and how large that block is. */
export function gridPlaces(
  count: number,
  { w, h }: { readonly w: number; readonly h: number },
): { readonly block: { readonly w: number; readonly h: number }; readonly places: readonly Point[] } {
  const columns = Math.max(1, Math.min(count, Math.round(Math.sqrt((count * 1.6 * h) / w))));
  const [stepX, stepY] = [w + gap, h + gap];
  const places = Array.from({ length: count }, (_, i) => ({
    x: (i % columns) * stepX,
    y: Math.floor(i / columns) * stepY,
  }));
  const rows = Math.ceil(count / columns);
  return { block: { w: columns * stepX - gap, h: rows * stepY - gap }, places };
}
