import { defineNode, Image, type ImageValue, type SampleDepth } from "@inlay/engine";
import { z } from "zod";
import { convertColours } from "../pixels/convert-colours.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import { dropAlpha, flattenOnWhite } from "../pixels/flatten.ts";
import { withAlpha } from "../pixels/with-alpha.ts";

export default defineNode({
  type: "image/convert",
  version: 1,
  title: "Convert Image",
  category: "Image",
  description:
    "Changes how a picture's samples are stored: grey or colour, with or without transparency, 8 or 16 bits. " +
    "A change to 16 bits before several adjustments avoids banding.",
  aliases: ["greyscale", "grayscale", "black and white", "bit depth", "16 bit", "channels", "format", "flatten"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to convert." }),
    colors: z.enum(["keep", "grey", "rgb"]).default("keep").meta({
      title: "Colours",
      description:
        "`grey` keeps the luma of ITU-R BT.709 in one channel; `rgb` repeats a grey sample. A grey picture has no transparency.",
    }),
    alpha: z
      .enum(["keep", "add", "drop", "on-white"])
      .default("keep")
      .meta({
        title: "Transparency",
        description:
          "`add` makes an opaque alpha channel where there is none, `drop` takes it off and shows the hidden colours, " +
          "`on-white` puts the picture in front of white.",
      }),
    bits: z.enum(["keep", "8", "16", "32"]).default("keep").meta({
      title: "Bits",
      description:
        "Bits a sample: 8, 16, or 32 for floating point from 0 to 1. Fewer bits are rounded to the nearest level.",
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The converted picture." }) },
  run: ({ image, colors, alpha, bits }) => ({
    image: toBits(toColours(toAlpha(image, alpha), colors), bits),
  }),
});

const depths = { "8": "u8", "16": "u16", "32": "f32" } as const satisfies Readonly<Record<string, SampleDepth>>;

function toBits(image: ImageValue, bits: "keep" | keyof typeof depths): ImageValue {
  return bits === "keep" ? image : convertDepth(image, depths[bits]);
}

function toColours(image: ImageValue, colours: "keep" | "grey" | "rgb"): ImageValue {
  if (colours === "keep") return image;
  return convertColours(image, colours === "grey" ? 1 : 3);
}

function toAlpha(image: ImageValue, alpha: "keep" | "add" | "drop" | "on-white"): ImageValue {
  switch (alpha) {
    case "keep":
      return image;
    case "add":
      return withAlpha(image);
    case "drop":
      return dropAlpha(image);
    case "on-white":
      return flattenOnWhite(image);
  }
}
