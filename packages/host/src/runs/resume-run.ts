import type { JsonValue, NodeOutputs, Plan, RunEvent, RunOptions } from "@inlay/engine";
import { decodeOutputs } from "../result-cache/encode-outputs.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunStore } from "./run-store.ts";
import type { RunRuntime } from "./runtime.ts";

/** What an attempt takes over from those before it. */
export interface Resumed {
  /** Seeds that were drawn stay what they were. */
  readonly seeds: Readonly<Record<string, number>>;
  /** What this very run has made before. */
  readonly finished: NonNullable<RunOptions["finished"]>;
  /** An event of this attempt, with what only an earlier one knew. */
  complete(event: RunEvent): RunEvent;
  /** The events of the attempts before, in order. */
  readonly events: readonly RunEvent[];
}

const page = 1000;

/**
 * Reads what earlier attempts of a run had finished, and puts it into the cache together with what the run had finished that
 * this one repeats. A repeated run counts as another run: its saves are done again, which finds the same files.
 */
export async function resumeRun(
  run: RunRecord,
  plan: Plan,
  { store, runtime }: { readonly store: RunStore; readonly runtime: RunRuntime },
): Promise<Resumed> {
  const earlier = run.retryOf === undefined ? undefined : await store.get(run.retryOf);
  if (earlier) await putBack(earlier.id, store, runtime);
  const seeds = { ...earlier?.seeds, ...run.seeds };
  if (run.attempt <= 1) return { seeds, finished: new Map(), events: [], complete: (event) => event };
  const finished = await putBack(run.id, store, runtime);
  const known = new Map((await store.nodes(run.id)).map(({ node, outputs = {} }) => [node, outputs]));
  return {
    seeds,
    finished,
    events: await eventsOf(run.id, store),
    complete(event) {
      if (event.type !== "run.finished") return event;
      const outputs: Record<string, JsonValue> = { ...event.outputs };
      for (const { name, node, output } of plan.outputs) {
        const { id } = plan.nodes[node]!;
        const told = finished.has(id) ? known.get(id)?.[output] : undefined;
        if (told !== undefined && event.status === "succeeded") outputs[name] ??= told;
      }
      return { ...event, outputs };
    },
  };
}

async function putBack(run: string, store: RunStore, { cache }: RunRuntime) {
  const found = new Map<string, { readonly key: string; readonly outputs: NodeOutputs }>();
  for (const { node, key, outputs } of await store.checkpoints(run)) {
    const decoded = decodeOutputs(outputs);
    if (!decoded) continue;
    found.set(node, { key, outputs: decoded });
    await cache.set(key, decoded, { ms: 0, paid: false });
  }
  return found;
}

async function eventsOf(run: string, store: RunStore): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for (let after = 0; ;) {
    const found = await store.events({ after, run, limit: page });
    // What only the server tells is no event of the engine, and nothing that a record looks at.
    events.push(...found.map(({ data }) => JSON.parse(data) as RunEvent));
    if (found.length < page) return events;
    after = found.at(-1)!.id;
  }
}
