import { join } from "node:path";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { keptFiles } from "../checkpoints/kept-files.ts";
import type { KeptFiles } from "../checkpoints/kept-files.ts";
import { processOwner } from "../process-owner.ts";
import type { Environment } from "../remote.ts";
import { openDatabase } from "../sqlite/open-database.ts";
import { workflowFolder } from "../workflows/workflow-folder.ts";
import type { WorkflowFolder } from "../workflows/workflow-folder.ts";
import { makeStateFolder } from "../workspace.ts";
import { sqlWebhooks } from "../webhooks/webhook-store.ts";
import type { WebhookStore } from "../webhooks/webhook-store.ts";
import { webhookTargets } from "../webhooks/webhook-target.ts";
import type { WebhookTargets } from "../webhooks/webhook-target.ts";
import { holdWorkspace } from "./hold-workspace.ts";
import { migrations } from "./migrations.ts";
import { sqlPreviews } from "./previews.ts";
import type { Previews } from "./previews.ts";
import { runLog } from "./run-log.ts";
import type { RunLog } from "./run-log.ts";
import { runService } from "./run-service.ts";
import type { RunService } from "./run-service.ts";
import type { RunQueue } from "./run-queue.ts";
import type { RunStore } from "./run-store.ts";
import { runWorker } from "./run-worker.ts";
import type { RunRuntime } from "./runtime.ts";
import { sqlRunQueue } from "./sql-run-queue.ts";
import { sqlRunStore } from "./sql-run-store.ts";
import type { ServerTables } from "./tables.ts";
import { sqlSettings } from "./workspace-settings.ts";
import type { WorkspaceSettings } from "./workspace-settings.ts";

/** Everything about a workspace's runs, wired together. */
export interface RunRoom {
  readonly db: Kysely<ServerTables>;
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly runLog: RunLog;
  readonly runs: RunService;
  readonly previews: Previews;
  /** Large results of runs that have not ended. */
  readonly files: KeptFiles;
  readonly workflows: WorkflowFolder;
  readonly settings: WorkspaceSettings;
  readonly webhooks: WebhookStore;
  readonly targets: WebhookTargets;
  /** Writes what was told and closes the database; runs at work go on at the next start. */
  close(): Promise<void>;
}

export interface RunRoomOptions {
  /** Names the hosts that webhooks may go to beside public ones. */
  readonly env: Environment;
  readonly runtime: RunRuntime;
  readonly maxRuns?: number;
  readonly maxWaiting?: number;
  readonly log: Logger;
}

const defaultMaxRuns = 64;
/** Each waiting run is a row and a copy of its workflow: so many of one client cost no more than tens of megabytes. */
const defaultMaxWaiting = 1000;
/** Of what runs that have not ended have finished; what comes beyond would be made again after a crash. */
const mostKeptBytes = 5e9;

/**
 * Opens the runs of a workspace, in `.inlay/server.sqlite`. Nothing runs before `runs.recover()`. Fails with
 * `workspace.in-use` while another server has it open, and with `config.invalid` for hosts of webhooks that are none.
 */
export async function openRunRoom(options: RunRoomOptions): Promise<RunRoom> {
  const { runtime, env, maxRuns = defaultMaxRuns, maxWaiting = defaultMaxWaiting, log } = options;
  const targets = webhookTargets(env);
  const { workspace, cache } = runtime.host;
  const file = join(await makeStateFolder(workspace), "server.sqlite");
  const { db, database } = await openDatabase<ServerTables>({ file, migrations });
  const owner = processOwner(process.pid);
  const hold = holdWorkspace(database, owner);
  // What queue and workers say can be told again from the runs, so that it need not wait for the disk.
  const fast = await openDatabase<ServerTables>({ file, migrations, synchronous: "NORMAL" });
  const store = sqlRunStore(database, fast.database);
  const queue = sqlRunQueue(fast.database);
  const told = runLog({ store, log });
  const files = keptFiles({
    workspace,
    maxBytes: mostKeptBytes,
    linkCached: cache?.link,
    onWarning: (problem) => log.warn({ problem }, "results are not kept for a restart; runs go on"),
  });
  // What an interrupted run had finished is taken by the one that repeats it.
  told.listen((events) => {
    for (const { run, isLast, data } of events) if (isLast && !isInterrupted(data)) files.end(run);
  });
  const previews = sqlPreviews(fast.database, runtime.pictures, log);
  const worker = runWorker({ store, queue, runLog: told, previews, files, runtime, owner, maxRuns, log });
  const workflows = workflowFolder(workspace, () => runtime.engine.catalog);
  const settings = sqlSettings(database);
  const webhooks = sqlWebhooks(fast.database);
  const running = { store, queue, runLog: told, worker, files, runtime, workflows, settings };
  const runs = runService({ ...running, webhooks, webhookTargets: targets, maxWaiting, log });
  return {
    db,
    store,
    queue,
    runLog: told,
    runs,
    previews,
    files,
    workflows,
    settings,
    webhooks,
    targets,
    async close() {
      await told.close();
      worker.stop();
      await queue.recover((other) => other !== owner);
      await previews.idle();
      await files.idle();
      hold.release();
      await fast.db.destroy();
      await db.destroy();
    },
  };
}

function isInterrupted(data: string): boolean {
  return (JSON.parse(data) as { status?: string }).status === "interrupted";
}
