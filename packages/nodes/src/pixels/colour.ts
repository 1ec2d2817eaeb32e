import { EngineError, type ImageValue } from "@inlay/engine";
import { convertColours } from "./convert-colours.ts";
import { fullScale } from "./sample-depth.ts";
import { withAlpha } from "./with-alpha.ts";

/** Red, green, blue and alpha, 0–255 each; straight alpha, 255 is opaque. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** What a colour's text looks like: `#rrggbb` or `#rrggbbaa`. */
export const colourPattern = /^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$/;

/** Reads `#rrggbb` or `#rrggbbaa`. Throws `image.color` for another text. */
export function parseColour(text: string): Colour {
  if (!colourPattern.test(text)) {
    const expected = "`#rrggbb` or `#rrggbbaa`";
    throw new EngineError({ code: "image.color", message: "This is not a colour.", expected, received: text });
  }
  const at = (start: number) => Number.parseInt(text.slice(start, start + 2), 16);
  return [at(1), at(3), at(5), text.length === 9 ? at(7) : 255];
}

/** A picture that can hold a colour, and the colour as one of its pixels. */
export interface ColourReady {
  readonly image: ImageValue;
  readonly pixel: readonly number[];
}

/**
 * The picture with as many channels as the colour needs: a grey one stays grey for an opaque grey, becomes RGB for
 * another colour, and gains alpha for one that is not opaque.
 */
export function makeRoomFor(colour: Colour, image: ImageValue): ColourReady {
  const [red, green, blue, alpha] = colour;
  const samples = colour.map((value) => (value * fullScale[image.depth]) / 255);
  if (image.channels === 1 && red === green && green === blue && alpha === 255) {
    return { image, pixel: samples.slice(0, 1) };
  }
  if (alpha < 255 || image.channels === 4) return { image: withAlpha(image), pixel: samples };
  return { image: convertColours(image, 3), pixel: samples.slice(0, 3) };
}
