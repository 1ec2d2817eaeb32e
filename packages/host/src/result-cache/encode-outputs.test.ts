import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeOutputs, encodableOutputs } from "./encode-outputs.ts";

function encoded(outputs: Record<string, unknown>): Uint8Array {
  return Buffer.concat(encodableOutputs(outputs)?.encode() ?? []);
}

const samples = fc.oneof(
  fc.uint8Array(),
  fc.uint16Array(),
  fc.float32Array().map((array) => array.map((value) => (Number.isNaN(value) ? 0 : value))),
);
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const outputs = fc.dictionary(fc.constantFrom("a", "b", "$a", "$o"), fc.oneof(samples, json, fc.array(samples)));

test("what is decoded equals what was encoded, whatever it is", () => {
  fc.assert(
    fc.property(outputs, (value) => {
      const plain = Object.fromEntries(Object.entries(value));
      expect(decodeOutputs(encoded(plain))).toEqual(plain);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("no change or cut of any byte goes unnoticed", () => {
  const bytes = encoded({ mask: { kind: "mask", width: 2, height: 1, data: Uint8Array.of(0, 255) }, n: 1 });
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(decodeOutputs(changed)).toBeUndefined();
    expect(decodeOutputs(bytes.subarray(0, at))).toBeUndefined();
  }
});

test("bytes at an odd address are decoded too", () => {
  const bytes = encoded({ data: Float32Array.of(0.5, 1) });
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(decodeOutputs(shifted.subarray(1))).toEqual({ data: Float32Array.of(0.5, 1) });
});

test.each([[() => 1], [Number.NaN], [new Map()], [1n], [new Uint8ClampedArray(1)]])("%s cannot be kept", (value) => {
  expect(encodableOutputs({ value })).toBeUndefined();
  expect(encodableOutputs({ list: [value] })).toBeUndefined();
});

test("a value that nests without end cannot be kept", () => {
  const value: { self?: unknown } = {};
  value.self = value;
  expect(encodableOutputs({ value })).toBeUndefined();
});

test("an absent optional member stays absent", () => {
  expect(decodeOutputs(encoded({ image: { width: 1, profile: undefined } }))).toEqual({ image: { width: 1 } });
});
