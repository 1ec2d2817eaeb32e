import type { JobJournal } from "./journal.ts";
import type { JsonObject } from "./json.ts";
import type { Timing } from "./timing.ts";

/** How to reach the service, and where jobs are recorded. */
export interface RunComfyClientOptions {
  /** Default `https://model-api.runcomfy.net`. The token goes to this origin and no other. */
  readonly baseUrl?: string;
  /** The bearer token. */
  readonly token: string;
  /** Hosts that results may be fetched from, `*.` for any subdomain; default `*.runcomfy.net` and `*.runcomfy.com`. */
  readonly allowedDownloadHosts?: readonly string[];
  readonly journal: JobJournal;
  /** Written into the journal's records; default `runcomfy:<origin of baseUrl>`. */
  readonly provider?: string;
  /** Written into the journal's records, from `accountId`; default `default`. */
  readonly account?: string;
  readonly timing?: Partial<Timing>;
  /** Numbers of 0 … 1 for the jitter of the polls; default `Math.random`. */
  readonly random?: () => number;
}

/** Where a job stands while `run` waits for it. */
export interface JobProgress {
  readonly state: "publishing" | "submitting" | "queued" | "running" | "fetching";
  readonly requestId?: string;
  /** The place in the queue, when the service tells it. */
  readonly queuePosition?: number;
  /** True when an earlier run had submitted the job. */
  readonly attached?: boolean;
}

/** One job to run, submit at most once, and collect. */
export interface JobRequest {
  /** The model's id, such as `tongyi-mai/z-image/turbo/inpainting`. */
  readonly model: string;
  /** From `jobKey`: at most one job is paid for under it. */
  readonly key: string;
  /** Makes the request's body; called only when a submit is due. */
  readonly body: () => Promise<JsonObject> | JsonObject;
  readonly signal?: AbortSignal;
  readonly onState?: (progress: JobProgress) => void;
}

/** A downloaded result. */
export interface JobFile {
  readonly bytes: Uint8Array;
  /** From the bytes themselves: `image/png`, `image/jpeg` or `image/webp`. */
  readonly mime: string;
}

/** A job's result. */
export interface JobResult {
  readonly requestId: string;
  readonly files: readonly JobFile[];
  /** What the service says that the job cost, in US dollars, when it says so. */
  readonly costUsd?: number;
  /** True when nothing was submitted because an earlier run had. */
  readonly attached: boolean;
  /** Call when the files are safe: the journal then says that the job succeeded. */
  settled(): Promise<void>;
}

/** What the service says about a job. */
export interface JobStatus {
  readonly requestId: string;
  readonly status: "queued" | "running" | "completed" | "failed" | "cancelled";
  readonly queuePosition?: number;
  /** The service's own words about a failure, without secrets. */
  readonly error?: string;
}

/** A job's outputs as the service names them. `urls` is empty unless the job is completed. */
export interface JobOutput extends JobStatus {
  /** In the order of the service: `image`, `images[]`, `video`, `videos[]`. */
  readonly urls: readonly string[];
  readonly costUsd?: number;
}

/** The answer to a cancel call; `not_cancellable`: it runs, or is over. */
export type CancelOutcome = "cancelled" | "not_cancellable";

/** What the service says about a model. */
export interface ModelInfo {
  readonly modelId: string;
  readonly displayName?: string;
  readonly basePriceUsd?: number;
  readonly priceUnit?: string;
  readonly pricingNote?: string;
  /** The schema of the request's body as the service gives it. */
  readonly inputSchema?: JsonObject;
}

/** Options of a single call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** A client of RunComfy's Model API. Every call fails with a `RunComfyError`. */
export interface RunComfyClient {
  /** Where the token goes: the origin of `baseUrl`. */
  readonly origin: string;
  /** Runs one job, or attaches to what an earlier run submitted under the same key; never pays twice for a key. */
  run(job: JobRequest): Promise<JobResult>;
  /** Submits once, without the journal: prefer `run`. @returns the request's id. */
  submit(model: string, body: JsonObject, options?: CallOptions): Promise<string>;
  status(requestId: string, options?: CallOptions): Promise<JobStatus>;
  result(requestId: string, options?: CallOptions): Promise<JobOutput>;
  cancel(requestId: string, options?: CallOptions): Promise<CancelOutcome>;
  /** Fetches one result, without the token. */
  download(url: string, options?: CallOptions): Promise<JobFile>;
  model(id: string, options?: CallOptions): Promise<ModelInfo>;
  /** Closes idle connections. */
  close(): Promise<void>;
}
