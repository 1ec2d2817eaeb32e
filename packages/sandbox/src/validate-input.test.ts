import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import { inpaintingInputSchema } from "./generated/inpainting-input-schema.ts";
import { validateInput } from "./validate-input.ts";

const MINIMAL = { prompt: "", image_url: "https://a.example/i.png", mask_image_url: "https://a.example/m.png" };

/** The fields that the refusal of this body names. */
function blamed(body: unknown): readonly string[] {
  try {
    validateInput(body);
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect(error.kind).toBe("invalidBody");
    return (error.detail ?? []).map(({ loc }) => loc.join("."));
  }
}

test("the embedded schema is the published one", () => {
  const published = readFileSync(
    new URL("../schema/z-image-turbo-inpainting.input.schema.json", import.meta.url),
    "utf8",
  );
  expect(inpaintingInputSchema).toEqual(JSON.parse(published));
});

test("optional fields get the schema's defaults", () => {
  expect(validateInput(MINIMAL).request).toEqual({
    ...MINIMAL,
    control_start: 0,
    control_end: 0.6,
    control_scale: 0.75,
    strength: 1,
    image_size: "auto",
    num_inference_steps: 20,
    seed: 0,
    output_format: "png",
  });
});

describe("each required field", () => {
  test.each(Object.keys(MINIMAL))("%s is missed, although the schema has a default for it", (name) => {
    const body = Object.fromEntries(Object.entries(MINIMAL).filter(([key]) => key !== name));
    expect(blamed(body)).toEqual([`body.${name}`]);
  });
});

describe("each wrong value is blamed on its field", () => {
  test.each([
    ["prompt", 7],
    ["image_url", null],
    ["mask_image_url", ["https://a.example/m.png"]],
    ["control_start", -0.01],
    ["control_start", 1.01],
    ["control_start", "0"],
    ["control_end", -0.01],
    ["control_end", 1.01],
    ["control_scale", -0.01],
    ["control_scale", 1.01],
    ["strength", -0.01],
    ["strength", 1.01],
    ["strength", "1"],
    ["image_size", "huge"],
    ["num_inference_steps", 0],
    ["num_inference_steps", 31],
    ["num_inference_steps", 2.5],
    ["seed", 0.5],
    ["seed", "1"],
    ["output_format", "gif"],
  ])("%s = %j", (name, value) => {
    expect(blamed({ ...MINIMAL, [name]: value })).toEqual([`body.${name}`]);
  });
});

describe("the ends of each range are accepted", () => {
  test.each([
    ["control_start", [0, 1]],
    ["control_end", [0, 1]],
    ["control_scale", [0, 1]],
    ["strength", [0, 1]],
    ["num_inference_steps", [1, 30]],
    ["seed", [-(2 ** 53), 0, 2 ** 53]],
    ["image_size", inpaintingInputSchema.properties.image_size.enum],
    ["output_format", inpaintingInputSchema.properties.output_format.enum],
  ])("%s: %j", (name, values) => {
    for (const value of values) expect(blamed({ ...MINIMAL, [name]: value })).toEqual([]);
  });
});

test("all wrong fields are named at once", () => {
  expect(blamed({ prompt: 1, image_url: "x", strength: 2 })).toEqual(
    expect.arrayContaining(["body.mask_image_url", "body.prompt", "body.strength"]),
  );
});

test("unknown fields are left aside and named, or refused if that is asked for", () => {
  const body = { ...MINIMAL, promt: "an apple" };
  expect(validateInput(body).unknownFields).toEqual(["promt"]);
  expect(validateInput(body).request).not.toHaveProperty("promt");
  expect(() => validateInput(body, "refuse")).toThrow("promt: Unknown field");
});

test("any JSON at all is either accepted or refused with the fields named", () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record({ prompt: fc.jsonValue(), image_url: fc.string(), mask_image_url: fc.string(), seed: fc.jsonValue() }),
  );
  fc.assert(
    fc.property(anything, (body) => {
      for (const field of blamed(body)) expect(field).toMatch(/^body/);
    }),
    { seed: 1, numRuns: 300 },
  );
});
