import { EngineError } from "@inlay/engine";
import type Database from "libsql";
import { errno } from "../file-error.ts";
import { begunRun, foldNode, foldRun, queuedEvent, queuedRun, withOutputs } from "./fold-run.ts";
import { groupCommits, inTransaction } from "../sqlite/group-commits.ts";
import { isEnded } from "./run-record.ts";
import type { NewRun, NodeRecord, RunRecord, StoredEvent } from "./run-record.ts";
import type { EventQuery, KeptResult, RunQuery, RunStore, RunUpdate } from "./run-store.ts";
import { runStatements } from "./run-statements.ts";
import type { CheckpointRow, EventRow, RunRow, RunStatements, WholeCheckpointRow } from "./run-statements.ts";

/**
 * Runs as rows of a SQLite file. What is told in one tick is one transaction and costs one write to the disk.
 * @param fast the same file, without waiting for the disk: for what can be told again, such as that a worker begins
 */
export function sqlRunStore(database: Database.Database, fast: Database.Database = database): RunStore {
  const at = runStatements(database);
  const atFast = runStatements(fast);
  const whole = groupCommits(database);
  const prepared = statementCache(database);

  return {
    add: (run) =>
      whole(() => addRun(at, run)).catch((error: unknown) => {
        throw errno(error) === "SQLITE_FULL" ? diskFull(error) : error;
      }),
    get: async (id) => recordOf(at.run.get(id)),
    list: async (query) => listRuns(prepared, query),
    workflowText: async (sha256) => at.workflow.get(sha256)?.text,
    begin: async (id, attempt) =>
      inTransaction(fast, () => {
        const run = recordOf(atFast.run.get(id));
        if (!run || isEnded(run.status) || run.attempt >= attempt) return undefined;
        const begun = begunRun(run, attempt);
        saveRun(atFast, begun);
        return begun;
      }),
    record: (updates) => whole(() => updates.flatMap((update) => recordUpdate(at, update))),
    nodes: async (run) => at.nodes.all(run).map(({ data }) => JSON.parse(data) as NodeRecord),
    checkpoints: async (run) => at.checkpoints.all(run).map(placeOf),
    checkpoint: async (run, place) => checkpointOf(at.checkpoint.get(run, place)),
    events: async (query) => listEvents(prepared, query),
    lastEventId: async () => at.lastEvent.get()?.id ?? 0,
    countByStatus: async () => Object.fromEntries(at.statuses.all().map(({ status, runs }) => [status, runs])),
    pin: (id, isPinned) =>
      whole(() => {
        const run = recordOf(at.run.get(id));
        if (!run) return undefined;
        const pinned = { ...run, isPinned };
        saveRun(at, pinned);
        return pinned;
      }),
    remove: (ids) => whole(() => ids.forEach((id) => removeRun(at, id))),
  };
}

function addRun(at: RunStatements, run: NewRun) {
  const present = run.requestKey === undefined ? undefined : at.runOfRequest.get(run.client, run.requestKey);
  const before = recordOf(present);
  if (before) return { run: before, isNew: false, events: [] };
  at.addWorkflow.run(run.workflow.sha256, run.text);
  const { workflow, id, client } = run;
  const record = queuedRun(run);
  at.addRun.run(id, client, run.requestKey ?? null, record.status, workflow.file ?? null, workflow.sha256, "{}");
  if (run.webhook !== undefined) at.addWebhook.run(id, run.webhook);
  const { events, run: told } = appendEvents(at, record, [{ time: run.created, body: queuedEvent(run) }]);
  saveRun(at, told);
  return { run: told, isNew: true, events };
}

function diskFull(cause: unknown): EngineError {
  const message = "The disk is full: the run was not accepted.";
  return new EngineError({ code: "disk.full", message, suggestion: "Free some space and ask again." }, { cause });
}

/** The events of one run, its state, its nodes and what they gave, together. */
function recordUpdate(at: RunStatements, update: RunUpdate): StoredEvent[] {
  const before = recordOf(at.run.get(update.run));
  if (!before || before.attempt !== update.attempt || isEnded(before.status)) return [];
  saveNodes(at, update);
  saveCheckpoints(at, update);
  const { events, run } = appendEvents(at, before, update.events);
  saveRun(at, run);
  if (run.status === "succeeded") at.dropCheckpoints.run(run.id);
  else if (isEnded(run.status) && run.status !== "interrupted") at.dropFileCheckpoints.run(run.id);
  if (isEnded(run.status)) at.dueWebhook.run(run.finished ?? Date.now(), run.id);
  return events;
}

