import type { ErrorData } from "@inlay/engine";
import type Database from "libsql";

/** How far a webhook is: it waits (for the run's end, or for its next attempt), was taken, or was given up. */
type WebhookState = "waiting" | "delivered" | "failed";

/** A run's webhook. */
export interface Webhook {
  readonly run: string;
  readonly url: string;
  readonly state: WebhookState;
  readonly attempts: number;
  /** When it is tried next, in milliseconds since 1970; absent before the run has ended, and when there is no next time. */
  readonly nextAt?: number;
  /** When it was taken. */
  readonly deliveredAt?: number;
  /** Why the last attempt failed. */
  readonly error?: ErrorData;
}

/** The webhooks of runs, on disk. A row is made with its run, and is due as soon as that has ended. */
export interface WebhookStore {
  get(run: string): Webhook | undefined;
  /** Those of several runs, by run. */
  of(runs: readonly string[]): ReadonlyMap<string, Webhook>;
  /** Those whose time has come, the most overdue first. */
  due(now: number, limit: number): readonly Webhook[];
  /** When the next one is due. */
  nextAt(): number | undefined;
  save(webhook: Webhook): void;
  countByState(): Readonly<Record<string, number>>;
}

interface Row {
  readonly run: string;
  readonly url: string;
  readonly state: WebhookState;
  readonly attempts: number;
  readonly next_at: number | null;
  readonly delivered_at: number | null;
  readonly error: string | null;
}

/** Webhooks as rows. */
export function sqlWebhooks(database: Database.Database): WebhookStore {
  const one = database.prepare("select * from webhooks where run = ?");
  const many = database.prepare("select * from webhooks where run in (select value from json_each(?))");
  const due = database.prepare(
    "select * from webhooks where next_at is not null and next_at <= ? order by next_at limit ?",
  );
  const next = database.prepare("select min(next_at) as at from webhooks where next_at is not null");
  const save = database.prepare(
    "update webhooks set state = ?, attempts = ?, next_at = ?, delivered_at = ?, error = ? where run = ?",
  );
  const count = database.prepare("select state, count(*) as webhooks from webhooks group by state");
  return {
    get: (run) => webhookOf(one.get(run) as Row | undefined),
    of(runs) {
      const rows = runs.length === 0 ? [] : (many.all(JSON.stringify(runs)) as Row[]);
      return new Map(rows.map((row) => [row.run, webhookOf(row)!]));
    },
    due: (now, limit) => (due.all(now, limit) as Row[]).map((row) => webhookOf(row)!),
    nextAt: () => (next.get() as { at: number | null }).at ?? undefined,
    save({ run, state, attempts, nextAt, deliveredAt, error }) {
      save.run(state, attempts, nextAt ?? null, deliveredAt ?? null, error ? JSON.stringify(error) : null, run);
    },
    countByState: () =>
      Object.fromEntries(
        (count.all() as { state: string; webhooks: number }[]).map(({ state, webhooks }) => [state, webhooks]),
      ),
  };
}

function webhookOf(row: Row | undefined): Webhook | undefined {
  if (!row) return undefined;
  const { run, url, state, attempts, next_at: nextAt, delivered_at: deliveredAt, error } = row;
  return {
    run,
    url,
    state,
    attempts,
    ...(nextAt !== null && { nextAt }),
    ...(deliveredAt !== null && { deliveredAt }),
    ...(error !== null && { error: JSON.parse(error) as ErrorData }),
  };
}
