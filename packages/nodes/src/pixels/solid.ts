import type { ImageValue } from "@inlay/engine";
import { checkSize } from "./check-size.ts";
import type { Colour } from "./colour.ts";
import type { Size } from "./size.ts";

/** A picture of one colour: RGB of 8 bits, RGBA for a colour that is not opaque. Throws `image.too-large`. */
export function solidImage({ width, height }: Size, colour: Colour): ImageValue {
  checkSize({ width, height });
  const pixel = colour[3] === 255 ? colour.slice(0, 3) : colour;
  const channels = pixel.length === 3 ? 3 : 4;
  const row = Uint8Array.from({ length: width * channels }, (_, i) => pixel[i % channels]!);
  const data = new Uint8Array(row.length * height);
  for (let y = 0; y < height; y++) data.set(row, y * row.length);
  return { kind: "image", width, height, channels, depth: "u8", data };
}
