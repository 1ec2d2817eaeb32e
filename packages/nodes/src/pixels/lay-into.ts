import type { Samples } from "@inlay/engine";
import type { Size } from "./size.ts";

/** Samples in the making: of a picture that is not on a link yet, so that it may be written to. */
export interface Canvas extends Size {
  readonly channels: number;
  readonly data: Samples;
}

/** Copies a picture of the canvas's channels and depth into it, whole rows at a time; it must lie within. */
export function layInto(canvas: Canvas, picture: Canvas, left: number, top: number): void {
  const length = picture.width * picture.channels;
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * length, (y + 1) * length);
    canvas.data.set(row, ((top + y) * canvas.width + left) * canvas.channels);
  }
}
