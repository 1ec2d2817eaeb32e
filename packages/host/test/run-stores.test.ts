import { join } from "node:path";
import { describe, onTestFinished, test } from "vitest";
import { migrations } from "../src/runs/migrations.ts";
import { sqlRunQueue } from "../src/runs/sql-run-queue.ts";
import { sqlRunStore } from "../src/runs/sql-run-store.ts";
import type { ServerTables } from "../src/runs/tables.ts";
import { openDatabase } from "../src/sqlite/open-database.ts";
import { memoryRunQueue, memoryRunStore } from "./support/memory-runs.ts";
import { runQueueConformance } from "./support/run-queue-conformance.ts";
import { runStoreConformance } from "./support/run-store-conformance.ts";
import { tempFolder } from "./support/temp-workspace.ts";

async function database() {
  const file = join(await tempFolder(), "server.sqlite");
  const opened = await openDatabase<ServerTables>({ file, migrations });
  onTestFinished(() => opened.db.destroy());
  return opened.database;
}

describe("the SQLite store of runs", () => {
  for (const { name, run } of runStoreConformance(async () => sqlRunStore(await database()))) test(name, run);
});
describe("the memory store of runs", () => {
  for (const { name, run } of runStoreConformance(async () => memoryRunStore())) test(name, run);
});
describe("the SQLite queue", () => {
  for (const { name, run } of runQueueConformance(async () => sqlRunQueue(await database()))) test(name, run);
});
describe("the memory queue", () => {
  for (const { name, run } of runQueueConformance(async () => memoryRunQueue())) test(name, run);
});
