import type { JsonValue, Plan, RunEvent } from "@inlay/engine";
import type { KeptFiles } from "../checkpoints/kept-files.ts";
import { readCheckpoint } from "../checkpoints/run-checkpoints.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunStore } from "./run-store.ts";
import type { RunRuntime } from "./runtime.ts";

/** What an attempt takes over from those before it, beside what they had finished. */
interface Resumed {
  /** Seeds that were drawn stay what they were. */
  readonly seeds: Readonly<Record<string, number>>;
  /** An event of this attempt, with what only an earlier one knew. */
  complete(event: RunEvent): RunEvent;
  /** The events of the attempts before, in order. */
  readonly events: readonly RunEvent[];
}

interface ResumeParts {
  readonly store: RunStore;
  readonly files: KeptFiles;
  readonly runtime: RunRuntime;
  /** What attempts before this one have kept. */
  readonly checkpoints: { has(place: string): boolean };
}

const page = 1000;

/**
 * Reads what earlier attempts of a run have told, and puts into the cache what the run had finished that this one repeats. A
 * repeated run counts as another run: its saves are done again, which finds the same files.
 */
export async function resumeRun(run: RunRecord, plan: Plan, parts: ResumeParts): Promise<Resumed> {
  const { store, checkpoints } = parts;
  const earlier = run.retryOf === undefined ? undefined : await store.get(run.retryOf);
  if (earlier) await putBack(earlier.id, parts);
  const seeds = { ...earlier?.seeds, ...run.seeds };
  if (run.attempt <= 1) return { seeds, events: [], complete: (event) => event };
  const known = new Map((await store.nodes(run.id)).map(({ node, outputs = {} }) => [node, outputs]));
  return {
    seeds,
    events: await eventsOf(run.id, store),
    complete(event) {
      if (event.type !== "run.finished") return event;
      const outputs: Record<string, JsonValue> = { ...event.outputs };
      for (const { name, node, output } of plan.outputs) {
        const { id } = plan.nodes[node]!;
        const told = checkpoints.has(id) ? known.get(id)?.[output] : undefined;
        if (told !== undefined && event.status === "succeeded") outputs[name] ??= told;
      }
      return { ...event, outputs };
    },
  };
}

async function putBack(run: string, { store, files, runtime: { cache } }: ResumeParts): Promise<void> {
  for (const { place, key } of await store.checkpoints(run)) {
    const outputs = await readCheckpoint({ store, files }, run, place);
    if (outputs) await cache.set(key, outputs, { ms: 0, paid: false });
  }
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
