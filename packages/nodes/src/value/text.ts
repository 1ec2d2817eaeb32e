import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { longestText } from "./longest-text.ts";

export default defineNode({
  type: "value/text",
  version: 1,
  title: "Text",
  category: "Value",
  description: "A text, to be used in several places, such as a prompt.",
  aliases: ["string", "prompt", "words", "constant", "primitive"],
  inputs: {
    value: z
      .string()
      .max(longestText)
      .default("")
      .meta({
        title: "Text",
        description: `The text, at most ${longestText} characters.`,
        widget: "textarea",
      }),
  },
  outputs: { value: z.string().meta({ title: "Text", description: "The text as it is." }) },
  resource: "none",
  run: ({ value }) => ({ value }),
});
