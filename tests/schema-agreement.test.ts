import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkValue, type JsonObject, type JsonValue, type NodeDescription } from "@inlay/engine";
import { bodyCheck, defineRunComfyModel } from "@inlay/nodes/models";
import { zImageTurboInpaintingSchema } from "@inlay/runcomfy/models";
import { inputValidator } from "@inlay/sandbox";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inputsFor } from "./support/model-inputs.ts";

// The client's check is zod's, the sandbox's is ajv's; they share no code, and each understands a schema's oddities by
// itself. What they agree on is what the schema says.

const runs = process.env.INLAY_PROOF ? 12_000 : 3_000;

const fixture = (name: string): JsonObject =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`fixtures/models/${name}.json`, import.meta.url)), "utf8"),
  ) as JsonObject;

const schemas: readonly (readonly [string, JsonObject])[] = [
  ["inpainting, as the API gives it", zImageTurboInpaintingSchema as unknown as JsonObject],
  ...["edit", "video", "elements"].map((name) => [name, fixture(name)] as const),
];

test.each(schemas)("zod and ajv agree on what the schema takes: %s", (_name, schema) => {
  const [zod, ajv] = [bodyCheck(schema), inputValidator(schema)];
  let taken = 0;
  fc.assert(
    fc.property(inputsFor(schema), (input) => {
      const problems = zod(input);
      const accepted = ajv(input);
      if (accepted) taken += 1;
      if (accepted !== (problems.length === 0)) {
        throw new Error(`ajv: ${JSON.stringify(ajv.errors)}; zod: ${JSON.stringify(problems)}`);
      }
    }),
    { seed: 5, numRuns: runs },
  );
  // Agreement on one answer alone would say nothing.
  expect(taken / runs).toBeGreaterThan(0.1);
  expect(taken / runs).toBeLessThan(0.9);
});

/** What data cannot describe, lists of lists and `oneOf`, is checked when all values are there, before anything is sent. */
const checkedLater = /^\/(?:elements\/\d+\/box|scale)(?:\/|$)/;

test.each(schemas)("what a node's form takes, the schema takes: %s", (_name, schema) => {
  const { description } = defineRunComfyModel(schema, { modelId: "vendor/model" });
  const ajv = inputValidator<JsonObject>(schema);
  let taken = 0;
  fc.assert(
    fc.property(inputsFor(schema), (input) => {
      const body = takenByForm(description, schema, input);
      if (!body) return;
      taken += 1;
      ajv(body);
      expect((ajv.errors ?? []).filter(({ instancePath }) => !checkedLater.test(instancePath))).toEqual([]);
    }),
    { seed: 6, numRuns: runs },
  );
  expect(taken / runs).toBeGreaterThan(0.05);
});

/** The body that a node would send for these values, by the service's names; undefined when its form refuses one. */
function takenByForm({ inputs }: NodeDescription, schema: JsonObject, values: JsonValue): JsonObject | undefined {
  if (typeof values !== "object" || values === null || Array.isArray(values)) return undefined;
  const given = values as JsonObject;
  const names = Object.keys(schema.properties as JsonObject);
  const body: Record<string, JsonValue> = {};
  for (const [index, [, input]] of Object.entries(inputs).entries()) {
    const name = names[index]!;
    const value = given[name] ?? input.default;
    if (value === undefined && input.required) return undefined;
    if (value === undefined) continue;
    if (checkValue(input.schema, value, "literal").length > 0) return undefined;
    body[name] = value;
  }
  return body;
}
