import { sql } from "kysely";
import type { Kysely, Migration } from "kysely";

/** The server's tables, oldest change first. A change that has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-sessions": statements(
    "create table sessions (hash text primary key not null, client text not null, expires_at integer not null)",
  ),
  "0002-runs": statements(
    "create table workflows (sha256 text primary key not null, text text not null)",
    `create table runs (
       id text primary key not null, client text not null, request_key text, status text not null, file text,
       workflow text not null, attempt integer not null, pinned integer not null, data text not null)`,
    "create unique index runs_by_request on runs (client, request_key) where request_key is not null",
    "create index runs_by_client on runs (client, id)",
    "create index runs_by_status on runs (status)",
    `create table events (
       id integer primary key autoincrement, run text not null, client text not null, last integer not null,
       data text not null)`,
    "create index events_by_run on events (run, id)",
    "create table run_nodes (run text not null, node text not null, data text not null, primary key (run, node)) without rowid",
    `create table checkpoints (
       run text not null, node text not null, key text not null, outputs blob not null, primary key (run, node))`,
    `create table queue (
       run text primary key not null, client text not null, priority integer not null, position integer not null,
       attempt integer not null, owner text, claimed_at integer)`,
    "create index queue_by_owner on queue (owner, client)",
    "create table holder (id integer primary key check (id = 1), owner text not null, at integer not null)",
    "create table queue_clients (client text primary key not null, served integer not null)",
  ),
  "0003-previews": statements(
    `create table previews (
       run text not null, node text not null, output text not null, item integer not null, bytes blob not null,
       primary key (run, node, output, item))`,
  ),
  "0004-settings": statements("create table settings (name text primary key not null, value text not null)"),
  "0005-webhooks": statements(
    `create table webhooks (
       run text primary key not null, url text not null, state text not null, attempts integer not null,
       next_at integer, delivered_at integer, error text)`,
    "create index webhooks_due on webhooks (next_at) where next_at is not null",
  ),
  "0006-file-previews": statements(
    `create table file_previews (
       sha256 text primary key not null, run text not null, node text not null, output text not null)`,
    "create index file_previews_by_run on file_previews (run)",
  ),
  "0007-checkpoint-files": statements("alter table checkpoints add column file text"),
};

function statements(...texts: readonly string[]): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const text of texts) await sql.raw(text).execute(db);
    },
  };
}
