import { defineNode, Image, Mask } from "@inlay/engine";

export default defineNode({
  type: "mask/to-image",
  version: 1,
  title: "Mask to Image",
  category: "Mask",
  description:
    "Shows a mask as a grey picture of 8 bits: white is selected, black is not. Saved as PNG it is kept exactly.",
  aliases: ["convert", "greyscale", "export", "picture", "view"],
  inputs: { mask: Mask.meta({ title: "Mask", description: "The mask to show." }) },
  outputs: { image: Image.meta({ title: "Image", description: "A picture of one grey channel and the mask's size." }) },
  // Values on links are never written to, so the picture may share the mask's samples.
  run: ({ mask: { width, height, data } }) => ({
    image: { kind: "image", width, height, channels: 1, depth: "u8", data },
  }),
});
