import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";

export default defineNode({
  type: "image/size",
  version: 1,
  title: "Image Size",
  category: "Image",
  description: "Tells a picture's size and format as values that other inputs can use.",
  aliases: ["dimensions", "width", "height", "resolution", "info", "properties"],
  inputs: { image: Image.meta({ title: "Image", description: "The picture to measure." }) },
  outputs: {
    width: z.int().meta({ title: "Width", description: "Pixels across." }),
    height: z.int().meta({ title: "Height", description: "Pixels down." }),
    longer: z.int().meta({ title: "Longer Side", description: "The larger of width and height in pixels." }),
    shorter: z.int().meta({ title: "Shorter Side", description: "The smaller of width and height in pixels." }),
    aspect: z.number().meta({ title: "Aspect", description: "Width ÷ height: above 1 for a landscape." }),
    megapixels: z.number().meta({ title: "Megapixels", description: "Width × height ÷ 1,000,000." }),
    channels: z.int().meta({ title: "Channels", description: "1 grey, 3 RGB, 4 RGB with alpha." }),
    bits: z.int().meta({ title: "Bits", description: "Bits a sample: 8, 16, or 32 for floating point." }),
    has_alpha: z.boolean().meta({ title: "Has Alpha", description: "Whether the picture can be transparent." }),
  },
  resource: "none",
  run: ({ image: { width, height, channels, depth } }) => ({
    width,
    height,
    longer: Math.max(width, height),
    shorter: Math.min(width, height),
    aspect: width / height,
    megapixels: (width * height) / 1e6,
    channels,
    bits: bitsOf[depth],
    has_alpha: channels === 4,
  }),
});

const bitsOf = { u8: 8, u16: 16, f32: 32 } as const;
