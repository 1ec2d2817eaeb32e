import type { FillRequest } from "./fill-request.ts";
import type { Picture } from "./picture.ts";

/** The part of an image that a fill works on. */
export interface WorkWindow {
  readonly x: number;
  readonly y: number;
  readonly picture: Picture;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  /** Exclusive. */
  readonly right: number;
  /** Exclusive. */
  readonly bottom: number;
}

/** The least that is looked at on each side of the hole, pixels. */
const leastMargin = 64;

/**
 * Copies the hole's bounding box and what lies around it, on each side as much as the box's longer side: what is
 * further away is rarely in the same light, and would only cost time. `undefined` when nothing is masked.
 */
export function cutWindow(request: FillRequest): WorkWindow | undefined {
  const box = boundingBox(request);
  if (box === undefined) return undefined;
  const area = widen(box, request);
  const width = area.right - area.left;
  const height = area.bottom - area.top;
  const { channels } = request;
  const data = new Uint8Array(width * height * channels);
  const hole = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (area.top + y) * request.width + area.left;
    data.set(request.data.subarray(from * channels, (from + width) * channels), y * width * channels);
    for (let x = 0; x < width; x++) hole[y * width + x] = request.mask[from + x]! >> 7;
  }
  return { x: area.left, y: area.top, picture: { width, height, channels, data, hole } };
}

/** Copies the pixels of the hole from the window to their place in the image. */
export function pasteWindow({ x, y, picture }: WorkWindow, { width }: FillRequest, out: Uint8Array): void {
  const { channels, data, hole } = picture;
  for (let at = 0; at < hole.length; at++) {
    if (hole[at] === 0) continue;
    const to = (y + Math.floor(at / picture.width)) * width + x + (at % picture.width);
    for (let c = 0; c < channels; c++) out[to * channels + c] = data[at * channels + c]!;
  }
}

function boundingBox({ width, height, mask }: FillRequest): Rectangle | undefined {
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x]! < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}

function widen(box: Rectangle, image: FillRequest): Rectangle {
  const margin = Math.max(leastMargin, box.right - box.left, box.bottom - box.top);
  return {
    left: Math.max(0, box.left - margin),
    top: Math.max(0, box.top - margin),
    right: Math.min(image.width, box.right + margin),
    bottom: Math.min(image.height, box.bottom + margin),
  };
}
