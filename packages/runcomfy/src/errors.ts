/** Every way in which a call or a job ends without a result. */
export type RemoteErrorCode =
  | "remote.auth"
  | "remote.balance"
  | "remote.model"
  | "remote.schema"
  | "remote.moderation"
  | "remote.rate-limit"
  | "remote.server"
  | "remote.network"
  | "remote.unknown"
  | "remote.cancelled"
  | "remote.detached"
  | "remote.failed"
  | "remote.lost"
  | "remote.stalled"
  | "remote.expired"
  | "remote.output"
  | "remote.download"
  | "remote.status";

/** How a job ended; absent when nothing was submitted or the job goes on. */
export type RemoteErrorEnding = "failed" | "rejected" | "cancelled" | "detached" | "unknown" | "lost";

/** What an error says, as data: never a token, a prompt or pixels. */
export interface RemoteErrorData {
  readonly code: RemoteErrorCode;
  /** One or two sentences for a person. */
  readonly message: string;
  /** How the job ended. */
  readonly ending?: RemoteErrorEnding;
  /** The service's id of the job: with it a result can still be asked for. */
  readonly requestId?: string;
  /** For `remote.schema`: the field of the request's body that was refused. */
  readonly input?: string;
  readonly expected?: string;
  readonly received?: string;
  /** What to do next. */
  readonly suggestion?: string;
}

/** What this package throws. Match on `data.code`, never on the text. */
export class RunComfyError extends Error {
  readonly data: RemoteErrorData;

  constructor(data: RemoteErrorData, options?: { cause?: unknown }) {
    super(data.message, options);
    this.name = "RunComfyError";
    this.data = data;
  }

  get code(): RemoteErrorCode {
    return this.data.code;
  }
}

/** The same error with more said about it, such as the request's id. */
export function withData(error: RunComfyError, more: Partial<RemoteErrorData>): RunComfyError {
  return new RunComfyError({ ...error.data, ...more }, { cause: error.cause });
}
