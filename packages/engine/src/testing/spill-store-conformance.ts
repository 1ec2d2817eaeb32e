import type { SpillStore } from "../host.ts";
import type { Samples } from "../values/image.ts";
import type { ConformanceCase } from "./conformance-case.ts";

/**
 * What every `SpillStore` must do, for any test runner.
 *
 * @param make a new, empty store
 * @example
 * for (const { name, run } of spillStoreConformance(() => fileSpillStore(workspace))) test(name, run);
 */
export function spillStoreConformance(make: () => SpillStore | Promise<SpillStore>): readonly ConformanceCase[] {
  const withStore = (name: string, check: (store: SpillStore) => Promise<void>): ConformanceCase => ({
    name,
    run: async () => check(await make()),
  });
  return [
    withStore("samples of every depth come back as they were", async (store) => {
      for (const samples of everyDepth) expectSame(await store.read(await store.write(samples)), samples);
    }),
    withStore("samples may be read more than once, in any order", async (store) => {
      const written = [];
      for (const samples of everyDepth) written.push(await store.write(samples));
      for (const round of [written, written.toReversed()]) {
        for (const spilled of round) expectSame(await store.read(spilled), everyDepth[written.indexOf(spilled)]!);
      }
    }),
    withStore("a part of a larger buffer is written alone", async (store) => {
      const part = Uint16Array.of(1, 2, 3, 4, 5).subarray(1, 4);
      expectSame(await store.read(await store.write(part)), Uint16Array.of(2, 3, 4));
    }),
    withStore("what is written later does not change what was written", async (store) => {
      const samples = Uint8Array.of(1, 2, 3);
      const spilled = await store.write(samples);
      samples.fill(9);
      await store.write(samples);
      expectSame(await store.read(spilled), Uint8Array.of(1, 2, 3));
    }),
    withStore("what was dropped is gone, and nothing else", async (store) => {
      const [first, second] = [await store.write(Uint8Array.of(1)), await store.write(Uint8Array.of(2))];
      store.drop(first);
      store.drop(first);
      expectSame(await store.read(second), Uint8Array.of(2));
    }),
  ];
}

const everyDepth: readonly Samples[] = [
  Uint8Array.of(0, 1, 254, 255),
  Uint16Array.of(0, 256, 65_535),
  Float32Array.of(0, 0.25, 1),
];

function expectSame(read: Samples, written: Samples): void {
  const isSame =
    read.constructor === written.constructor &&
    read.length === written.length &&
    read.every((sample, i) => sample === written[i]);
  if (!isSame) throw new Error(`Wrote ${written.constructor.name} ${written.join()}, read ${read.join()}.`);
}
