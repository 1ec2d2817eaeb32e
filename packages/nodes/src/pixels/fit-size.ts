import type { Box } from "./box.ts";
import { checkSize } from "./check-size.ts";
import type { Size } from "./size.ts";

/** How a picture is brought into a size of another shape. */
type Fit = (typeof fits)[number];

/** All of them, in the order in which a form offers them. */
export const fits = ["inside", "outside", "cover", "contain", "fill"] as const;

export interface FitRequest {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly fit: Fit;
  /** The picture is never scaled up. */
  readonly withoutEnlargement: boolean;
}

/** What to do: scale the picture, take a part of that, and lay it on a canvas. */
export interface Fitting {
  /** The size of the whole picture after scaling. */
  readonly scaled: Size;
  /** The part of the scaled picture that is kept. */
  readonly window: Box;
  /** The size of the result: larger than the window only for `contain`. */
  readonly canvas: Size;
}

/**
 * Plans a resize to at least one given side. With one, the other follows from the picture's shape; with both, `fit` decides:
 *
 * - `fill`: exactly this size, distorted if need be.
 * - `inside`: the largest size of the picture's shape within the given one; `outside`: the smallest around it.
 * - `cover`: exactly this size, what protrudes is cut off on both sides alike.
 * - `contain`: as `inside`, in the middle of a canvas of exactly this size.
 *
 * Sides are rounded to whole pixels, at least one.
 * Fails with `image.too-large` for a result of more than 128 megapixels.
 */
export function planFit(source: Size, request: FitRequest): Fitting {
  const { width, height, fit } = request;
  const scaled = scaledSize(source, request);
  const exact = width !== undefined && height !== undefined ? { width, height } : scaled;
  const window = fit === "cover" ? middle(scaled, exact) : { left: 0, top: 0, ...scaled };
  const canvas = fit === "contain" ? exact : { width: window.width, height: window.height };
  checkSize(canvas);
  return { scaled, window, canvas };
}

function scaledSize(source: Size, request: FitRequest): Size {
  const { width, height, fit, withoutEnlargement } = request;
  const scaleX = (width ?? Infinity) / source.width;
  const scaleY = (height ?? Infinity) / source.height;
  const cap = withoutEnlargement ? 1 : Infinity;
  const both = Number.isFinite(scaleX) && Number.isFinite(scaleY);
  if (fit === "fill" && both) return scale(source, Math.min(cap, scaleX), Math.min(cap, scaleY));
  const around = both && (fit === "outside" || fit === "cover");
  const factor = Math.min(cap, around ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY));
  return scale(source, factor, factor);
}

function scale({ width, height }: Size, x: number, y: number): Size {
  return { width: Math.max(1, Math.round(width * x)), height: Math.max(1, Math.round(height * y)) };
}

/** The part in the middle, at most as large as wanted. */
function middle(scaled: Size, wanted: Size): Box {
  const width = Math.min(scaled.width, wanted.width);
  const height = Math.min(scaled.height, wanted.height);
  const left = Math.floor((scaled.width - width) / 2);
  return { left, top: Math.floor((scaled.height - height) / 2), width, height };
}
