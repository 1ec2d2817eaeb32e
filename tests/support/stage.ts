import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createRunComfyClient,
  jobKey,
  RunComfyError,
  toDataUri,
  type JobJournal,
  type JobResult,
  type JsonObject,
  type RemoteErrorData,
  type RunComfyClient,
  type RunRequest,
  type Timing,
} from "@inlay/runcomfy";
import { memoryJournal, type MemoryJobStore } from "@inlay/runcomfy/testing";
import { DIALECTS, MODEL_ID, type Sandbox, type SandboxDialect, type SandboxOptions } from "@inlay/sandbox";
import sharp from "sharp";
import { onTestFinished } from "vitest";
import { acceleratedClock, type AcceleratedClock } from "./accelerated-clock.ts";
import { openSandbox } from "./sandbox.ts";

// A client, the sandbox that judges it, and a journal between them, for the cases of a job that goes wrong.

/** A token that must turn up in `Authorization` headers to the API and nowhere else. */
export const CANARY = "canary-7d1f0a63c94e";

/** The sandbox's answers to what RunComfy leaves open. */
export type Dialect = Partial<SandboxDialect>;

const others = Object.entries(DIALECTS).map(([name, [, other]]) => [name, { [name]: other }] as const);

/** The documented dialect, each other choice alone, and all of them together. */
export const profiles: readonly (readonly [name: string, dialect: Dialect])[] = [
  ["as documented", {}],
  ...others.map(([name, dialect]) => [`other ${name}`, dialect as Dialect] as const),
  ["all others", Object.assign({}, ...others.map(([, dialect]) => dialect)) as Dialect],
];

/**
 * Plays a scene in every profile at once, for scenes that mostly wait: as long as one, and each over sockets of its own.
 * What fails says in which profile.
 */
export async function everywhere(scene: (dialect: Dialect) => Promise<void>): Promise<void> {
  const played = profiles.map(async ([name, dialect]) => {
    try {
      await scene(dialect);
    } catch (error) {
      if (error instanceof Error) error.message = `${name}: ${error.message}`;
      throw error;
    }
  });
  const ends = await Promise.allSettled(played);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Two hundred times as fast as life: a pause of 3 s is 15 ms. */
const FACTOR = 200;

/** Limits on calls must stay as long as in life, or a slow machine reaches them. */
const PATIENT: Partial<Timing> = {
  call: 20_000 * FACTOR,
  connect: 20_000 * FACTOR,
  submit: 20_000 * FACTOR,
  submitAbort: 20_000 * FACTOR,
  cancel: 20_000 * FACTOR,
  download: 20_000 * FACTOR,
  runningDeadline: 20_000 * FACTOR,
  intentWait: 20_000 * FACTOR,
};

export interface StageOptions extends Partial<SandboxOptions> {
  readonly clientTiming?: Partial<Timing>;
  /** What the client takes for the service. Default: the sandbox. */
  readonly baseUrl?: string;
  readonly clientToken?: string;
  /** What stands between the clients and the journal. Default: nothing. */
  readonly wrapJournal?: (journal: JobJournal) => JobJournal;
}

export interface Stage {
  readonly sandbox: Sandbox;
  readonly client: RunComfyClient;
  readonly clock: AcceleratedClock;
  readonly store: MemoryJobStore;
  readonly key: string;
  /** The job's input; small pictures, in a form that the dialect takes. */
  readonly input: JsonObject;
  run(more?: Partial<RunRequest>): Promise<JobResult>;
  /** Another process on the same journal. */
  another(owner: string): RunComfyClient;
  /** Aborts the run when the job is said to be in this state. */
  abortWhen(state: string, more?: Partial<RunRequest>): Promise<JobResult>;
  /** How many requests of a kind the sandbox received. */
  count(call: string): number;
  /** Where the journal says that the job stands. */
  state(): string | undefined;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { clientTiming, baseUrl, clientToken, wrapJournal = (journal) => journal, ...sandboxOptions } = options;
  const sandbox = await openSandbox({
    profile: "identity",
    token: CANARY,
    concurrency: 4,
    ...sandboxOptions,
    timing: { queuedMs: 0, ...sandboxOptions.timing },
  });
  const input = await smallInput(sandboxOptions.dialect?.dataUris === "refuse");
  const clock = acceleratedClock(FACTOR);
  const store: MemoryJobStore = { records: new Map(), dead: new Set() };
  const open = (owner: string): RunComfyClient => {
    const client = createRunComfyClient({
      token: clientToken ?? CANARY,
      baseUrl: baseUrl ?? sandbox.url,
      journal: wrapJournal(memoryJournal(store, owner)),
      clock,
      timing: { ...PATIENT, ...clientTiming },
    });
    onTestFinished(() => client.close());
    return client;
  };
  const client = open("first");
  const key = jobKey({ provider: client.provider, account: "default", model: MODEL_ID, identity: "case", take: 1 });
  const run: Stage["run"] = (more) => client.run({ model: MODEL_ID, key, body: () => input, ...more });
  return {
    sandbox,
    client,
    clock,
    store,
    key,
    input,
    run,
    another: open,
    abortWhen(state, more) {
      const abort = new AbortController();
      const onState: RunRequest["onState"] = (progress) => {
        if (progress.state === state) abort.abort();
      };
      return run({ ...more, signal: abort.signal, onState });
    },
    count: (call) => sandbox.calls().filter((received) => received.call === call).length,
    state: () => store.records.get(key)?.state,
  };
}

/** The data of the error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<RemoteErrorData> {
  try {
    await call;
  } catch (error) {
    if (error instanceof RunComfyError) return error.data;
    throw error;
  }
  throw new Error("the call did not fail");
}

let pictures: Promise<{ readonly image: Buffer; readonly mask: Buffer }> | undefined;

async function smallInput(byUrl: boolean): Promise<JsonObject> {
  pictures ??= drawPictures();
  const { image, mask } = await pictures;
  const common = { prompt: "an apple", seed: 7 };
  if (!byUrl)
    return { ...common, image_url: toDataUri(image, "image/png"), mask_image_url: toDataUri(mask, "image/png") };
  const server = createServer((request, response) => response.end(request.url === "/mask.png" ? mask : image));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ...common, image_url: `${origin}/image.png`, mask_image_url: `${origin}/mask.png` };
}

async function drawPictures(): Promise<{ readonly image: Buffer; readonly mask: Buffer }> {
  const plain = { width: 8, height: 6, channels: 3 } as const;
  const image = await sharp({ create: { ...plain, background: "#a52" } })
    .png()
    .toBuffer();
  const mask = await sharp({ create: { ...plain, background: "#fff" } })
    .png()
    .toBuffer();
  return { image, mask };
}
