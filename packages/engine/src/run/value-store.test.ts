import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import type { SpillStore } from "../host.ts";
import { defineNode } from "../node/define-node.ts";
import { Image } from "../node/sockets.ts";
import type { ImageValue, Samples } from "../values/image.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import { ValueStore } from "./value-store.ts";

const size = 128 * 1024;
const picture = (level: number): ImageValue => ({
  kind: "image",
  width: size,
  height: 1,
  channels: 1,
  depth: "u8",
  data: new Uint8Array(size).fill(level),
});

/** Keeps what is written in a map, and counts. */
function mapSpill() {
  const kept = new Map<string, Samples>();
  const counts = { written: 0, read: 0 };
  const spill: SpillStore = {
    async write(samples) {
      await new Promise((resolve) => setImmediate(resolve));
      const id = `${++counts.written}`;
      kept.set(id, samples.slice());
      return { id, depth: "u8", size: samples.byteLength };
    },
    async read({ id }) {
      counts.read++;
      await Promise.resolve();
      return kept.get(id)!;
    },
    drop: ({ id }) => void kept.delete(id),
  };
  return { spill, kept, counts };
}

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;

function bench(maxBytes: number, spill: SpillStore | undefined) {
  return engineWith(
    [
      defineNode({
        ...common,
        type: "test/picture",
        inputs: { level: z.number(), after: z.number().default(0) },
        outputs: { image: Image, level: z.number() },
        run: ({ level }) => ({ image: picture(level), level }),
      }),
      defineNode({
        ...common,
        type: "test/darker",
        inputs: { image: Image },
        outputs: { image: Image },
        run: ({ image }) => ({ image: picture(image.data[5]! - 1) }),
      }),
      defineNode({
        ...common,
        type: "test/levels",
        inputs: { images: z.array(Image) },
        outputs: { levels: z.array(z.number()) },
        run: ({ images }) => ({ levels: images.map(({ data }) => data[7]!) }),
      }),
      defineNode({
        ...common,
        type: "test/range",
        inputs: { levels: z.array(z.number()) },
        outputs: { levels: z.array(z.number()) },
        run: ({ levels }) => ({ levels }),
      }),
    ],
    { values: { maxBytes, spill }, cache: memoryCache({ maxBytes: 1000 }), limits: { cpu: 1 } },
  );
}

const levels = workflowOf(
  {
    range: ["test/range", { levels: [10, 20, 30, 40] }],
    made: ["test/picture", { level: link("range", "levels") }],
    darker: ["test/darker", { image: link("made", "image") }],
    all: ["test/levels", { images: link("darker", "image") }],
  },
  { outputs: { end: { node: "all", output: "levels" } } },
);

test("within the budget nothing is written out", async () => {
  const { spill, counts } = mapSpill();
  const { outputs } = await bench(100 * size, spill).run(levels);
  expect([outputs, counts]).toEqual([{ end: [9, 19, 29, 39] }, { written: 0, read: 0 }]);
});

test("above the budget the oldest pixels are written out and read again by who takes them", async () => {
  const { spill, kept, counts } = mapSpill();
  const { outputs, errors } = await bench(1.5 * size, spill).run(levels);
  expect(errors).toEqual([]);
  expect([outputs, counts.written > 1, counts.read > 1]).toEqual([{ end: [9, 19, 29, 39] }, true, true]);
  expect(kept.size).toBe(0);
});

test("a named output that was written out is whole in the result", async () => {
  const { spill, counts } = mapSpill();
  const { outputs } = await bench(0.5 * size, spill).run({
    ...levels,
    outputs: { end: { node: "darker", output: "image" } },
  });
  const end = outputs["end"] as ImageValue[];
  expect([counts.written > 0, end.map(({ data }) => data[0])]).toEqual([true, [9, 19, 29, 39]]);
});

test("a store that cannot write costs memory, not the run", async () => {
  const refusing: SpillStore = {
    write: () => Promise.reject(new Error("no space left")),
    read: () => Promise.reject(new Error("nothing there")),
    drop: () => undefined,
  };
  const { outputs } = await bench(1, refusing).run(levels);
  expect(outputs).toEqual({ end: [9, 19, 29, 39] });
});

test("what a run holds is let go when it ends, also when it is cancelled", () => {
  const left: number[] = [];
  const store = new ValueStore({ maxBytes: 10 * size, onChange: (bytes) => left.push(bytes) });
  const run = store.open();
  const places = [{ image: picture(1) }, { image: picture(2) }];
  run.hold(places, 0);
  run.hold(places, 1);
  run.release(places, 0);
  run.close();
  expect([left, store.bytes]).toEqual([[9 * size, 8 * size, 9 * size, 10 * size], 0]);
});
