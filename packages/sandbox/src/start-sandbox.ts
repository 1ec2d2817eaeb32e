import { randomUUID } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeedZero } from "./accept-job.ts";
import { makeToken } from "./auth.ts";
import { resolveDialect, type SandboxDialect } from "./dialect.ts";
import type { FaultCall, FaultPlan } from "./faults/fault.ts";
import { faultSource, type FaultSource } from "./faults/fault-source.ts";
import { callLog, type ReceivedCall } from "./received-call.ts";
import { writeDurably } from "./durable-file.ts";
import { holdFolder } from "./hold-folder.ts";
import type { SandboxProfile } from "./inpaint.ts";
import type { LedgerEntry } from "./job.ts";
import { JobQueue } from "./job-queue.ts";
import { JobStore } from "./job-store.ts";
import { makeRoutes } from "./routes.ts";
import { runJob } from "./run-job.ts";
import { servedModels, type SandboxModel, type ServedModel } from "./served-model.ts";
import { isSandboxError, sandboxError, type SandboxError } from "./sandbox-error.ts";
import { startServer, type RunningServer } from "./server.ts";
import { resolveTiming, type SandboxTiming } from "./timing.ts";
import type { UnknownFields } from "./validate-input.ts";

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** Where jobs, masks, outputs and ledger are kept, e.g. `<workspace>/.inlay/sandbox`. Made if it is not there. */
  readonly dir: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** The bearer token to ask for. Default: a random one, in memory only. Never give a real one here. */
  readonly token?: string;
  readonly timing?: SandboxTiming;
  /**
   * Models that it serves besides its own: inputs are checked against their schemas, and the outputs are made of the
   * pictures that are sent, without any model.
   */
  readonly models?: readonly SandboxModel[];
  /** What it makes of an image. Default `fill`. */
  readonly profile?: SandboxProfile;
  /** What `seed: 0` means, which the API does not say. Default `fixed`. */
  readonly seedZero?: SeedZero;
  /** Whether a submission with fields that the schema does not know is accepted. Default `accept`, and the ledger names them. */
  readonly unknownFields?: UnknownFields;
  /** How it behaves where the real service's behaviour is not known. Default: the first value of each choice. */
  readonly dialect?: Partial<SandboxDialect>;
  /** What goes wrong. Default: nothing. */
  readonly faults?: FaultPlan;
  /** How many jobs may be in progress at once. Default 1. */
  readonly concurrency?: number;
  /** Gets one line for each thing that happens; never a token, a prompt or a URL's query. */
  readonly onLog?: (message: string) => void;
}

/** A sandbox that runs. */
export interface Sandbox {
  /** Base URL for a client, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  readonly port: number;
  /** Random, kept in the folder: stays the same as long as the folder does. */
  readonly id: string;
  /** All accepted jobs, oldest first. */
  ledger(): LedgerEntry[];
  /** The requests that came since the start, oldest first, accepted or not. */
  calls(): readonly ReceivedCall[];
  /** Lets other things go wrong from now on. */
  setFaults(faults: FaultPlan): void;
  /** Stops and lets go of everything. Jobs that are not finished go on when a sandbox is started on the folder again. */
  close(): Promise<void>;
}

