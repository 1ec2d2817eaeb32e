import type { JsonObject, JsonValue } from "@inlay/engine";
import { expect, test } from "vitest";
import { readModelSchema } from "./read-model-schema.ts";

const read = (properties: JsonObject, more: JsonObject = {}) =>
  readModelSchema({ type: "object", properties, ...more });
const fieldOf = (property: JsonValue, name = "value") => read({ [name]: property }).fields[0]!;

test("`float` is a number", () => {
  expect(fieldOf({ type: "float", minimum: 0, maximum: 1, default: 0.5 })).toMatchObject({
    value: { type: "number", min: 0, max: 1 },
    default: 0.5,
  });
});

test("`required` that names what is not defined is reported, and not asked for", () => {
  const { fields, notes } = read({ prompt: { type: "string" } }, { required: ["prompt", "images", 7] });
  expect(fields.map(({ name, required }) => [name, required])).toEqual([["prompt", true]]);
  expect(notes).toEqual([
    '`required` names "images", which is not defined: it is not asked for.',
    "`required` names 7, which is not defined: it is not asked for.",
  ]);
});

test.each(["image", "image_url", "mask_image_url", "imageUrl", "reference_image", "mask"])(
  "%s takes a picture",
  (name) => {
    expect(fieldOf({ type: "string" }, name).media).toBe("one");
    expect(fieldOf({ type: "string", nullable: true }, name).media).toBe("one");
  },
);

test.each(["images", "image_urls", "reference_images"])("%s takes pictures", (name) => {
  expect(fieldOf({ type: "array", items: { type: "string" } }, name).media).toBe("many");
});

test("`format: image_uri` makes a field take a picture, whatever its name", () => {
  expect(fieldOf({ type: "string", format: "image_uri" }, "start").media).toBe("one");
  expect(fieldOf({ type: "array", items: { type: "string", format: "image_uri" } }, "start").media).toBe("many");
});

test.each([
  ["image_size", { type: "string" }],
  ["num_images", { type: "integer" }],
  ["image", { type: "string", enum: ["a"] }],
])("%s is no picture", (name, schema) => {
  expect(fieldOf(schema, name).media).toBeUndefined();
});

test.each([
  ["video_url", { type: "string" }, true],
  ["referenceAudioUrls", { type: "array", items: { type: "string" } }, true],
  ["source", { type: "string", format: "video_uri" }, true],
  ["webhook_url", { type: "string" }, false],
  ["generate_audio", { type: "boolean" }, false],
  ["video", { type: "string", enum: ["none"] }, false],
  ["image_url", { type: "string" }, false],
])("%s: the address of a file that is no picture? %#", (name, schema, expected) => {
  expect(fieldOf(schema, name).isFileAddress ?? false).toBe(expected);
});

test.each([
  ["prompt", "A red apple on a table"],
  ["negative_prompt", "blurry"],
  ["audio_url", "x"],
  ["image_url", "https://example.com/a.png"],
  ["anything", "https://example.com/a.png"],
])("the default of %s is a sample: it is not filled in", (name, fallback) => {
  expect(fieldOf({ type: "string", default: fallback }, name)).not.toHaveProperty("default");
});

test("a list of objects with an address in its default keeps its shape and loses the default", () => {
  const items = {
    type: "object",
    required: ["path"],
    properties: { path: { type: "string" }, scale: { type: "float" } },
  };
  const field = fieldOf({ type: "array", items, default: [{ path: "https://example.com/l", scale: 1 }] }, "loras");
  expect(field).not.toHaveProperty("default");
  expect(field.value).toMatchObject({
    type: "list",
    items: {
      type: "object",
      fields: [
        { name: "path", required: true },
        { name: "scale", required: false },
      ],
    },
  });
});

test("choices may be of mixed types, whatever `type` says", () => {
  expect(fieldOf({ type: "string", enum: ["auto", 5, 10], default: 5 })).toMatchObject({
    value: { type: "choice", values: ["auto", 5, 10] },
    default: 5,
  });
});

