import { defineNode, type InputFinding } from "@inlay/engine";
import { z } from "zod";
import { longestText } from "./longest-text.ts";

const names = ["a", "b", "c", "d"] as const;

type Name = (typeof names)[number];
type Values = { readonly [K in Name]?: string | number | boolean | undefined };

const part = (name: Name) =>
  z
    .union([z.string().max(longestText), z.number(), z.boolean()])
    .optional()
    .meta({
      title: name.toUpperCase(),
      description: `What stands for {${name}}: a text, a number, or true or false. Needed when the template names it.`,
    });

export default defineNode({
  type: "value/text-template",
  version: 1,
  title: "Text Template",
  category: "Value",
  description:
    "Puts values into a text: {a}, {b}, {c} and {d} are replaced, all other braces stay. " +
    "What is filled in is not searched again, so a value may itself hold braces.",
  aliases: ["format", "concatenate", "join", "placeholder", "prompt", "string"],
  inputs: {
    template: z.string().max(longestText).default("{a}").meta({
      title: "Template",
      description: "The text with placeholders, such as `a photo of {a}, {b}`.",
      widget: "textarea",
    }),
    a: part("a"),
    b: part("b"),
    c: part("c"),
    d: part("d"),
  },
  outputs: { value: z.string().meta({ title: "Text", description: "The template with its values filled in." }) },
  resource: "none",
  validate: ({ template = "", ...values }, later) =>
    named(template).flatMap((name) => (values[name] === undefined && !later.has(name) ? [missing(name)] : [])),
  run: ({ template, ...values }) => ({ value: fill(template, values) }),
});

function named(template: string): readonly Name[] {
  return names.filter((name) => template.includes(`{${name}}`));
}

function fill(template: string, values: Values): string {
  return template.replaceAll(/\{([abcd])\}/g, (_placeholder, name: Name) => String(values[name]));
}

function missing(name: Name): InputFinding {
  return {
    code: "input.template",
    message: `The template names {${name}}, but \`${name}\` has no value.`,
    input: name,
    suggestion: `Give \`${name}\` a value, or take {${name}} out of the template.`,
  };
}
