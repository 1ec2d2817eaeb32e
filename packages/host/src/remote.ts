import { EngineError, errorData, isJsonObject } from "@inlay/engine";
import type {
  MediaLimits,
  ModelPrice,
  RemoteBody,
  RemoteJobRequest,
  RemoteJobResult,
  RemoteService,
} from "@inlay/engine";
import type { JobJournal, JobProgress, JobRecord, MediaBody, RunComfyClient, RunComfyOptions } from "@inlay/runcomfy";
import { chooseTake, type TakeJournal } from "./jobs/choose-take.ts";
import { collectedResults } from "./jobs/collected-results.ts";
import type { CollectedResults } from "./jobs/collected-results.ts";
import { lazy } from "./lazy.ts";
import { publishingSettings } from "./publisher-settings.ts";
import { readUserConfig } from "./user-config.ts";
import { readUserToken } from "./user-token.ts";
import { workspaceId, workspaceSalt } from "./workspace.ts";
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

/** Where jobs go and who pays; the token is in here and nowhere else. */
interface Account {
  readonly baseUrl: string;
  readonly token: string;
  readonly label: string;
  readonly provider: string;
  readonly account: string;
}

const defaultBaseUrl = "https://model-api.runcomfy.net";
const downloadHosts = ["*.runcomfy.net", "*.runcomfy.com"];
/** A model that the service has, whose price is asked for to see whether it answers. */
const checkedModel = "tongyi-mai/z-image/turbo/inpainting";
const tokenNames = ["RUNCOMFY_API_TOKEN", "RUNCOMFY_TOKEN"] as const;

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

async function findAccount(options: RemoteOptions): Promise<Account> {
  return options.sandbox ? sandboxAccount(options, options.sandbox) : realAccount(options);
}

async function sandboxAccount(
  { workspace }: RemoteOptions,
  sandbox: NonNullable<RemoteOptions["sandbox"]>,
): Promise<Account> {
  const { url, token, id } = typeof sandbox === "function" ? await sandbox() : sandbox;
  return {
    baseUrl: url,
    token,
    label: "Sandbox: fills from the surroundings, ignores the prompt, $0.00",
    provider: `sandbox:${await workspaceId(workspace)}`,
    account: await accountOf(id, workspace),
  };
}

async function realAccount({ workspace, env }: RemoteOptions): Promise<Account> {
  const token = (await findToken(env))?.token;
  if (token === undefined) throw missingToken();
  const baseUrl = env["RUNCOMFY_BASE_URL"]?.trim() || defaultBaseUrl;
  if (!URL.canParse(baseUrl)) throw badBaseUrl(baseUrl);
  const provider = `runcomfy:${new URL(baseUrl).origin}`;
  return { baseUrl, token, label: "RunComfy", provider, account: await accountOf(token, workspace) };
}

/** The environment's token counts more than that of the person's configuration. */
async function findToken(
  env: Environment,
): Promise<{ token: string; from: "environment" | "configuration" } | undefined> {
  const given = tokenNames.map((name) => env[name]?.trim()).find(Boolean);
  if (given !== undefined) return { token: given, from: "environment" };
  const kept = await readUserToken(env);
  return kept === undefined ? undefined : { token: kept, from: "configuration" };
}

async function accountOf(secret: string, workspace: Workspace): Promise<string> {
  const [{ accountId }, salt] = await Promise.all([import("@inlay/runcomfy"), workspaceSalt(workspace)]);
  return accountId(secret, Buffer.from(salt).toString("hex"));
}

/**
 * What a person's publisher is. Asked for before anything runs, so that settings that cannot be used are told in time. A
 * sandbox costs nothing and is on this machine: nothing is put on the internet for it.
 */
async function findPublishing({ env, sandbox }: RemoteOptions): Promise<Publishing | undefined> {
  if (sandbox) return undefined;
  const settings = publishingSettings(env, (await readUserConfig(env)).publisher);
  if (!settings) return undefined;
  const { openPublisher } = await import("@inlay/runcomfy");
  const { publisher, always, ttl } = settings;
  const own = publisher.type === "command" ? { ...publisher, env } : publisher;
  return { publisher: openPublisher(own), publishAlways: always, ...(ttl !== undefined && { publishedFor: ttl }) };
}

/** Settings of the client that a publisher brings. */
type Publishing = Pick<RunComfyOptions, "publisher" | "publishAlways" | "publishedFor">;

/** The API's own limit for an image that it fetches; the pixels are those of its own clients. */
const publishedLimits: MediaLimits = { bytes: 50_000_000, pixels: 32_000_000 };

