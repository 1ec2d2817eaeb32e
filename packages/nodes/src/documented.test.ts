import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InputDescription, NodeDescription, NumberSchema, ValueSchema } from "@inlay/engine";
import { expect, test } from "vitest";
import { nodesPack } from "./pack.ts";

const docs = join(import.meta.dirname, "../../../docs/nodes");
const nodes = Object.values(nodesPack.nodes).map(({ description }) => description);
const inputs = nodes.flatMap((node) =>
  Object.entries(node.inputs).map(([name, input]) => ({ place: `${node.type} ${name}`, name, input })),
);

/** The quantities that a schema may stand for, however deep; a number beside texts is only a value. */
function numbersIn(schema: ValueSchema): readonly NumberSchema[] {
  switch (schema.type) {
    case "number":
    case "integer":
      return [schema];
    case "list":
      return numbersIn(schema.items);
    case "tuple":
      return schema.items.flatMap(numbersIn);
    case "object":
      return Object.values(schema.fields).flatMap(numbersIn);
    case "union":
      return schema.options.some(({ type }) => type === "string") ? [] : schema.options.flatMap(numbersIn);
    default:
      return [];
  }
}

function isBounded({ min, max, exclusiveMin, exclusiveMax }: NumberSchema): boolean {
  return (min ?? exclusiveMin) !== undefined && (max ?? exclusiveMax) !== undefined;
}

const saysUnbounded = /\bany finite\b|\bwithin ±/i;

test("every number has a range, or its description says that it may be any", () => {
  const unsaid = inputs.filter(
    ({ input }) => !numbersIn(input.schema).every(isBounded) && !saysUnbounded.test(input.description ?? ""),
  );
  expect(unsaid.map(({ place }) => place)).toEqual([]);
});

/** Names of lengths, angles and amounts, and what they are measured in. */
const units: readonly (readonly [name: RegExp, unit: RegExp])[] = [
  [/^(x|y|cx|cy|rx|ry|left|top|right|bottom|point|points|gap|padding|sigma|radius|max_size)$/, /^px$/],
  [/(^|_)(width|height)$/, /^px$/],
  [/^angle$/, /^°$/],
  [/^(contrast|saturation|amount|amplify)$/, /^×$/],
  [/^quality$/, /^%$/],
  [/^count$/, /^items$/],
];

test("every number whose name is that of a length, an angle or an amount has its unit", () => {
  const unitOf = (input: InputDescription) => input.unit ?? "";
  const wrong = inputs.filter(
    ({ name, input }) =>
      numbersIn(input.schema).length > 0 &&
      units.some(([names, unit]) => names.test(name) && !unit.test(unitOf(input))),
  );
  expect(wrong.map(({ place }) => place)).toEqual([]);
});

test("every docs page has a picture, which exists", () => {
  const lacking = nodes.filter((node) => !hasPicture(node));
  expect(lacking.map(({ type }) => type)).toEqual([]);
});

function hasPicture({ type }: NodeDescription): boolean {
  const name = type.replaceAll("/", "-");
  const page = readFileSync(join(docs, `${name}.md`), "utf8");
  return page.includes(`](pictures/${name}.jpg)`) && existsSync(join(docs, `pictures/${name}.jpg`));
}

test("there are at least 55 nodes", () => {
  expect(nodes.length).toBeGreaterThanOrEqual(55);
});
