import { appendFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import {
  catalogOf,
  createEngine,
  defineNode,
  definePack,
  definitionsOf,
  EngineError,
  Image,
  memoryCache,
  validateNodes,
} from "@inlay/engine";
import type { NodeDefinition } from "@inlay/engine";
import { z } from "zod";
import type { RunRuntime } from "../../src/http/index.ts";
import { openHost } from "../../src/index.ts";

const common = { version: 1, category: "Test", description: "For tests.", outputs: { value: z.number() } } as const;
const value = z.number().default(0);

/** Small nodes: numbers, sums, time, failure, and one that notes outside of the workspace that it ran. */
export const testNodes: readonly NodeDefinition[] = [
  defineNode({
    ...common,
    type: "test/number",
    title: "Number",
    inputs: { value },
    run: (inputs) => ({ value: inputs.value }),
  }),
  defineNode({
    ...common,
    type: "test/sum",
    title: "Sum",
    inputs: { a: value, b: value },
    run: ({ a, b }) => ({ value: a + b }),
  }),
  defineNode({
    ...common,
    type: "test/wait",
    title: "Wait",
    inputs: { value, ms: z.number().default(0) },
    resource: "network",
    async run({ value: given, ms }, ctx) {
      await sleep(ms, undefined, { signal: ctx.signal });
      return { value: given };
    },
  }),
  defineNode({
    ...common,
    type: "test/note",
    title: "Note",
    inputs: { value, ms: z.number().default(0), file: z.string() },
    resource: "network",
    async run({ value: given, ms, file }, ctx) {
      await appendFile(file, `${ctx.run.id} ${ctx.run.node}\n`);
      await sleep(ms, undefined, { signal: ctx.signal });
      return { value: given };
    },
  }),
  defineNode({
    ...common,
    type: "test/picture",
    title: "Picture",
    inputs: { level: value, file: z.string() },
    outputs: { image: Image },
    async run({ level, file }, ctx) {
      await appendFile(file, `${ctx.run.id} ${ctx.run.node}\n`);
      const data = new Uint8Array(1_000_000).fill(level);
      return { image: { kind: "image", width: 1000, height: 1000, channels: 1, depth: "u8", data } };
    },
  }),
  defineNode({
    ...common,
    type: "test/level",
    title: "Level",
    inputs: { image: Image, ms: z.number().default(0) },
    resource: "network",
    async run({ image, ms }, ctx) {
      await sleep(ms, undefined, { signal: ctx.signal });
      return { value: image.data[0] ?? 0 };
    },
  }),
  defineNode({
    ...common,
    type: "test/values",
    title: "Values",
    inputs: { values: z.array(z.number()) },
    outputs: { values: z.array(z.number()) },
    run: ({ values }) => ({ values }),
  }),
  defineNode({
    ...common,
    type: "test/count",
    title: "Count",
    inputs: { images: z.array(Image), ms: z.number().default(0) },
    resource: "network",
    async run({ images, ms }, ctx) {
      await sleep(ms, undefined, { signal: ctx.signal });
      return { value: images.length };
    },
  }),
  defineNode({
    ...common,
    type: "test/steps",
    title: "Steps",
    inputs: { value, steps: z.number().default(3) },
    resource: "network",
    async run({ value: given, steps }, ctx) {
      for (let step = 1; step <= steps; step++) {
        ctx.progress(step, steps);
        await sleep(5);
      }
      return { value: given };
    },
  }),
  defineNode({
    ...common,
    type: "test/save",
    title: "Save",
    inputs: { value, file: z.string() },
    isOutput: true,
    cache: "never",
    async run({ value: given, file }, ctx) {
      await appendFile(file, `${ctx.run.id} ${ctx.run.node}\n`);
      ctx.publish({ role: "result", path: file, sha256: "0".repeat(64), size: 1, mime: "text/plain" });
      return { value: given };
    },
  }),
  defineNode({
    ...common,
    type: "test/range",
    title: "Range",
    inputs: { low: value, high: z.number().default(5) },
    validate: ({ low, high }) =>
      low !== undefined && high !== undefined && low > high
        ? [{ input: "low", code: "input.level-range", message: "It lies above `high`." }]
        : [],
    run: ({ low }) => ({ value: low }),
  }),
  defineNode({
    ...common,
    type: "test/fail",
    title: "Fail",
    inputs: { value, unless: z.string().default("") },
    cache: "never",
    run: ({ value: given, unless }) => {
      if (process.env[unless] !== undefined) return { value: given };
      throw new EngineError({ code: "test.failed", message: "It failed, as it should." });
    },
  }),
];

/** An engine with these nodes on a workspace. */
export async function testRuntime(dir: string): Promise<RunRuntime> {
  const host = await openHost({ workspace: dir, env: {} });
  const cache = memoryCache({ maxBytes: 2 ** 26 });
  const packs = [definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, testNodes)];
  return {
    engine: createEngine({ host: host.host, packs, cache }),
    cache,
    host,
    prefetch: () => undefined,
    validate: (workflow) => validateNodes(workflow, catalogOf(packs), definitionsOf(packs)),
    pictures: {
      preview: unused,
      encode: unused,
      thumbnail: unused,
      measure: noPicture,
      decode: noPicture,
      similar: unused,
    },
  };
}

function unused(): Promise<never> {
  return Promise.reject(new Error("These nodes make no pictures."));
}

function noPicture(): Promise<never> {
  return Promise.reject(new EngineError({ code: "test.no-picture", message: "Nothing is a picture here." }));
}
