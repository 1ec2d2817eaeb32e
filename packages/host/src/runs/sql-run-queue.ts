import type Database from "libsql";
import { inTransaction } from "../sqlite/group-commits.ts";
import { moveInLine } from "./move-in-line.ts";
import type { InLine } from "./move-in-line.ts";
import type { QueueClaim, QueueCounts, RunQueue } from "./run-queue.ts";

/** How many runs each client has at work decides who is next, then who was served longest ago, then the order. */
const nextRun = `
  select queue.run from queue left join queue_clients on queue_clients.client = queue.client
  where queue.owner is null
  order by queue.priority desc,
    (select count(*) from queue as taken where taken.owner is not null and taken.client = queue.client),
    coalesce(queue_clients.served, 0), queue.position
  limit 1`;

/** A queue as rows of a SQLite file, one statement a change. */
export function sqlRunQueue(database: Database.Database): RunQueue {
  const add = database.prepare(
    `insert into queue (run, client, priority, position, attempt)
     values (?, ?, ?, (select coalesce(max(position), 0) + 1 from queue), 0) on conflict do nothing`,
  );
  const claim = database.prepare(
    `update queue set owner = ?, claimed_at = ?, attempt = attempt + 1 where run = (${nextRun}) returning run, client, attempt`,
  );
  const serve = database.prepare(
    `insert into queue_clients (client, served)
     values (?, (select coalesce(max(served), 0) + 1 from queue_clients))
     on conflict (client) do update set served = excluded.served`,
  );
  const done = database.prepare("delete from queue where run = ? and attempt = ? and owner is not null");
  const remove = database.prepare("delete from queue where run = ? and owner is null");
  const taken = database.prepare("select run, owner, claimed_at from queue where owner is not null");
  const free = database.prepare("update queue set owner = null where run = ? and owner = ?");
  const has = database.prepare("select 1 from queue where run = ?");
  const line = database.prepare(
    "select run, priority, position from queue where owner is null and client = ? order by priority desc, position",
  );
  const clientOf = database.prepare("select client from queue where run = ? and owner is null");
  const place = database.prepare("update queue set priority = ?, position = ? where run = ?");
  const counts = database.prepare("select count(*) as entries, count(owner) as taken from queue");
  const countsOf = database.prepare("select count(*) as entries, count(owner) as taken from queue where client = ?");

  return {
    async add({ run, client, priority }) {
      add.run(run, client, priority);
    },
    async claim(owner) {
      const row = claim.get(owner, Date.now()) as (QueueClaim & { client: string }) | undefined;
      if (!row) return undefined;
      serve.run(row.client);
      return { run: row.run, attempt: row.attempt };
    },
    done: async ({ run, attempt }) => done.run(run, attempt).changes > 0,
    remove: async (run) => remove.run(run).changes > 0,
    waiting: async (client) => (line.all(client) as InLine[]).map(({ run }) => run),
    move: async (run, to) =>
      inTransaction(database, () => {
        const found = clientOf.get(run) as { client: string } | undefined;
        if (!found) return undefined;
        const moved = moveInLine(line.all(found.client) as InLine[], run, to);
        for (const { run: each, priority, position } of moved) place.run(priority, position, each);
        return moved.find((entry) => entry.run === run)?.priority;
      }),
    async recover(isAlive) {
      const rows = taken.all() as { run: string; owner: string; claimed_at: number }[];
      const dead = rows.filter(({ owner, claimed_at }) => !isAlive(owner, claimed_at));
      return dead.filter(({ run, owner }) => free.run(run, owner).changes > 0).map(({ run }) => run);
    },
    has: async (run) => has.get(run) !== undefined,
    async counts(client): Promise<QueueCounts> {
      const row = (client === undefined ? counts.get() : countsOf.get(client)) as { entries: number; taken: number };
      return { waiting: row.entries - row.taken, taken: row.taken };
    },
  };
}
