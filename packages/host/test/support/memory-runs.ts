import { begunRun, foldNode, foldRun, queuedEvent, queuedRun, withOutputs } from "../../src/runs/fold-run.ts";
import { moveInLine } from "../../src/runs/move-in-line.ts";
import type { QueueClaim, RunQueue } from "../../src/runs/run-queue.ts";
import { isEnded } from "../../src/runs/run-record.ts";
import type { NodeRecord, RunRecord, ServerEventBody, StoredEvent } from "../../src/runs/run-record.ts";
import type { KeptResult, RunStore } from "../../src/runs/run-store.ts";

/** Runs in memory: the second implementation, against which the suite is held. */
export function memoryRunStore(): RunStore {
  const runs = new Map<string, RunRecord>();
  const requests = new Map<string, string>();
  const texts = new Map<string, string>();
  const nodes = new Map<string, Map<string, NodeRecord>>();
  const kept = new Map<string, Map<string, KeptResult>>();
  let events: StoredEvent[] = [];
  let lastId = 0;

  const append = (id: string, told: readonly { time: number; body: ServerEventBody }[]): StoredEvent[] =>
    told.map((event) => {
      const before = runs.get(id)!;
      const seq = before.seq + 1;
      const data = JSON.stringify({ run: id, seq, time: event.time, ...event.body });
      const stored = { id: ++lastId, run: id, client: before.client, isLast: event.body.type === "run.finished", data };
      events.push(stored);
      runs.set(id, { ...foldRun(before, event), seq, eventId: lastId });
      return stored;
    });

  return {
    async add(run) {
      const name = JSON.stringify([run.client, run.requestKey]);
      const present = run.requestKey === undefined ? undefined : requests.get(name);
      if (present !== undefined) return { run: runs.get(present)!, isNew: false, events: [] };
      if (run.requestKey !== undefined) requests.set(name, run.id);
      texts.set(run.workflow.sha256, run.text);
      runs.set(run.id, queuedRun(run));
      const told = append(run.id, [{ time: run.created, body: queuedEvent(run) }]);
      return { run: runs.get(run.id)!, isNew: true, events: told };
    },
    get: async (id) => runs.get(id),
    list: async ({ client, statuses, file, text = "", before, limit }) =>
      [...runs.values()]
        .filter((run) => (client ?? run.client) === run.client && (file === undefined || run.workflow.file === file))
        .filter(({ workflow, request, error }) =>
          [workflow.name, workflow.file, JSON.stringify(request.inputs), error?.message]
            .join("\n")
            .toLowerCase()
            .includes(text.toLowerCase()),
        )
        .filter((run) => (statuses?.includes(run.status) ?? true) && (before === undefined || run.id < before))
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit),
    workflowText: async (sha256) => texts.get(sha256),
    async begin(id, attempt) {
      const run = runs.get(id);
      if (!run || isEnded(run.status) || run.attempt >= attempt) return undefined;
      runs.set(id, begunRun(run, attempt));
      return runs.get(id);
    },
    record: async (updates) =>
      updates.flatMap(({ run: id, attempt, events: told, outputs = [], kept: more = [], released = [] }) => {
        const run = runs.get(id);
        if (!run || run.attempt !== attempt || isEnded(run.status)) return [];
        const of = nodes.get(id) ?? new Map<string, NodeRecord>();
        nodes.set(id, of);
        for (const event of told) {
          const node = "node" in event.body ? foldNode(of.get(event.body.node), event) : undefined;
          if (node) of.set(node.node, node);
        }
        const checkpoints = kept.get(id) ?? new Map<string, KeptResult>();
        kept.set(id, checkpoints);
        for (const made of outputs) of.set(made.node, withOutputs(of.get(made.node), made));
        for (const place of released) checkpoints.delete(place);
        for (const result of more) checkpoints.set(result.place, result);
        const stored = append(id, told);
        const { status } = runs.get(id)!;
        if (status === "succeeded") kept.delete(id);
        else if (isEnded(status) && status !== "interrupted")
          for (const { place, file } of checkpoints.values()) if (file !== undefined) checkpoints.delete(place);
        return stored;
      }),
    nodes: async (run) => [...(nodes.get(run)?.values() ?? [])],
    checkpoints: async (run) => [...(kept.get(run)?.values() ?? [])].map(({ outputs: _outputs, ...rest }) => rest),
    checkpoint: async (run, place) => kept.get(run)?.get(place),
    events: async ({ after, run, client, limit }) =>
      events
        .filter(
          (event) => event.id > after && (run ?? event.run) === event.run && (client ?? event.client) === event.client,
        )
        .slice(0, limit),
    lastEventId: async () => events.at(-1)?.id ?? 0,
    async countByStatus() {
      const counts: Record<string, number> = {};
      for (const { status } of runs.values()) counts[status] = (counts[status] ?? 0) + 1;
      return counts;
    },
    async pin(id, isPinned) {
      const run = runs.get(id);
      if (run) runs.set(id, { ...run, isPinned });
      return runs.get(id);
    },
    async remove(ids) {
      for (const id of ids) {
        const run = runs.get(id);
        if (!run || run.isPinned || !isEnded(run.status)) continue;
        for (const map of [runs, nodes, kept]) map.delete(id);
        events = events.filter((event) => event.run !== id);
      }
    },
  };
}