async function openClient(
  known: Account,
  publishing: Publishing | undefined,
  { env, journal }: RemoteOptions,
): Promise<RunComfyClient> {
  const [{ createRunComfyClient }, opened] = await Promise.all([import("@inlay/runcomfy"), journal()]);
  const more = (env["RUNCOMFY_DOWNLOAD_HOSTS"] ?? "").split(",").map((host) => host.trim());
  const { baseUrl, token, provider, account } = known;
  return createRunComfyClient({
    baseUrl,
    token,
    provider,
    account,
    journal: opened,
    ...publishing,
    allowedDownloadHosts: [...downloadHosts, ...more.filter((host) => host !== "")],
  });
}

/** What a job may be answered from without the network. */
interface Kept {
  readonly collected: CollectedResults;
  readonly journal: RemoteOptions["journal"];
}

async function runJob(
  client: RunComfyClient,
  known: Account,
  job: RemoteJobRequest,
  kept: Kept,
): Promise<RemoteJobResult> {
  const rules = await import("@inlay/runcomfy");
  const { provider, account } = known;
  const { model, identity, output, signal, again } = job;
  const { key, take } = await chooseTake({ provider, account, model, identity }, again, await kept.journal(), rules);
  const taken = take > 1 && { take };
  const here = await keptResult(key, kept);
  if (here) return { ...here, ...taken };
  let price: ModelPrice | undefined;
  // Asked beside the job, which waits for it at no moment.
  void client.price(model).then((answer) => (price = answer));
  const priced = <T extends object>(told: T): T => ({ ...told, ...taken, ...(price && { price }) });
  const result = await client.run({
    model,
    key,
    body: async () => objectOf(await job.body()),
    ...(output === undefined ? {} : { output }),
    signal,
    // A person who cancels wants nothing more to be paid for; a node that is out of time wants its job collected later.
    leave: (reason) => (errorData(reason).code === "node.timeout" ? "detach" : "cancel"),
    onState: (state) => job.report(priced(state)),
  });
  return priced(result);
}

/** The files of a job that was collected by itself, as long as its key still stands for that request. */
async function keptResult(key: string, { collected, journal }: Kept): Promise<RemoteJobResult | undefined> {
  const { holdsKey } = await import("@inlay/runcomfy");
  const record = await (await journal()).get(key);
  if (record?.requestId === undefined || !holdsKey(record.state)) return undefined;
  const result = await collected.get(key, record.requestId);
  return result && { ...result, attached: true };
}

async function collectJob(
  client: RunComfyClient,
  { key, requestId: known }: JobRecord,
  collected: CollectedResults,
  onState?: (progress: JobProgress) => void,
): Promise<CollectedJob> {
  const here = known === undefined ? undefined : await collected.paths(key, known);
  if (known !== undefined && here) return { key, requestId: known, paths: here };
  const result = await client.collect(key, onState);
  const { requestId, costUsd } = result;
  const paths = await collected.put(key, result);
  await result.settled();
  return { key, requestId, paths, ...(costUsd === undefined ? {} : { costUsd }) };
}

/** What the service no longer knows is over too: collecting it says so. */
async function lookAt(client: RunComfyClient, { requestId }: JobRecord): Promise<"open" | "over"> {
  if (requestId === undefined) return "open";
  try {
    const { state } = await client.status(requestId);
    return state === "queued" || state === "running" ? "open" : "over";
  } catch (error) {
    if (errorData(error).code === "remote.lost") return "over";
    throw error;
  }
}

function objectOf(body: RemoteBody): MediaBody {
  if (isJsonObject(body)) return body as MediaBody;
  throw new EngineError({ code: "remote.config", message: "The input of a remote job is not a JSON object." });
}

function missingToken(): EngineError {
  return new EngineError({
    code: "secret.missing",
    message: `There is no RunComfy token: the variable ${tokenNames[0]} is not set.`,
    expected: `a token in ${tokenNames.join(" or ")}`,
    suggestion: "Set it, or try the workflow without paying: --sandbox.",
  });
}

function badBaseUrl(received: string): EngineError {
  const message = "The variable RUNCOMFY_BASE_URL is not a URL.";
  return new EngineError({ code: "remote.config", message, received, expected: `such as ${defaultBaseUrl}` });
}

function requireOwn(record: JobRecord, { provider, account }: Account): void {
  if (record.provider !== provider || record.account !== account) throw otherAccount(record, provider);
}

function otherAccount({ key, provider }: JobRecord, ours: string): EngineError {
  const sandbox = provider.startsWith("sandbox:");
  return new EngineError({
    code: "jobs.other-account",
    message: `The job ${key} was submitted to another service or with another token.`,
    expected: ours,
    received: provider,
    suggestion: sandbox ? "Add --sandbox." : "Set the token and the base URL that it was submitted with.",
  });
}

function unknownService(service: string): EngineError {
  const message = `There is no remote service \`${service}\`.`;
  return new EngineError({ code: "remote.service", message, expected: "runcomfy", received: service });
}
