import type { Point } from "../document/graph.ts";
import type { Size } from "./view-port.ts";

/** A picture with its pixels at hand. */
export interface Pixels extends Size {
  readonly bitmap: ImageBitmap;
  /** Red, green, blue and opacity of a pixel, each 0…255; deeper pictures are shown with 8 bits. */
  at(pixel: Point): Rgba;
  /** A small copy stands for it until the picture itself is there; its values are not the picture's. */
  readonly isPreview?: boolean;
  /** Frees the memory. */
  close(): void;
}

export type Rgba = readonly [number, number, number, number];

/** A small copy of a picture, and how large the picture itself is where that is known. */
export interface Preview extends Partial<Size> {
  readonly url: string;
}

/** Fetches and decodes a picture. Fails with an `Error` that says why it cannot be shown. */
export async function loadPixels(url: string): Promise<Pixels> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(await refusal(response));
  return readPixels(response);
}

/** A small copy in the size of the picture. */
export async function loadPreview({ url, ...size }: Preview): Promise<Pixels> {
  return { ...(await loadPixels(url)), ...size, isPreview: true };
}

/** Decodes an answer's picture; browsers do so beside the page. */
export async function readPixels(response: Response): Promise<Pixels> {
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
  return {
    bitmap,
    width,
    height,
    at({ x, y }) {
      probe.clearRect(0, 0, 1, 1);
      probe.drawImage(bitmap, x, y, 1, 1, 0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = probe.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha];
    },
    close: () => bitmap.close(),
  };
}

export async function refusal(response: Response): Promise<string> {
  const body = (await response.json().catch(() => undefined)) as { error?: { message?: string } } | undefined;
  return body?.error?.message ?? `${response.status} ${response.statusText}`;
}

/** A mask as a layer of one colour, as opaque as the mask is white. */
export function tintMask({ bitmap, width, height }: Pixels): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  context.drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, width, height);
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    data[at + 3] = Math.round(data[at]! * 0.6);
    data[at] = 34;
    data[at + 1] = 211;
    data[at + 2] = 238;
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
