export type {
  CallOptions,
  CancelOutcome,
  JobFile,
  JobOutput,
  JobProgress,
  JobRequest,
  JobResult,
  JobStatus,
  ModelInfo,
  RunComfyClient,
  RunComfyClientOptions,
} from "./client.ts";
export { RunComfyError } from "./errors.ts";
export type { RemoteErrorCode, RemoteErrorData, RemoteErrorEnding } from "./errors.ts";
export { holdsKey, JournalError } from "./journal.ts";
export type {
  JobClaim,
  JobEnd,
  JobJournal,
  JobRecord,
  JobState,
  JobSubject,
  JobTicket,
  JournalErrorCode,
} from "./journal.ts";
export type { JsonObject, JsonValue } from "./json.ts";
export { accountId, jobKey } from "./key.ts";
export type { JobIdentity } from "./key.ts";
export { defaultTiming } from "./timing.ts";
export type { Timing } from "./timing.ts";
