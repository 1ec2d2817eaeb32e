import type { Bounds } from "@inlay/raster";
import type { Box } from "../../pixels/box.ts";
import type { Size } from "../../pixels/size.ts";
import type { Region } from "./region.ts";

/** How a region comes to its size in the working picture. */
type RegionScaling = (typeof regionScalings)[number];

/** All of them, in the order in which a form offers them. */
export const regionScalings = ["shrink", "fit", "never"] as const;

export interface RegionRequest {
  /** What the region must hold, within the picture. */
  readonly wanted: Bounds;
  readonly picture: Size;
  /** The longest side of the working picture. */
  readonly size: number;
  /** What both sides of the working picture are multiples of. */
  readonly multiple: number;
  /** `shrink`: only what is larger than `size` is scaled; `fit`: what is smaller as well; `never`: nothing. */
  readonly scaling: RegionScaling;
  /** Whether a region that is smaller than `size` takes in more of its surroundings instead. */
  readonly widen: boolean;
}

/** Enlarging more than this gives a model nothing to see. */
const mostEnlargement = 8;

/**
 * The region of a picture to work on, and the size in which: both scales are the same within half a pixel, so that
 * nothing is distorted.
 *
 * The region lies inside the picture when the picture has room for the multiple; else it leaves it on both sides alike,
 * and the pixels of the edge are extended.
 */
export function planRegion({ wanted, picture, size, multiple, scaling, widen }: RegionRequest): Region {
  const target = Math.max(multiple, Math.floor(size / multiple) * multiple);
  const scale = scaleOf(Math.max(wanted.width, wanted.height), target, scaling);
  const side = (needed: number, available: number): number =>
    sideOf({ needed: needed * scale, available: available * scale, target: widen ? target : 0, multiple });
  const scaledWidth = side(wanted.width, picture.width);
  const scaledHeight = side(wanted.height, picture.height);
  const width = Math.round(scaledWidth / scale);
  const height = Math.round(scaledHeight / scale);
  return {
    x: place(wanted.x + wanted.width / 2, width, picture.width),
    y: place(wanted.y + wanted.height / 2, height, picture.height),
    width,
    height,
    scaled_width: scaledWidth,
    scaled_height: scaledHeight,
    image_width: picture.width,
    image_height: picture.height,
  };
}

/** The wanted rectangle made `factor` times as large around its middle, as far as the picture reaches. */
export function widenBounds(bounds: Bounds, factor: number, picture: Size): Bounds {
  return padBounds(bounds, { x: ((factor - 1) * bounds.width) / 2, y: ((factor - 1) * bounds.height) / 2 }, picture);
}

/** The rectangle with so much more on every side, as far as the picture reaches. */
export function padBounds(bounds: Bounds, padding: { readonly x: number; readonly y: number }, picture: Size): Bounds {
  const x = Math.max(0, Math.floor(bounds.x - padding.x));
  const y = Math.max(0, Math.floor(bounds.y - padding.y));
  const right = Math.min(picture.width, Math.ceil(bounds.x + bounds.width + padding.x));
  const bottom = Math.min(picture.height, Math.ceil(bounds.y + bounds.height + padding.y));
  return { x, y, width: right - x, height: bottom - y };
}

/** The smallest rectangle around both. */
export function joinBounds(a: Bounds, b: Bounds): Bounds {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** The part of a region that the picture has; some always is. */
export function insideOf(region: Region): Box {
  const left = Math.max(0, region.x);
  const top = Math.max(0, region.y);
  const width = Math.min(region.image_width, region.x + region.width) - left;
  return { left, top, width, height: Math.min(region.image_height, region.y + region.height) - top };
}

function scaleOf(longest: number, target: number, scaling: RegionScaling): number {
  if (scaling === "never" || (scaling === "shrink" && longest <= target)) return 1;
  return Math.min(mostEnlargement, target / longest);
}

interface Side {
  readonly needed: number;
  readonly available: number;
  /** What the side should have if the picture has it; 0 for no more than is needed. */
  readonly target: number;
  readonly multiple: number;
}

/** A multiple that holds what is needed, inside the picture where that can be. */
function sideOf({ needed, available, target, multiple }: Side): number {
  const least = roundUp(Math.max(needed, Math.min(target, available)), multiple);
  const inside = Math.floor(available / multiple) * multiple;
  return least > available && inside >= needed && inside > 0 ? inside : least;
}

/** Up to the next multiple, but for what floating point adds to a multiple. */
function roundUp(value: number, multiple: number): number {
  return Math.max(1, Math.ceil(value / multiple - 1e-9)) * multiple;
}

/** Where a stretch of that length around a middle begins, so that it stays inside, or leaves on both sides alike. */
function place(middle: number, length: number, available: number): number {
  if (length >= available) return -Math.floor((length - available) / 2);
  return Math.min(available - length, Math.max(0, Math.round(middle - length / 2)));
}
