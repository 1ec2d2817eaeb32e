import fc from "fast-check";
import { expect, test } from "vitest";
import { explainJson } from "./explain-json.ts";
import { readJson } from "./read-json.ts";

const codesOf = (text: string) => readJson(text).diagnostics.map(({ code }) => code);
const firstOf = (text: string) => readJson(text).diagnostics[0];

test("reads what JSON.parse reads", () => {
  expect(readJson(' {"a": [1, -2.5e3, true, null, "\\u00e9"]}\n').value).toEqual({ a: [1, -2500, true, null, "é"] });
});

test("skips a byte order mark", () => {
  expect(readJson("\uFEFF[1]").value).toEqual([1]);
});

test("counts lines and columns from 1, without the byte order mark", () => {
  expect(firstOf('\uFEFF{\r\n  "a": x }')).toMatchObject({ line: 2, column: 8 });
});

test.each(["", " \n\t"])("an empty text is json.empty", (text) => {
  expect(codesOf(text)).toEqual(["json.empty"]);
});

test.each([
  "[1] x",
  "{a: 1}",
  "[01]",
  "[1",
  '["a]',
  "[.5]",
  "['a']",
  '["\\x"]',
  '["\t"]',
  "undefined",
  "[1 2]",
  '{"a" 1}',
])("%j is json.syntax", (text) => {
  expect(codesOf(text)).toEqual(["json.syntax"]);
});

test("names every comment and trailing comma, and goes on", () => {
  const { diagnostics } = readJson('{\n  // note\n  "a": [1,],\n}');
  expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
    ["json.syntax", 2],
    ["json.syntax", 3],
    ["json.syntax", 4],
  ]);
});

test("names every duplicate key with the path and place of the second", () => {
  expect(firstOf('{"a": {"b": 1,\n "b": 2}}')).toMatchObject({
    code: "json.duplicate-key",
    path: ["a", "b"],
    line: 2,
    column: 2,
  });
});

test("sees a duplicate behind an escape", () => {
  expect(codesOf('{"a": 1, "\\u0061": 2}')).toEqual(["json.duplicate-key"]);
});

test("counts no colon inside of texts", () => {
  expect(readJson('{"a\\\\": ":\\":", "b": "\\\\"}').diagnostics).toEqual([]);
});

test.each(["__proto__", "constructor", "prototype"])("refuses the key %s", (key) => {
  expect(codesOf(`{"${key}": {"polluted": true}}`)).toEqual(["json.forbidden-key"]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test.each(["1e999", "-1e999", "9007199254740992", "1e20"])("refuses the number %s", (number) => {
  expect(codesOf(`[${number}]`)).toEqual(["json.unsafe-number"]);
});

test("keeps 64 levels and refuses 65", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(codesOf(nested(64))).toEqual([]);
  expect(codesOf(nested(65))).toEqual(["json.too-deep"]);
});

test("32 MiB of brackets are refused without building anything", () => {
  expect(codesOf("[".repeat(32 * 1024 * 1024))).toEqual(["json.too-deep"]);
});

test("more than 32 MiB of UTF-8 are refused, counted in bytes", () => {
  expect(codesOf(`"${"a".repeat(32 * 1024 * 1024 - 2)}"`)).toEqual([]);
  expect(codesOf(`"${"é".repeat(16 * 1024 * 1024)}"`)).toEqual(["json.too-large"]);
});

test("a deep path is given for what lies inside of arrays", () => {
  expect(firstOf('{"a": [0, [1, 1e999]]}')).toMatchObject({ path: ["a", 1, 1], line: 1, column: 15 });
});

test("the quick look and the explanation agree on what is clean", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"b"',
    "1",
    "1e999",
    "null",
    " ",
    "//",
    "/**/",
    '"__proto__"',
  );
  const pieces = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));
  const json = fc.json().map((text) => text.replaceAll("__proto__", "p"));
  fc.assert(
    fc.property(fc.oneof(pieces, json, fc.string()), (text) => {
      if (text.trim() === "" || text.startsWith("\uFEFF")) return;
      expect(readJson(text).value !== undefined).toBe(explainJson(text).length === 0);
    }),
    { seed: 7, numRuns: 2000 },
  );
});