test("a default that breaks its own schema is left out and reported", () => {
  const { fields, notes } = read({ steps: { type: "integer", maximum: 30, default: 50 } });
  expect(fields[0]).not.toHaveProperty("default");
  expect(notes).toEqual(["The default of `properties.steps` does not satisfy its own schema: it is left out."]);
});

test("what is not understood is left to the service, and reported", () => {
  const { fields, notes } = read({ a: { type: "tensor" }, b: { type: "string", not: {} }, c: true, d: 7 });
  expect(fields.map(({ value }) => value.type)).toEqual(["json", "string", "json", "json"]);
  expect(notes).toHaveLength(3);
});

test("names that mean something to JavaScript are left out", () => {
  const schema = JSON.parse(
    '{ "properties": { "__proto__": {}, "constructor": {}, "a b": {}, "ok": {} } }',
  ) as JsonObject;
  expect(readModelSchema(schema).fields.map(({ name }) => name)).toEqual(["ok"]);
});

test("texts become one line without control characters", () => {
  expect(fieldOf({ type: "string", title: "\u001b[31mRed\n\n text", description: "x".repeat(2000) })).toMatchObject({
    title: "[31mRed text",
    description: `${"x".repeat(999)}…`,
  });
});

test("references within the schema are followed", () => {
  const { fields } = read(
    { size: { $ref: "#/$defs/Size", default: "big" } },
    { $defs: { Size: { allOf: [{ $ref: "#/$defs/Inner" }] }, Inner: { enum: ["big", "small"] } } },
  );
  expect(fields[0]).toMatchObject({ value: { type: "choice", values: ["big", "small"] }, default: "big" });
});

const bomb = Object.fromEntries(
  Array.from({ length: 20 }, (_, i) => [
    `l${i}`,
    { type: "object", properties: { a: { $ref: `#/$defs/l${i + 1}` }, b: { $ref: `#/$defs/l${i + 1}` } } },
  ]),
);
const deep = (levels: number): JsonObject => (levels === 0 ? {} : { type: "array", items: deep(levels - 1) });

test.each<[string, unknown, string]>([
  ["a remote reference", { properties: { a: { $ref: "https://example.com/s.json" } } }, "model.remote-ref"],
  ["a reference to a file", { properties: { a: { $ref: "../s.json#/x" } } }, "model.remote-ref"],
  ["a reference that is no text", { properties: { a: { $ref: 7 } } }, "model.remote-ref"],
  ["a dynamic reference", { properties: { a: { $dynamicRef: "#x" } } }, "model.remote-ref"],
  ["a reference to nothing", { properties: { a: { $ref: "#/$defs/x" } } }, "model.not-a-schema"],
  ["a circle", { properties: { a: { $ref: "#/properties/b" }, b: { $ref: "#/properties/a" } } }, "model.recursive"],
  ["itself as a part", { properties: { a: { type: "array", items: { $ref: "#" } } } }, "model.recursive"],
  [
    "a tree",
    { properties: { a: { $ref: "#/$defs/t" } }, $defs: { t: { type: "array", items: { $ref: "#/$defs/t" } } } },
    "model.recursive",
  ],
  [
    "references that double",
    { properties: { a: { $ref: "#/$defs/l0" } }, $defs: { ...bomb, l20: {} } },
    "model.too-deep",
  ],
  ["depth", { properties: { a: deep(100) } }, "model.too-deep"],
  [
    "many parts",
    { properties: Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`a${i}`, {}])) },
    "model.too-deep",
  ],
  ["an unsafe pattern", { properties: { a: { type: "string", pattern: "^(a+)+$" } } }, "model.unsafe-pattern"],
  ["no properties", { type: "object" }, "model.not-a-schema"],
  ["a list", [], "model.not-a-schema"],
  ["null", null, "model.not-a-schema"],
])("%s is refused", (_name, schema, code) => {
  expect(() => readModelSchema(schema)).toThrow(expect.objectContaining({ code }));
});

test("the service's own answer about a model is taken too", () => {
  expect(readModelSchema({ model_id: "a/b", input_schema: { properties: { a: {} } } }).fields).toHaveLength(1);
});
