import type { JobJournal } from "./journal.ts";
import type { JsonObject } from "./json.ts";
import type { Timing } from "./timing.ts";

/** What a client is made with. Make one client for a token and keep it: its jobs then share one rate limiter. */
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
  /** Hosts that results may be downloaded from, `*.` standing for any subdomain. */
  readonly allowedDownloadHosts?: readonly string[];
  readonly timing?: Partial<Timing>;
  /** A number of 0 ≤ n < 1, for the jitter of the pauses. */
  readonly random?: () => number;
}

/** Where a job stands, for whoever watches. */
export interface JobProgress {
  readonly state: "publishing" | "submitting" | "queued" | "running" | "fetching";
  readonly requestId?: string;
  readonly queuePosition?: number;
  /** True when this call submitted nothing because an earlier one had. */
  readonly attached?: boolean;
}

/** A job to run. */
export interface RunRequest {
  /** Such as `tongyi-mai/z-image/turbo/inpainting`. */
  readonly model: string;
  /** See `jobKey`. */
  readonly key: string;
  /** Makes the input; called only when a submit is due. */
  body(): Promise<JsonObject> | JsonObject;
  readonly signal?: AbortSignal;
  onState?(progress: JobProgress): void;
}

/** A result's file. */
export interface JobFile {
  readonly bytes: Uint8Array;
  /** By the file's first bytes. */
  readonly mime: "image/png" | "image/jpeg" | "image/webp";
}

/** A finished job. */
export interface JobResult {
  readonly requestId: string;
  /** One or more images. */
  readonly files: readonly JobFile[];
  /** What the service says that it cost, in US dollars. */
  readonly costUsd?: number;
  /** True when this call submitted nothing because an earlier one had. */
  readonly attached: boolean;
  /** Call when the files are safe: the journal then says succeeded. */
  settled(): Promise<void>;
}

/** What the service says about a request. */
export interface JobStatus {
  readonly state: "queued" | "running" | "completed" | "failed" | "cancelled";
  /** Jobs ahead of it, while it is queued. */
  readonly queuePosition?: number;
  /** The service's words on a failure. */
  readonly error?: string;
}

/** A request's state and, once it is complete, where its files are. */
export interface JobOutput extends JobStatus {
  readonly images: readonly string[];
  readonly videos: readonly string[];
  readonly costUsd?: number;
}

/** What became of a cancel. `unconfirmed`: no usable answer came in time, the job may go on. */
export type CancelOutcome = "cancelled" | "not_cancellable" | "unconfirmed";

/** A model as the service describes it. */
export interface ModelInfo {
  readonly model: string;
  readonly name?: string;
  readonly basePriceUsd?: number;
  readonly priceUnit?: string;
  readonly pricingNote?: string;
  /** The service's schema of the input, as it came: its types include `float`, which JSON Schema does not know. */
  readonly inputSchema?: JsonObject;
}

/** A client of one RunComfy account. Every method rejects with a `RunComfyError`. */
export interface RunComfyClient {
  /** The service, as `jobKey` wants it. */
  readonly provider: string;
  /**
   * Runs a paid job at most once for its key: submits it, or attaches to the one that the journal knows, waits, and
   * downloads its images. Two calls with one key share one job. An abort cancels the job while it is queued and
   * otherwise leaves it to be collected by the next call with the same key; the error's `ending` says which.
   */
  run(request: RunRequest): Promise<JobResult>;
  /** Submits without a journal. A `remote.unknown` error means that a paid job may exist: do not simply call again. */
  submit(request: {
    readonly model: string;
    readonly body: JsonObject;
    readonly signal?: AbortSignal;
  }): Promise<string>;
  /** Asks once. */
  status(requestId: string, signal?: AbortSignal): Promise<JobStatus>;
  /** Asks once; not complete yet: the state and no files. */
  result(requestId: string, signal?: AbortSignal): Promise<JobOutput>;
  /** Asks once to cancel; jobs that already run usually go on. */
  cancel(requestId: string): Promise<CancelOutcome>;
  /** Fetches one result file, without the token, from an allowed host. */
  download(url: string, signal?: AbortSignal): Promise<JobFile>;
  model(id: string, signal?: AbortSignal): Promise<ModelInfo>;
  /** Closes idle connections; calls in flight end first. */
  close(): Promise<void>;
}