function appendEvents(at: RunStatements, before: RunRecord, told: RunUpdate["events"]) {
  const events: StoredEvent[] = [];
  let run = before;
  for (const event of told) {
    const { id, client } = run;
    const seq = run.seq + 1;
    const isLast = event.body.type === "run.finished";
    const data = JSON.stringify({
      run: id,
      seq,
      time: event.time,
      ...event.body,
      ...("run" in event.body && { run: id }),
    });
    const eventId = Number(at.addEvent.run(id, client, isLast ? 1 : 0, data).lastInsertRowid);
    events.push({ id: eventId, run: id, client, isLast, data });
    run = { ...foldRun(run, event), seq, eventId };
  }
  return { events, run };
}

function saveRun(at: RunStatements, run: RunRecord): void {
  at.saveRun.run(run.status, run.attempt, run.isPinned ? 1 : 0, JSON.stringify(run), run.id);
}

/** Each node that was told of is written once, however much was told of it. */
function saveNodes(at: RunStatements, { run, events, outputs = [] }: RunUpdate): void {
  const nodes = new Map<string, NodeRecord>();
  const known = (node: string): NodeRecord | undefined => {
    const found = nodes.get(node);
    if (found) return found;
    const row = at.node.get(run, node);
    return row && (JSON.parse(row.data) as NodeRecord);
  };
  for (const event of events) {
    const node = "node" in event.body ? foldNode(known(event.body.node), event) : undefined;
    if (node) nodes.set(node.node, node);
  }
  for (const made of outputs) nodes.set(made.node, withOutputs(known(made.node), made));
  for (const node of nodes.values()) at.saveNode.run(run, node.node, JSON.stringify(node));
}

function saveCheckpoints(at: RunStatements, { run, kept = [], released = [] }: RunUpdate): void {
  for (const place of released) at.dropCheckpoint.run(run, place);
  for (const { place, key, outputs, file } of kept)
    at.saveCheckpoint.run(run, place, key, outputs ?? new Uint8Array(), file ?? null);
}

function removeRun(at: RunStatements, id: string): void {
  const run = recordOf(at.run.get(id));
  if (!run || run.isPinned || !isEnded(run.status)) return;
  for (const statement of [at.dropEvents, at.dropNodes, at.dropCheckpoints, at.dropWebhook, at.dropRun])
    statement.run(id);
  at.dropWorkflow.run(run.workflow.sha256, run.workflow.sha256);
}

/** What of a run is searched for words. */
const searched = `(coalesce(data ->> '$.workflow.name', '') || char(10) || coalesce(file, '') || char(10) ||
  coalesce(data -> '$.request.inputs', '') || char(10) || coalesce(data ->> '$.error.message', ''))`;

/** Prepares each text once: there are as many as combinations of filters, and each holds memory outside of the heap. */
function statementCache(database: Database.Database): (text: string) => Database.Statement {
  const known = new Map<string, Database.Statement>();
  return (text) => {
    const statement = known.get(text) ?? database.prepare(text);
    known.set(text, statement);
    return statement;
  };
}

type Prepared = ReturnType<typeof statementCache>;

function listRuns(prepared: Prepared, { client, statuses, file, text, before, limit }: RunQuery): RunRecord[] {
  const where: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, ...bound: readonly unknown[]): void => {
    where.push(condition);
    values.push(...bound);
  };
  if (client !== undefined) add("client = ?", client);
  if (file !== undefined) add("file = ?", file);
  if (before !== undefined) add("id < ?", before);
  if (text !== undefined) add(`${searched} like ? escape '\\'`, `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`);
  if (statuses) add(`status in (${statuses.map(() => "?").join(", ")})`, ...statuses);
  const condition = where.length > 0 ? `where ${where.join(" and ")}` : "";
  const rows = prepared(`select data from runs ${condition} order by id desc limit ?`).all(
    ...values,
    limit,
  ) as RunRow[];
  return rows.map((row) => JSON.parse(row.data) as RunRecord);
}

function listEvents(prepared: Prepared, { after, run, client, limit }: EventQuery): StoredEvent[] {
  const conditions = ["id > ?"];
  const values: unknown[] = [after];
  if (run !== undefined) {
    conditions.push("run = ?");
    values.push(run);
  }
  if (client !== undefined) {
    conditions.push("client = ?");
    values.push(client);
  }
  const text = `select id, run, client, last, data from events where ${conditions.join(" and ")} order by id limit ?`;
  const rows = prepared(text).all(...values, limit) as EventRow[];
  return rows.map(({ id, run: of, client: whose, last, data }) => ({
    id,
    run: of,
    client: whose,
    isLast: last === 1,
    data,
  }));
}

function placeOf({ place, key, file }: CheckpointRow): Omit<KeptResult, "outputs"> {
  return { place, key, ...(file !== null && { file }) };
}

/** Bytes come as an `ArrayBuffer`. */
function checkpointOf(row: WholeCheckpointRow | undefined): KeptResult | undefined {
  return row && { ...placeOf(row), ...(row.file === null && { outputs: new Uint8Array(row.outputs) }) };
}

function recordOf(row: RunRow | undefined): RunRecord | undefined {
  return row && (JSON.parse(row.data) as RunRecord);
}
