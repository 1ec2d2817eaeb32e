/** How a job ended for the one who waited; the same words as in the journal. */
export type RemoteEnding = "failed" | "rejected" | "cancelled" | "detached" | "unknown" | "lost";

/**
 * Every code that this package throws.
 *
 * | code | when |
 * |---|---|
 * | `remote.config` | base URL, token, model id or another setting cannot be used |
 * | `remote.media` | an image or the whole request is too large to send |
 * | `remote.media-url` | an image's address is not one that the service can fetch |
 * | `remote.publish` | an image cannot be put where the service could fetch it |
 * | `remote.journal` | the journal cannot be read or written, so nothing is submitted |
 * | `remote.auth` | the token is missing, wrong, expired or lacks permission |
 * | `remote.balance` | the account has no balance |
 * | `remote.model` | the service does not know the model |
 * | `remote.schema` | the service refuses an input; `input` names it where the answer does |
 * | `remote.moderation` | the service refuses the content |
 * | `remote.rate-limit` | the service answers 429 again and again |
 * | `remote.rejected` | the service refuses the request for another reason |
 * | `remote.server` | the service fails |
 * | `remote.network` | the service cannot be reached |
 * | `remote.unknown` | the submit's answer was lost: nobody knows whether a paid job exists |
 * | `remote.cancelled` | stopped on request; nothing runs and nothing more is billed |
 * | `remote.detached` | no longer waited for; the job goes on, is billed and can be collected |
 * | `remote.failed` | the job ran and failed |
 * | `remote.lost` | the service no longer knows the request |
 * | `remote.stalled` | the job did not end within the time allowed; it may still end |
 * | `remote.status` | the service reports a status that this version does not know |
 * | `remote.other-request` | the service answers about another request than the one that was asked about |
 * | `remote.expired` | the job is complete, but its files can no longer be downloaded |
 * | `remote.output` | the job is complete, but its output is not what was asked for |
 * | `remote.host` | a result's URL lies outside the allowed hosts |
 * | `remote.private-host` | a result's host resolves to a private address |
 * | `remote.redirect` | a result's URL redirects to another host |
 * | `remote.file-type` | a result's file is not a PNG, JPEG or WebP image, or not a video where one was asked for |
 * | `remote.file-size` | a result's file is larger than 64 MiB, or 256 MiB for a video |
 * | `remote.file-empty` | a result's file is empty |
 * | `remote.file-truncated` | a result's file broke off each time that it was fetched |
 */
export type RemoteErrorCode =
  | "remote.config"
  | "remote.media"
  | "remote.media-url"
  | "remote.publish"
  | "remote.journal"
  | "remote.auth"
  | "remote.balance"
  | "remote.model"
  | "remote.schema"
  | "remote.moderation"
  | "remote.rate-limit"
  | "remote.rejected"
  | "remote.server"
  | "remote.network"
  | "remote.unknown"
  | "remote.cancelled"
  | "remote.detached"
  | "remote.failed"
  | "remote.lost"
  | "remote.stalled"
  | "remote.status"
  | "remote.other-request"
  | "remote.expired"
  | "remote.output"
  | "remote.host"
  | "remote.private-host"
  | "remote.redirect"
  | "remote.file-type"
  | "remote.file-size"
  | "remote.file-empty"
  | "remote.file-truncated";

/** What an error says, as data. It never holds the token, and no more than 500 characters of what the service wrote. */
export interface RemoteErrorData {
  readonly code: RemoteErrorCode;
  /** One or two sentences for the person, with the service's own words at the end where it gave any. */
  readonly message: string;
  readonly ending: RemoteEnding;
  /** What the person can do. */
  readonly suggestion: string;
  /** The service's id of the job, when one is known. */
  readonly requestId?: string;
  /** The input that the service refused. */
  readonly input?: string;
  /** What the service says that a job of this call has cost, in US dollars: one without a result may cost too. */
  readonly costUsd?: number;
}

/**
 * The one error class of this package. Match on `code`, never on the class or the text.
 *
 * @example
 * ```ts
 * try {
 *   await client.run(job);
 * } catch (error) {
 *   if (error instanceof RunComfyError && error.code === "remote.balance") openBilling();
 * }
 * ```
 */
export class RunComfyError extends Error {
  readonly data: RemoteErrorData;
  /** The message without the service's own words, which may repeat a prompt: what a journal may keep. */
  readonly summary: string;

  constructor(data: RemoteErrorData, options: { readonly summary?: string; readonly cause?: unknown } = {}) {
    super(data.message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "RunComfyError";
    this.data = data;
    this.summary = options.summary ?? data.message;
  }

  get code(): RemoteErrorCode {
    return this.data.code;
  }
}
