import { describe, expect, test } from "vitest";
import { resultCacheConformance } from "../testing/result-cache-conformance.ts";
import { layeredCache, memoryCache } from "./memory-cache.ts";
import type { ResultCache } from "./result-cache.ts";

const info = { ms: 1, paid: false } as const;
const samples = (bytes: number) => ({ mask: { kind: "mask", data: new Uint8Array(bytes) } });
/** Room for two results of 1,000 samples. */
const forTwo = () => memoryCache({ maxBytes: 2500 });

describe.each([
  ["memoryCache", () => memoryCache({ maxBytes: 1e6 })],
  ["layeredCache", () => layeredCache(memoryCache({ maxBytes: 1e6 }), memoryCache({ maxBytes: 1e6 }))],
  [
    "layeredCache without room in memory",
    () => layeredCache(memoryCache({ maxBytes: 0 }), memoryCache({ maxBytes: 1e6 })),
  ],
])("%s", (_name, make) => {
  test.each(resultCacheConformance(make).map(({ name, run }) => [name, run] as const))("%s", (_rule, run) => run());
});

test("the oldest result leaves when the budget is spent", () => {
  const cache = forTwo();
  for (const key of ["a", "b", "c"]) cache.set(key, samples(1000));
  expect(["a", "b", "c"].map((key) => cache.get(key) !== undefined)).toEqual([false, true, true]);
  expect(cache.bytes).toBeLessThanOrEqual(2500);
});

test("a result that was used gets a second chance", () => {
  const cache = forTwo();
  cache.set("a", samples(1000));
  cache.set("b", samples(1000));
  cache.get("a");
  cache.set("c", samples(1000));
  expect(["a", "b", "c"].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
});

test("a second chance is one chance", () => {
  const cache = forTwo();
  cache.set("a", samples(1000));
  cache.get("a");
  for (const key of ["b", "c", "d", "e"]) cache.set(key, samples(1000));
  expect(cache.get("a")).toBeUndefined();
});

test("when everything was used, something leaves all the same", () => {
  const cache = forTwo();
  cache.set("a", samples(1000));
  cache.set("b", samples(1000));
  cache.get("a");
  cache.get("b");
  cache.set("c", samples(1000));
  expect(cache.size).toBe(2);
  expect(cache.bytes).toBeLessThanOrEqual(2500);
});

test("a replaced result is counted once", () => {
  const cache = memoryCache({ maxBytes: 1e6 });
  cache.set("a", samples(5000));
  cache.set("a", samples(1000));
  const { bytes } = cache;
  const alone = memoryCache({ maxBytes: 1e6 });
  alone.set("a", samples(1000));
  expect(bytes).toBe(alone.bytes);
});

test("a result larger than the budget is not kept, and takes the older one of its key with it", () => {
  const cache = forTwo();
  cache.set("a", samples(10));
  cache.set("b", samples(10));
  cache.set("a", samples(3000));
  expect([cache.get("a"), cache.get("b") !== undefined]).toEqual([undefined, true]);
});

test("the samples of images in a list count", () => {
  const cache = memoryCache({ maxBytes: 1e6 });
  cache.set("a", { images: [samples(1000).mask, samples(2000).mask] });
  expect(cache.bytes).toBeGreaterThanOrEqual(3000);
  expect(cache.bytes).toBeLessThan(3500);
});

test("a hit below moves up into memory", async () => {
  const memory = memoryCache({ maxBytes: 1e6 });
  let asked = 0;
  const below: ResultCache = {
    get: async () => (asked++, { outputs: { value: 1 }, from: "disk" }),
    set: () => undefined,
  };
  const cache = layeredCache(memory, below);
  const from = [(await cache.get("a"))?.from, (await cache.get("a"))?.from];
  expect([from, asked]).toEqual([["disk", "memory"], 1]);
});

test("what is set goes to both layers", async () => {
  const [memory, below] = [memoryCache({ maxBytes: 1e6 }), memoryCache({ maxBytes: 1e6 })];
  await layeredCache(memory, below).set("a", { value: 1 }, info);
  expect([memory.size, below.size]).toEqual([1, 1]);
});
