import { errorData } from "@inlay/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defineRunComfyModel } from "./define-model.ts";

const keyword = fc.constantFrom(
  "type", "enum", "const", "default", "anyOf", "oneOf", "allOf", "items", "properties", "required", "minimum", "maximum",
  "exclusiveMinimum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "pattern", "format", "nullable",
  "title", "description", "$ref", "$defs", "additionalProperties", "not", "prompt", "image_url", "images", "seed", "__proto__",
); // prettier-ignore
const word = fc.constantFrom(
  "string", "integer", "number", "float", "boolean", "array", "object", "null", "image_uri", "#/properties/prompt",
  "#/$defs/a", "^a+$", "(a+)+", "https://example.com/a", "seed", "prompt", "\u001b[31m", "",
); // prettier-ignore

const { schema } = fc.letrec((tie) => ({
  schema: fc.dictionary(keyword, tie("value"), { maxKeys: 5 }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    word,
    fc.constantFrom(null, true, false, 0, 1, -1, 2.5, 1e300),
    tie("schema"),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
}));

const model = fc.record({ properties: fc.dictionary(keyword, schema, { maxKeys: 6 }), required: fc.array(word) });

test("whatever a schema holds, there is a node of it or one of the errors that models have", () => {
  let made = 0;
  fc.assert(
    fc.property(model, (json) => {
      try {
        defineRunComfyModel(JSON.parse(JSON.stringify(json)) as unknown, { modelId: "vendor/model" });
        made += 1;
      } catch (error) {
        expect(errorData(error).code, errorData(error).message).toMatch(/^model\./);
      }
    }),
    { seed: 11, numRuns: process.env.INLAY_PROOF ? 20_000 : 2_000 },
  );
  expect(made).toBeGreaterThan(500);
});
