import { createHash, hash } from "node:crypto";
import { setMaxListeners } from "node:events";
import { compilePlan, createEngine, defineNode, definePack, memoryCache } from "@inlay/engine";
import { z } from "zod";

/** Node's own clock, timers and hashes, as the real host lends them. */
const host = {
  sha256: hash ? (text) => hash("sha256", text) : (text) => createHash("sha256").update(text).digest("hex"),
  now: () => performance.now(),
  wallClock: () => Date.now(),
  setTimer(callback, ms) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
  createAbort() {
    const abort = new AbortController();
    // Every running node may listen; Node would warn of a leak at the eleventh.
    setMaxListeners(0, abort.signal);
    return abort;
  },
  newRunId: () => "bench",
};

export const common = { version: 1, title: "Bench", category: "Bench", description: "For the benchmark." };

/** What every node of every contender computes: three values and a parameter of its own. */
export const compute = (a, b, c, own) => (a + b + c + own) % 1_000_003;

const number = () => z.number().default(0);
const add = defineNode({
  ...common,
  type: "bench/add",
  inputs: { a: number(), b: number(), c: number(), own: number() },
  outputs: { value: z.number() },
  run: ({ a, b, c, own }) => ({ value: compute(a, b, c, own) }),
});
const gather = defineNode({
  ...common,
  type: "bench/gather",
  inputs: { values: z.array(z.number()) },
  outputs: { value: z.number() },
  run: ({ values }) => ({ value: values.reduce((sum, value) => (sum + value) % 1_000_003, 0) }),
});

/** An engine with an empty cache. */
export function newEngine(definitions = [add, gather], options = {}) {
  const packs = [definePack({ name: "bench", version: "1.0.0", cacheEpoch: 1 }, definitions)];
  return createEngine({ host, packs, cache: memoryCache({ maxBytes: 1e9 }), ...options });
}

/** Runs a plan as a host does: with a listener and an abort signal. Fails unless the run succeeds. */
export async function runPlan(engine, plan, inputs = {}) {
  let events = 0;
  const { signal } = new AbortController();
  const { finished } = engine.run(plan, { services: {}, inputs, signal, onEvent: () => void events++ });
  const result = await finished;
  if (result.status !== "succeeded") throw new Error(result.errors[0]?.message ?? result.status);
  return result;
}

export function planOf(nodes, { outputs, inputs = {}, definitions } = {}) {
  const workflow = { inlay: 1, inputs, outputs, packs: {}, assets: {}, nodes, workflows: {}, view: {} };
  return compilePlan(workflow, newEngine(definitions).catalog).plan;
}

export const node = (type, inputs) => ({ type, version: 1, inputs });
export const link = (id) => ({ $link: [id, "value"] });
export const output = (id) => ({ node: id, output: "value" });

/** The sources of node `i`: none in the first layer, else three of the layer before, spread evenly. */
export function sourcesOf(i, width = 100) {
  const layer = Math.floor(i / width);
  return layer === 0 ? [] : [0, 1, 2].map((j) => (layer - 1) * width + ((i * 7 + j * 13) % width));
}

/** Layers of 100 nodes, each with three sources and a parameter of its own, so that no two share a cache key. */
export function layeredNodes(size) {
  const nodes = {};
  for (let i = 0; i < size; i++) {
    const [a, b, c] = sourcesOf(i).map((source) => link(`n${source}`));
    nodes[`n${i}`] = node("bench/add", a === undefined ? { own: i } : { a, b, c, own: i });
  }
  return nodes;
}

/** The last layer as named outputs. */
export function lastLayer(size, width = 100) {
  return Object.fromEntries(Array.from({ length: width }, (_, i) => [`o${i}`, output(`n${size - width + i}`)]));
}

export const layeredPlan = (size) => planOf(layeredNodes(size), { outputs: lastLayer(size) });
