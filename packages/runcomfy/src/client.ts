import { valueOf } from "./asked.ts";
import { DEFAULT_BASE_URL, parseBaseUrl } from "./base-url.ts";
import { askCancel, type CancelOutcome } from "./cancel.ts";
import { DEFAULT_DOWNLOAD_HOSTS } from "./download-address.ts";
import { systemClock, type Clock } from "./clock.ts";
import { createDownloader, type JobFile } from "./download.ts";
import { createMediaChecker } from "./check-media-url.ts";
import { askOutput, type JobOutput } from "./job-output.ts";
import { askStatus, type JobStatus } from "./job-status.ts";
import type { JobJournal } from "./journal.ts";
import type { JsonObject } from "./json.ts";
import { askModel, type ModelInfo } from "./model-info.ts";
import { createPriceList, type ModelPrice } from "./model-price.ts";
import { createMediaPlacer } from "./place-media.ts";
import { problem } from "./problem.ts";
import type { Publisher } from "./publish/publisher.ts";
import { type JobProgress, type JobResult, runJob, type RunRequest } from "./run-job.ts";
import { openService } from "./service.ts";
import { createSharedRuns } from "./shared-runs.ts";
import { prepareSubmission, submitJob } from "./submit.ts";
import { defaultTiming, type Timing } from "./timing.ts";
import { createUnwrittenMoves } from "./unwritten-moves.ts";

/** What a client is made with. All clients of one token in a process share one rate limiter. */
export interface RunComfyOptions {
  /** Sent as `Authorization: Bearer` to the base URL's origin and nowhere else. */
  readonly token: string;
  readonly journal: JobJournal;
  /** Default `https://model-api.runcomfy.net`. Must be https, or http on a loopback address. */
  readonly baseUrl?: string;
  /** Names the service in the journal's records. Default `runcomfy:` and the base URL's origin. */
  readonly provider?: string;
  /** Names this account in the journal's records; see `accountId`. Default `default`. */
  readonly account?: string;
  /**
   * Hosts that results may be downloaded from over https, `*.` standing for any subdomain. Default `*.runcomfy.net` and
   * `*.runcomfy.com`. On a loopback base URL its own origin is allowed too.
   */
  readonly allowedDownloadHosts?: readonly string[];
  /** Where images go that do not fit into a request, or that the service does not take inside it. Default: nowhere. */
  readonly publisher?: Publisher;
  /** Publish every image, and send none inside the request. Default false. */
  readonly publishAlways?: boolean;
  /** Seconds that a published URL must work; a job may wait in the queue for long. Default a day. */
  readonly publishedFor?: number;
  readonly timing?: Partial<Timing>;
  /** Default: the machine's own time. */
  readonly clock?: Clock;
  /** A number of 0 ≤ n < 1, for the jitter of the pauses. Default `Math.random`. */
  readonly random?: () => number;
}

/** A submit without a journal. */
export interface SubmitRequest {
  readonly model: string;
  readonly body: JsonObject;
  readonly signal?: AbortSignal;
}

/** A client of one RunComfy account. Its methods reject with a `RunComfyError`, or with the reason of an aborted signal. */
export interface RunComfyClient {
  /** The service, as `jobKey` wants it. */
  readonly provider: string;
  /**
   * Runs a paid job at most once for its key: submits it, or attaches to the one that the journal knows, waits, and
   * downloads its images. Two calls with one key share one job. An abort cancels the job while it is queued and
   * otherwise leaves it to be collected by the next call with the same key; it rejects with a `RunComfyError` whose
   * `ending` says which, in at most `timing.submitAbort` + `timing.cancel`.
   */
  run(request: RunRequest): Promise<JobResult>;
  /**
   * Waits for a job that the journal knows and downloads its files, whatever they are; never submits. Rejects with
   * `remote.lost` when the journal has no accepted job of that key.
   */
  collect(key: string, onState?: (progress: JobProgress) => void): Promise<JobResult>;
  /**
   * Submits without a journal, and resolves to the request's id. A `remote.unknown` error means that a paid job may
   * exist: do not simply call again.
   */
  submit(request: SubmitRequest): Promise<string>;
  /** Asks once. */
  status(requestId: string, signal?: AbortSignal): Promise<JobStatus>;
  /** Asks once; not complete yet: the state and no files. */
  result(requestId: string, signal?: AbortSignal): Promise<JobOutput>;
  /** Asks once to cancel, for at most `timing.cancel`; jobs that already run usually go on. */
  cancel(requestId: string): Promise<CancelOutcome>;
  /** Fetches one result file, without the token, from an allowed host. */
  download(url: string, signal?: AbortSignal): Promise<JobFile>;
  model(id: string, signal?: AbortSignal): Promise<ModelInfo>;
  /**
   * What a model costs; undefined when the service does not say it or cannot be asked. Asked once in ten minutes for
   * each model. Never rejects.
   */
  price(model: string): Promise<ModelPrice | undefined>;
  /** Closes idle connections; calls in flight end first. Tries once more to write what the journal did not take. */
  close(): Promise<void>;
}

