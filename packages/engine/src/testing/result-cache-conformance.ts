import type { CachedResult, NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import type { ImageValue } from "../values/image.ts";
import { expectThat, type ConformanceCase } from "./conformance-case.ts";

const key = (digit: string): string => digit.repeat(64);
/** So dear that every cache keeps it. */
const info = { ms: 3_600_000, paid: false } as const;

/**
 * What every `ResultCache` must do, for any test runner.
 *
 * @param make a new, empty cache that has room for a few kilobytes
 * @example
 * for (const { name, run } of resultCacheConformance(() => memoryCache({ maxBytes: 1e6 }))) test(name, run);
 */
export function resultCacheConformance(make: () => ResultCache | Promise<ResultCache>): readonly ConformanceCase[] {
  const withCache = (name: string, check: (cache: ResultCache) => Promise<void>): ConformanceCase => ({
    name,
    run: async () => check(await make()),
  });
  return [
    withCache("a key that was never set is a miss", async (cache) => {
      expectMiss(await cache.get(key("0")));
    }),
    withCache("what was set is found under its key and no other", async (cache) => {
      await cache.set(key("a"), { value: 1 }, info);
      expectOutputs(await cache.get(key("a")), { value: 1 });
      expectMiss(await cache.get(key("b")));
    }),
    withCache("every kind of value comes back as it was", async (cache) => {
      await cache.set(key("a"), everyKind, info);
      expectOutputs(await cache.get(key("a")), everyKind);
    }),
    withCache("a node without outputs has a result too", async (cache) => {
      await cache.set(key("a"), {}, info);
      expectOutputs(await cache.get(key("a")), {});
    }),
    withCache("setting a key again leaves one of both results, whole", async (cache) => {
      await cache.set(key("a"), { value: 1 }, info);
      await cache.set(key("a"), { value: 2 }, info);
      const found = show((await cache.get(key("a")))?.outputs);
      expectThat([show({ value: 1 }), show({ value: 2 })].includes(found), `one of both results, found ${found}`);
    }),
    withCache("a paid result takes the place of another", async (cache) => {
      await cache.set(key("a"), { value: 1 }, info);
      await cache.set(key("a"), { value: 2 }, { ...info, paid: true });
      expectOutputs(await cache.get(key("a")), { value: 2 });
    }),
    withCache("where a result is can be told without reading it", async (cache) => {
      await cache.set(key("a"), { value: 1 }, { ms: 5, paid: true });
      if (!cache.where) return;
      const [there, nowhere] = [await cache.where(key("a")), await cache.where(key("b"))];
      const { from } = (await cache.get(key("a"))) ?? {};
      if (there !== from || nowhere !== undefined)
        throw new Error(`expected ${from} and nothing, was told ${there}, ${nowhere}`);
    }),
    withCache("a paid result is there as soon as setting it has resolved", async (cache) => {
      await cache.set(key("a"), { value: 1 }, { ms: 5, paid: true });
      expectOutputs(await cache.get(key("a")), { value: 1 });
    }),
    withCache("many keys at once do not disturb each other", async (cache) => {
      const digits = "0123456789abcdef".split("");
      await Promise.all(digits.map(async (digit) => cache.set(key(digit), { value: digit }, info)));
      for (const digit of digits) expectOutputs(await cache.get(key(digit)), { value: digit });
    }),
  ];
}

const image: ImageValue = {
  kind: "image",
  width: 2,
  height: 1,
  channels: 3,
  depth: "u16",
  data: Uint16Array.of(0, 1, 2, 256, 40_000, 65_535),
  profile: Uint8Array.of(1, 2, 3),
  metadata: { density: 300 },
};

/** A value of every type that a link can carry. */
const everyKind: NodeOutputs = {
  text: "Grüße, 🙂\n",
  number: -0.1,
  flag: false,
  nothing: null,
  json: { list: [1, [2]], object: { a: "b" } },
  image,
  floats: { ...image, channels: 1, depth: "f32", data: Float32Array.of(0, 0.25) },
  mask: { kind: "mask", width: 2, height: 2, data: Uint8Array.of(0, 1, 128, 255) },
  file: { kind: "file", name: "a.png", sha256: key("f"), size: 3 },
  images: [image, image],
};

function expectMiss(found: CachedResult | undefined): void {
  if (found !== undefined) throw new Error(`expected a miss, found ${show(found.outputs)}`);
}

function expectOutputs(found: CachedResult | undefined, expected: NodeOutputs): void {
  if (found === undefined) throw new Error(`expected ${show(expected)}, found nothing`);
  if (show(found.outputs) !== show(expected))
    throw new Error(`expected ${show(expected)}, found ${show(found.outputs)}`);
}

/** A text that tells values of different types, samples or fields apart; the order of keys does not matter. */
function show(value: unknown): string {
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${bytesOf(value).join(" ")})`;
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${name}: ${show(field)}`);
  return `{ ${fields.join(", ")} }`;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
