import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { longestText } from "./longest-text.ts";

export default defineNode({
  type: "value/join-text",
  version: 1,
  title: "Join Text",
  category: "Value",
  description: "Puts texts, numbers, and true or false one after another into one text.",
  aliases: ["concatenate", "append", "combine", "string", "list to text", "prompt"],
  inputs: {
    texts: z.array(z.union([z.string().max(longestText), z.number(), z.boolean()])).meta({
      title: "Texts",
      description: "What is joined, in order.",
    }),
    separator: z.string().max(1000).default(", ").meta({
      title: "Separator",
      description: "What stands between two of them; it may be empty or a line break.",
    }),
    skip_empty: z.boolean().default(true).meta({
      title: "Skip Empty",
      description: "Leaves out texts that are empty or only blanks, with their separator.",
    }),
  },
  outputs: { value: z.string().meta({ title: "Text", description: "All of them in one." }) },
  resource: "none",
  run: ({ texts, separator, skip_empty }) => {
    const parts = texts.map(String).filter((text) => !skip_empty || text.trim() !== "");
    return { value: parts.join(separator) };
  },
});
