import { EngineError } from "@inlay/engine";
import type { RemoteService } from "@inlay/engine";
import type { JobJournal, JobProgress, JobRecord } from "@inlay/runcomfy";
import type { TakeJournal } from "./jobs/choose-take.ts";
import { collectedResults } from "./jobs/collected-results.ts";
import { lazy } from "./lazy.ts";
import { findAccount, findToken, requireOwn } from "./remote-account.ts";
import { findPublishing, openClient, publishedLimits } from "./remote-client.ts";
import { collectJob, lookAt, runJob } from "./remote-jobs.ts";
import type { Workspace } from "./workspace.ts";

/** Variables of the process, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A running sandbox: a local server that speaks RunComfy's API and costs nothing. */
export interface SandboxAccess {
  readonly url: string;
  /** May be another one after each start. */
  readonly token: string;
  /** Stays the same when the sandbox is started again with the jobs that it kept. */
  readonly id: string;
}

export interface RemoteOptions {
  readonly workspace: Workspace;
  readonly env: Environment;
  /** Jobs go here instead of to RunComfy, whatever the environment says; a function starts it when first needed. */
  readonly sandbox?: SandboxAccess | (() => Promise<SandboxAccess>);
  /** Opened when a job is about to run, and not for results that are in the cache. */
  readonly journal: () => Promise<JobJournal & TakeJournal>;
}

/** The services that nodes may ask for. */
export interface RemoteServices {
  /** Fails with `secret.missing`, `remote.config` or `remote.service`, before any network. */
  remote(service: string): Promise<RemoteService>;
  /** Waits for a job of this account and keeps its files. Fails with `jobs.other-account` before any network. */
  collect(record: JobRecord, onState?: (progress: JobProgress) => void): Promise<CollectedJob>;
  /** Asks once whether a job of this account has ended, which costs nothing. Fails with `jobs.other-account` like `collect`. */
  look(record: JobRecord): Promise<"open" | "over">;
  /** Where the token comes from; no network. */
  token(): Promise<TokenSource>;
  /** Asks the service for a model's price, which costs nothing: fails as its errors say when token or address are wrong. */
  check(): Promise<void>;
  /** Looks for token and address again, for all jobs from now on; those that are under way keep theirs. */
  renew(): void;
  close(): Promise<void>;
}

/** Where paid jobs may go. */
export type ServiceName = "runcomfy" | "sandbox";

/** Where a service's token comes from; the sandbox has one of its own. */
export type TokenSource = "environment" | "configuration" | "missing" | "own";

/** A paid job whose files are here. */
export interface CollectedJob {
  readonly key: string;
  readonly requestId: string;
  /** Paths of the files as they came from the service. */
  readonly paths: readonly string[];
  /** US dollars, when the service said it. */
  readonly costUsd?: number;
}

/** A model that the service has, whose price is asked for to see whether it answers. */
const checkedModel = "tongyi-mai/z-image/turbo/inpainting";

/**
 * The service `runcomfy`, from environment variables or a sandbox.
 *
 * `RUNCOMFY_API_TOKEN`, else `RUNCOMFY_TOKEN`, is the token; `RUNCOMFY_BASE_URL` another address of the service;
 * `RUNCOMFY_DOWNLOAD_HOSTS` more hosts, with commas between them, that results may come from. The scope is
 * `runcomfy:<origin>:<account>` or `sandbox:<workspace id>:<account>`; the account is an HMAC under the workspace's salt.
 * One client, and so one rate limiter, serves all runs.
 */
export function remoteServices(options: RemoteOptions): RemoteServices {
  let account = lazy(() => findAccount(options));
  const publishing = lazy(() => findPublishing(options));
  let client = lazy(async () => openClient(await account.get(), await publishing.get(), options));
  const clients = [client];
  const collected = collectedResults(options.workspace);

  return {
    async remote(service) {
      if (service !== "runcomfy") throw unknownService(service);
      const known = await account.get();
      return {
        scope: `${known.provider}:${known.account}`,
        label: known.label,
        ...((await publishing.get()) && { mediaLimits: publishedLimits }),
        run: async (job) => runJob(await client.get(), known, job, { collected, journal: options.journal }),
        price: async (model) => (await client.get()).price(model),
      };
    },
    async collect(record, onState) {
      requireOwn(record, await account.get());
      return collectJob(await client.get(), record, collected, onState);
    },
    async look(record) {
      requireOwn(record, await account.get());
      return lookAt(await client.get(), record);
    },
    token: async () => (options.sandbox ? "own" : ((await findToken(options.env))?.from ?? "missing")),
    async check() {
      await (await client.get()).model(checkedModel);
    },
    renew() {
      account = lazy(() => findAccount(options));
      client = lazy(async () => openClient(await account.get(), await publishing.get(), options));
      clients.push(client);
    },
    async close() {
      for (const each of clients) await (await each.made())?.close();
    },
  };
}

function unknownService(service: string): EngineError {
  const message = `There is no remote service \`${service}\`.`;
  return new EngineError({ code: "remote.service", message, expected: "runcomfy", received: service });
}