/**
 * Makes a client. Throws `remote.auth` for a missing token and `remote.config` for a base URL that cannot be used;
 * touches no network before it is asked to.
 *
 * @example
 * ```ts
 * const client = createRunComfyClient({ token: process.env.RUNCOMFY_API_TOKEN ?? "", journal });
 * const model = "tongyi-mai/z-image/turbo/inpainting";
 * const input = { prompt: "an empty saucer", image_url: toDataUri(image, "image/png"), mask_image_url: toDataUri(mask, "image/png"), seed: 7 };
 * const key = jobKey({ provider: client.provider, account: "default", model, identity: input, take: 1 });
 * const { files, settled } = await client.run({ model, key, body: () => input });
 * await writeFile("out.png", files[0].bytes);
 * await settled();
 * ```
 */
export function createRunComfyClient(options: RunComfyOptions): RunComfyClient {
  const { token, journal, account = "default", random = Math.random, clock = systemClock } = options;
  checkToken(token);
  const base = parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
  const provider = options.provider ?? `runcomfy:${base.origin}`;
  const timing: Timing = { ...defaultTiming, ...options.timing };
  const service = openService({ base, token, timing, clock, random });
  const hosts = options.allowedDownloadHosts ?? DEFAULT_DOWNLOAD_HOSTS;
  const downloader = createDownloader({ base, hosts, timing, clock, redact: service.redact });
  const checker = createMediaChecker({ base, timing, clock, redact: service.redact });
  const media = createMediaPlacer({
    checker,
    publisher: options.publisher,
    always: options.publishAlways,
    ttl: options.publishedFor,
  });
  const prices = createPriceList((model, signal) => askModel(service, model, signal), clock);
  const unwritten = createUnwrittenMoves();
  const runs = createSharedRuns((request) =>
    runJob({ service, downloader, media, journal, unwritten, provider, account }, request),
  );
  return {
    provider,
    run: (request) => runs.run(request),
    collect: (key, onState) =>
      runs.run({ key, model: "collected", output: "any", body: nothingToCollect, ...(onState && { onState }) }),
    submit: async ({ model, body, signal }) => submitJob(service, prepareSubmission(model, body), signal),
    status: async (requestId, signal) => valueOf(await askStatus(service, requestId, signal)),
    result: async (requestId, signal) => valueOf(await askOutput(service, requestId, signal)),
    cancel: (requestId) => askCancel(service, requestId),
    download: (url, signal) => downloader.download(url, signal),
    model: (id, signal) => askModel(service, id, signal),
    price: (model) => prices.price(model),
    async close() {
      prices.close();
      await Promise.all([unwritten.writeAll(journal), service.close(), downloader.close(), checker.close()]);
    },
  };
}

function nothingToCollect(): never {
  const summary = "The journal knows no job of that key that the service has accepted, so there is nothing to collect.";
  throw problem("remote.lost", { ending: "lost", summary, suggestion: "`inlay jobs` shows keys and states." });
}

/** Refuses tokens that HTTP could not carry, so that no library repeats one in its own error. */
function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  const summary = token ? "The RunComfy token holds characters that no token has." : "There is no RunComfy token.";
  throw problem("remote.auth", {
    ending: "rejected",
    summary,
    suggestion: "Set RUNCOMFY_API_TOKEN (or RUNCOMFY_TOKEN).",
  });
}
