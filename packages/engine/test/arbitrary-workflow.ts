import fc from "fast-check";
import type { JsonObject, JsonValue } from "../src/json.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/).filter((id) => id !== "constructor" && id !== "prototype");
const text = fc.string({ maxLength: 12 });
const finite = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
  .map((value) => (Object.is(value, -0) ? 0 : value));
const scalar = fc.oneof(text, fc.integer(), finite, fc.boolean(), fc.constant(null));
const key = text.filter((word) => !word.startsWith("$") && !["__proto__", "constructor", "prototype"].includes(word));

/** Literals without `$` keys, some of them long enough to be broken into lines. */
const literal: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 8 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const points = fc.array(fc.tuple(finite, finite), { maxLength: 30 });

const reference: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.tuple(name, name).map((link) => ({ $link: link })),
  name.map((input) => ({ $input: input })),
  fc.constantFrom("a.png", "photos/cup of tea.jpg").map((path) => ({ $file: path })),
  fc.constantFrom("random", "increment").map((mode) => ({ $seed: mode })),
);

const stored: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constantFrom("a.png", "photos/cup of tea.jpg").map((path) => ({ $file: path })),
  fc.constant({ $asset: "0".repeat(64) }),
);
const given = fc.oneof(literal, points, reference, fc.array(reference, { maxLength: 3 }));
const dictionary = <T>(values: fc.Arbitrary<T>) => fc.dictionary(name, values, { maxKeys: 4, noNullPrototype: true });
const labels = { title: text, description: text, order: fc.integer() };

const node = fc.record(
  {
    type: fc.constantFrom("image/load", "mask/feather", "test/inpaint", "test/stack", "unknown/node"),
    version: fc.constantFrom(1, 2),
    inputs: dictionary(given),
    title: text,
    disabled: fc.constantFrom("mute", "bypass"),
    timeout: fc.constantFrom(0.5, 60),
    pinned: dictionary(fc.oneof(literal, points, stored, fc.array(stored, { maxLength: 3 }))),
    "unknown key": literal,
  },
  { requiredKeys: ["type", "version", "inputs"], noNullPrototype: true },
);

const graph = {
  inputs: dictionary(
    fc.record(
      { type: fc.constantFrom("image", "string", "integer"), default: literal, ...labels, "?": literal },
      { requiredKeys: ["type"], noNullPrototype: true },
    ),
  ),
  outputs: dictionary(
    fc.record({ node: name, output: name, ...labels }, { requiredKeys: ["node", "output"], noNullPrototype: true }),
  ),
  nodes: dictionary(node),
  view: fc.dictionary(fc.constantFrom("nodes", "links", "frames", "else"), literal, { noNullPrototype: true }),
};

/** Well-formed workflow files with every section, unknown keys and nodes, and references that may dangle. */
export const arbitraryWorkflow = fc.record(
  {
    inlay: fc.constant(1),
    ...graph,
    packs: dictionary(text),
    assets: fc.constant({}),
    workflows: dictionary(fc.record(graph, { noNullPrototype: true })),
    $schema: text,
    name: text,
    description: text,
    "unknown section": literal,
    "1": literal,
  },
  {
    requiredKeys: ["inlay", "inputs", "outputs", "nodes", "view", "packs", "assets", "workflows"],
    noNullPrototype: true,
  },
);