/** A queue in memory. */
export function memoryRunQueue(): RunQueue {
  interface Entry {
    readonly client: string;
    priority: number;
    position: number;
    attempt: number;
    owner?: string;
    at: number;
  }
  const entries = new Map<string, Entry>();
  let lastPosition = 0;
  const served = new Map<string, number>();
  let turn = 0;
  const atWork = (client: string): number =>
    [...entries.values()].filter((entry) => entry.owner !== undefined && entry.client === client).length;
  const lineOf = (client: string) =>
    [...entries]
      .filter(([, entry]) => entry.owner === undefined && entry.client === client)
      .map(([run, { priority, position }]) => ({ run, priority, position }))
      .toSorted((a, b) => b.priority - a.priority || a.position - b.position);
  return {
    async add({ run, client, priority }) {
      if (!entries.has(run)) entries.set(run, { client, priority, position: ++lastPosition, attempt: 0, at: 0 });
    },
    async claim(owner): Promise<QueueClaim | undefined> {
      const waiting = [...entries].filter(([, entry]) => entry.owner === undefined);
      const [next] = waiting.toSorted(
        ([, a], [, b]) =>
          b.priority - a.priority ||
          atWork(a.client) - atWork(b.client) ||
          (served.get(a.client) ?? 0) - (served.get(b.client) ?? 0) ||
          a.position - b.position,
      );
      if (!next) return undefined;
      const [run, entry] = next;
      served.set(entry.client, ++turn);
      Object.assign(entry, { owner, at: Date.now(), attempt: entry.attempt + 1 });
      return { run, attempt: entry.attempt };
    },
    async done({ run, attempt }) {
      const entry = entries.get(run);
      return entry?.owner !== undefined && entry.attempt === attempt && entries.delete(run);
    },
    remove: async (run) => entries.has(run) && entries.get(run)!.owner === undefined && entries.delete(run),
    async recover(isAlive) {
      const dead = [...entries].filter(([, { owner, at }]) => owner !== undefined && !isAlive(owner, at));
      for (const [, entry] of dead) delete entry.owner;
      return dead.map(([run]) => run);
    },
    waiting: async (client) => lineOf(client).map(({ run }) => run),
    async move(run, to) {
      const entry = entries.get(run);
      if (!entry || entry.owner !== undefined) return undefined;
      for (const { run: id, ...place } of moveInLine(lineOf(entry.client), run, to))
        Object.assign(entries.get(id)!, place);
      return entry.priority;
    },
    has: async (run) => entries.has(run),
    async counts(client) {
      const own = [...entries.values()].filter((entry) => (client ?? entry.client) === entry.client);
      const taken = own.filter(({ owner }) => owner !== undefined).length;
      return { waiting: own.length - taken, taken };
    },
  };
}