/**
 * Starts a local server that speaks RunComfy's Model API for Z-Image Turbo inpainting. It really fills the masked part,
 * but from its surroundings: the prompt and the sampling parameters are checked and then ignored. Nothing is paid.
 * Other models can be given by their schemas.
 *
 * @throws a `SandboxError`: `sandbox.in-use` when another running sandbox uses the folder, `sandbox.folder` when the folder
 * cannot be written or what it holds cannot be read, `sandbox.model` for a model's schema that is none, `sandbox.port` when the port is taken or not ours to take.
 *
 * @example
 * const sandbox = await startSandbox({ dir: "work/.inlay/sandbox" });
 * const answer = await fetch(`${sandbox.url}/v1/models/tongyi-mai/z-image/turbo/inpainting`, {
 *   method: "POST",
 *   headers: { authorization: `Bearer ${sandbox.token}` },
 *   body: JSON.stringify({ prompt: "an apple", image_url: photo, mask_image_url: mask }),
 * });
 * const { request_id } = await answer.json();
 * await sandbox.close();
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const models = servedModels(options.models);
  try {
    await mkdir(options.dir, { recursive: true, mode: 0o700 });
    const letGo = await holdFolder(options.dir);
    return await startInFolder(options, models, letGo).catch(async (error: unknown) => {
      await letGo();
      throw error;
    });
  } catch (error) {
    throw isSandboxError(error) ? error : folderError(options.dir, error);
  }
}

async function startInFolder(
  options: SandboxOptions,
  models: ReadonlyMap<string, ServedModel>,
  letGo: () => Promise<void>,
): Promise<Sandbox> {
  const { dir, host = "127.0.0.1", token = makeToken() } = options;
  const id = await stableId(dir);
  const store = await JobStore.open(dir);
  const queue = makeQueue(options, store);
  const calls = callLog();
  let faults = faultSource(options.faults);
  const judge = { onCall: calls.add, faults: { next: (call: FaultCall) => faults.next(call) } };
  const server = await startServerFor(options, { host, token, store, queue, models, ...judge }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );
  queue.resume(store.unfinished());
  const close = async (): Promise<void> => {
    await server.close();
    await queue.close();
    await store.close();
    await letGo();
  };
  const closed = once(close);
  return {
    url: baseUrl(host, server.port),
    token,
    port: server.port,
    id,
    ledger: () => store.ledger(),
    calls: calls.list,
    setFaults: (plan) => (faults = faultSource(plan)),
    close: closed,
  };
}

function makeQueue(options: SandboxOptions, store: JobStore): JobQueue {
  const { profile = "fill", concurrency = 1, onLog = ignore } = options;
  const timing = resolveTiming(options.timing);
  const { fetchTimeoutMs } = timing;
  return new JobQueue({
    store,
    timing,
    concurrency,
    onLog,
    execute: (job, signal) => runJob(job, { store, profile, fetchTimeoutMs, signal, onLog }),
  });
}

interface ServerParts {
  readonly host: string;
  readonly token: string;
  readonly store: JobStore;
  readonly queue: JobQueue;
  readonly models: ReadonlyMap<string, ServedModel>;
  readonly faults: FaultSource;
  readonly onCall: (call: ReceivedCall) => void;
}

async function startServerFor(options: SandboxOptions, parts: ServerParts): Promise<RunningServer> {
  const { host, token, store, queue, models, faults, onCall } = parts;
  const { port = 0, seedZero = "fixed", unknownFields = "accept", onLog = ignore } = options;
  const { requestTimeoutMs } = resolveTiming(options.timing);
  const dialect = resolveDialect(options.dialect);
  const routes = makeRoutes({
    store,
    queue,
    models,
    seedZero,
    unknownFields,
    dialect,
    baseUrl: () => baseUrl(host, server.port),
    onLog,
  });
  const judge = { dialect, faults, onCall };
  const listening = { routes, token, host, port, requestTimeoutMs, onLog, ...judge };
  const server = await startServer(listening).catch((error: unknown) => {
    throw isPortRefused(error) ? portError(port, error) : error;
  });
  return server;
}

function isPortRefused(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}

function portError(port: number, cause: unknown): SandboxError {
  const message = `The sandbox cannot listen on port ${port}: another program does, or it needs other rights.`;
  return sandboxError(
    { code: "sandbox.port", message, suggestion: "Choose another port, or 0 for any free one." },
    cause,
  );
}

function folderError(dir: string, cause: unknown): SandboxError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `The sandbox cannot use its folder \`${dir}\` (${reason}).`;
  const suggestion = "Make it writable, or remove it: it holds nothing but the sandbox's own jobs.";
  return sandboxError({ code: "sandbox.folder", message, suggestion }, cause);
}

/** The URL under which clients of this machine reach a server that listens on `host`. */
function baseUrl(host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

async function stableId(dir: string): Promise<string> {
  const path = join(dir, "id");
  const known = await readFile(path, "utf8").catch(() => "");
  if (known !== "") return known.trim();
  const id = randomUUID();
  await writeDurably(path, `${id}\n`);
  return id;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= action());
}

function ignore(): void {}
