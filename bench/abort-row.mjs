import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { common, newEngine, node, output, planOf } from "./graphs.mjs";

/** A case that starts eight nodes, aborts after 50 ms, and gives the milliseconds until the run has settled. */
export function abortCase(name, resource, work) {
  const definition = defineNode({
    ...common,
    type: "bench/work",
    resource,
    inputs: { own: z.number() },
    outputs: { value: z.number() },
    run: async ({ own }, ctx) => (await work(ctx), { value: own }),
  });
  const ids = Array.from({ length: 8 }, (_, i) => `n${i}`);
  const nodes = Object.fromEntries(ids.map((id, own) => [id, node("bench/work", { own })]));
  const outputs = Object.fromEntries(ids.map((id) => [id, output(id)]));
  const plan = planOf(nodes, { outputs, definitions: [definition] });
  return {
    name,
    setup: () => newEngine([definition]),
    async run(engine) {
      const abort = new AbortController();
      const { finished } = engine.run(plan, { services: {}, signal: abort.signal, onEvent: () => undefined });
      await new Promise((resolve) => setTimeout(resolve, 50));
      const aborted = performance.now();
      abort.abort();
      const { status } = await finished;
      if (status !== "cancelled") throw new Error(`the run has ${status}`);
      return performance.now() - aborted;
    },
  };
}
