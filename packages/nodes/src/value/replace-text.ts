import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { longestText } from "./longest-text.ts";

export default defineNode({
  type: "value/replace-text",
  version: 1,
  title: "Replace Text",
  category: "Value",
  description: "Exchanges every occurrence of a piece of text for another one. The piece is taken literally.",
  aliases: ["substitute", "find", "search", "change", "string"],
  inputs: {
    text: z.string().max(longestText).meta({ title: "Text", description: "The text to change.", widget: "textarea" }),
    find: z.string().min(1).max(1000).meta({ title: "Find", description: "What is looked for, as it is written." }),
    replacement: z.string().max(longestText).default("").meta({
      title: "Replacement",
      description: "What takes its place; empty takes it out.",
    }),
    ignore_case: z.boolean().default(false).meta({
      title: "Ignore Case",
      description: "Takes capital and small letters for the same.",
    }),
  },
  outputs: { value: z.string().meta({ title: "Text", description: "The changed text." }) },
  resource: "none",
  run: ({ text, find, replacement, ignore_case }) => {
    const literal = find.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    return { value: text.replaceAll(new RegExp(literal, ignore_case ? "giu" : "gu"), () => replacement) };
  },
});
