import { defineNode, File, Image, z } from "inlay";

/** The nodes of the comparison as a pack of Inlay's: what the other editors draw by hand, with the widgets that schemas give. */
function sampler(type, title, own = {}) {
  return defineNode({
    type,
    version: 1,
    title,
    category: "Image",
    description: "A node of the benchmark of the editor.",
    inputs: {
      a: Image.optional(),
      b: Image.optional(),
      number: z.number().default(1).meta({ title: "Number" }),
      choice: z.enum(["euler", "heun", "dpm", "ddim", "lcm"]).default("euler").meta({ title: "Choice" }),
      text: z.string().default("").meta({ title: "Text", widget: "textarea" }),
      ...own,
    },
    outputs: { x: Image, y: Image },
    run: ({ a }) => ({ x: a, y: a }),
  });
}

export default [
  sampler("bench/sampler", "Sampler"),
  sampler("bench/preview", "Preview", { picture: File.meta({ title: "Picture", widget: "file" }) }),
];
