import { afterEach } from "vitest";
import {
  createRunComfyClient,
  RunComfyError,
  type JobResult,
  type RemoteErrorData,
  type RunComfyClient,
  type RunComfyOptions,
  type RunRequest,
  type Timing,
} from "../src/index.ts";
import { memoryJournal, type MemoryJobStore } from "../src/testing/index.ts";
import { startServer, type Script, type ScriptedServer } from "./scripted-server.ts";

/** A token that must turn up in `Authorization` headers to the API and nowhere else. */
export const TOKEN = "canary-5f1e0c9a7b";

export const KEY = "0".repeat(64);

/** Pauses of a few milliseconds in place of seconds; limits that a slow machine does not reach by itself. */
export const fast: Partial<Timing> = {
  firstPoll: 1,
  longestPoll: 3,
  farPoll: 5,
  callSpacing: 0,
  call: 10_000,
  submit: 10_000,
  submitRetry: 1,
  rateLimitPause: 1,
  longestRetryAfter: 60,
  runningDeadline: 20_000,
  queueDeadline: 20_000,
  resultGrace: 10_000,
  submitAbort: 10_000,
  cancel: 10_000,
  download: 20_000,
  downloadRetry: 1,
  intentPoll: 2,
  intentWait: 100,
};

/** A client, the server that it talks to, and the journal behind it. */
export interface Bench {
  readonly server: ScriptedServer;
  readonly store: MemoryJobStore;
  readonly client: RunComfyClient;
  /** Another process on the same journal and server. */
  another(owner: string, timing?: Partial<Timing>): RunComfyClient;
  run(more?: Partial<RunRequest>): Promise<JobResult>;
  /** Where the journal says that the job stands. */
  state(): string | undefined;
}

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Starts a server with the script and a client for it; both end with the test. */
export async function setUp(script: Script = {}, options: Partial<RunComfyOptions> = {}): Promise<Bench> {
  const server = await startServer(script);
  const store: MemoryJobStore = { records: new Map(), dead: new Set() };
  const open = (owner: string, timing: Partial<Timing> = {}): RunComfyClient => {
    const journal = memoryJournal(store, owner);
    const all = { token: TOKEN, journal, baseUrl: server.url, ...options };
    const client = createRunComfyClient({ ...all, timing: { ...fast, ...options.timing, ...timing } });
    cleanups.push(() => client.close());
    return client;
  };
  const client = open("first");
  cleanups.push(() => server.close());
  return {
    server,
    store,
    client,
    another: open,
    run: (more) => client.run(job(more)),
    state: () => store.records.get(KEY)?.state,
  };
}

/** A job, with what the test changes about it. */
export function job(more: Partial<RunRequest> = {}): RunRequest {
  return { model: "owner/model", key: KEY, body: () => ({ prompt: "a secret plum" }), ...more };
}

/** The data of the error that a call ends with. */
export async function failure(call: Promise<unknown>): Promise<RemoteErrorData> {
  try {
    await call;
  } catch (error) {
    if (error instanceof RunComfyError) return error.data;
    throw error;
  }
  throw new Error("the call did not fail");
}
