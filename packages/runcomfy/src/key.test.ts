import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, isJsonObject, type JsonValue } from "./json.ts";
import { accountId, jobKey } from "./key.ts";

const job = { provider: "p", account: "a", model: "m", identity: { seed: 7, prompt: "x" }, take: 1 };

test("a key is 64 hex digits and does not depend on the order of properties", () => {
  expect(jobKey(job)).toMatch(/^[0-9a-f]{64}$/);
  expect(jobKey({ ...job, identity: { prompt: "x", seed: 7 } })).toBe(jobKey(job));
});

test("each part of the identity changes the key", () => {
  const others = [
    { ...job, provider: "q" },
    { ...job, account: "b" },
    { ...job, model: "n" },
    { ...job, identity: { seed: 8, prompt: "x" } },
    { ...job, take: 2 },
  ];
  expect(new Set([job, ...others].map(jobKey)).size).toBe(6);
});

test("canonical JSON parses back to an equal value, whatever the order it was built in", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as JsonValue;
      expect(JSON.parse(canonicalJson(json))).toEqual(json);
      expect(canonicalJson(reversed(json))).toBe(canonicalJson(json));
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("canonical JSON refuses numbers that JSON cannot hold", () => {
  expect(() => canonicalJson({ a: [Number.NaN] })).toThrow(TypeError);
});

test("an account's name hides the token and depends on the salt", () => {
  expect(accountId("token", "salt")).toMatch(/^[0-9a-f]{16}$/);
  expect(accountId("token", "salt")).not.toBe(accountId("token", "other"));
  expect(accountId("token", "salt")).not.toBe(accountId("other", "salt"));
});

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
