import { z } from "zod";

/**
 * A rectangle of a picture, and the size in which it is worked on: all that is needed to lay a crop back. `x` and `y`
 * count from the picture's top left corner in its pixels and are negative where the rectangle leaves the picture.
 */
const side = z.int().min(1).max(160_000);
const corner = z.int().min(-160_000).max(160_000);

export const regionSchema = z.object({
  x: corner,
  y: corner,
  width: side,
  height: side,
  scaled_width: side,
  scaled_height: side,
  image_width: side,
  image_height: side,
});

/** A region as nodes hand it on. */
export type Region = Readonly<z.output<typeof regionSchema>>;
