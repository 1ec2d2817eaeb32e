import { z } from "zod";
import { colourPattern } from "../pixels/colour.ts";

/** A colour as text; each node adds what it is for. */
export const colour = z.string().regex(colourPattern);

/** How nodes that fill new pixels explain what a colour does to a picture's channels. */
export const colourNote =
  "`#rrggbb`, or `#rrggbbaa` with alpha. A colour that is not opaque gives the picture an alpha channel; " +
  "a grey picture stays grey for a grey.";
