import type Database from "libsql";

export interface RunRow {
  /** A `RunRecord`. */
  readonly data: string;
}

export interface EventRow {
  readonly id: number;
  readonly run: string;
  readonly client: string;
  readonly last: 0 | 1;
  readonly data: string;
}

export interface CheckpointRow {
  readonly place: string;
  readonly key: string;
  readonly file: string | null;
}

export interface WholeCheckpointRow extends CheckpointRow {
  readonly outputs: ArrayBuffer;
}

/** A prepared statement that answers with rows. */
interface Asking<Row> {
  get(...values: readonly unknown[]): Row | undefined;
  all(...values: readonly unknown[]): Row[];
}

/** A prepared statement that changes rows. */
interface Telling {
  run(...values: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
}

/** The statements of a run store, prepared once. */
export type RunStatements = ReturnType<typeof runStatements>;

export function runStatements(database: Database.Database) {
  const telling = (text: string): Telling => database.prepare(text);
  const asking = <Row>(text: string) => database.prepare(text) as unknown as Asking<Row>;
  return {
    run: asking<RunRow>("select data from runs where id = ?"),
    runOfRequest: asking<RunRow>("select data from runs where client = ? and request_key = ?"),
    addRun: telling(
      `insert into runs (id, client, request_key, status, file, workflow, attempt, pinned, data)
       values (?, ?, ?, ?, ?, ?, 0, 0, ?)`,
    ),
    saveRun: telling("update runs set status = ?, attempt = ?, pinned = ?, data = ? where id = ?"),
    dropRun: telling("delete from runs where id = ?"),
    statuses: asking<{ status: string; runs: number }>("select status, count(*) as runs from runs group by status"),
    workflow: asking<{ text: string }>("select text from workflows where sha256 = ?"),
    addWorkflow: telling("insert into workflows (sha256, text) values (?, ?) on conflict do nothing"),
    dropWorkflow: telling(
      "delete from workflows where sha256 = ? and not exists (select 1 from runs where workflow = ?)",
    ),
    addEvent: telling("insert into events (run, client, last, data) values (?, ?, ?, ?)"),
    lastEvent: asking<{ id: number }>("select coalesce(max(id), 0) as id from events"),
    dropEvents: telling("delete from events where run = ?"),
    node: asking<RunRow>("select data from run_nodes where run = ? and node = ?"),
    nodes: asking<RunRow>("select data from run_nodes where run = ? order by node"),
    saveNode: telling(
      `insert into run_nodes (run, node, data) values (?, ?, ?)
       on conflict (run, node) do update set data = excluded.data`,
    ),
    dropNodes: telling("delete from run_nodes where run = ?"),
    checkpoints: asking<CheckpointRow>("select node as place, key, file from checkpoints where run = ?"),
    checkpoint: asking<WholeCheckpointRow>(
      "select node as place, key, file, outputs from checkpoints where run = ? and node = ?",
    ),
    saveCheckpoint: telling(
      `insert into checkpoints (run, node, key, outputs, file) values (?, ?, ?, ?, ?)
       on conflict (run, node) do update set key = excluded.key, outputs = excluded.outputs, file = excluded.file`,
    ),
    dropCheckpoint: telling("delete from checkpoints where run = ? and node = ?"),
    dropFileCheckpoints: telling("delete from checkpoints where run = ? and file is not null"),
    addWebhook: telling("insert into webhooks (run, url, state, attempts) values (?, ?, 'waiting', 0)"),
    /** Its run has ended. */
    dueWebhook: telling("update webhooks set next_at = ? where run = ? and state = 'waiting' and next_at is null"),
    dropWebhook: telling("delete from webhooks where run = ?"),
    dropCheckpoints: telling("delete from checkpoints where run = ?"),
  };
}
