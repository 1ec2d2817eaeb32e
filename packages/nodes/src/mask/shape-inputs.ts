import { Image, Mask } from "@inlay/engine";
import { z } from "zod";

/** Coordinates reach 131,072 px to every side of the picture's corner: what the rasteriser's integers hold. */
export const reach = 131_072;

export const sizeSource = Image.meta({
  title: "Image",
  description: "The picture that the mask is for; only its size matters.",
});

export const antialias = z.boolean().default(true).meta({
  title: "Smooth Edge",
  description: "Gives edge pixels the part of them that is covered. Without, every pixel is 0 or 255.",
  advanced: true,
});

export const invert = z.boolean().default(false).meta({
  title: "Invert",
  description: "Selects everything outside the shape instead.",
});

export const shapeMask = Mask.meta({ title: "Mask", description: "255 inside the shape, 0 outside." });
