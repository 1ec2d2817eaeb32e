import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { longestText } from "./longest-text.ts";

export default defineNode({
  type: "value/split-text",
  version: 1,
  title: "Split Text",
  category: "Value",
  description:
    "Cuts a text into a list of texts, such as one prompt a line. Blanks around each are taken off, and empty ones are left out.",
  aliases: ["lines", "list", "prompts", "explode", "separate", "csv"],
  inputs: {
    text: z.string().max(longestText).meta({
      title: "Text",
      description: "The text to cut.",
      widget: "textarea",
    }),
    separator: z.string().min(1).max(1000).default("\n").meta({
      title: "Separator",
      description: "Where it is cut: a line break, a comma, or any text. It does not appear in the list.",
    }),
  },
  outputs: { list: z.array(z.string()).meta({ title: "List", description: "The parts in their order." }) },
  resource: "none",
  run: ({ text, separator }) => {
    const lines = text.replaceAll("\r\n", "\n");
    return { list: lines.split(separator).flatMap((part) => (part.trim() === "" ? [] : [part.trim()])) };
  },
});
