export type {
  CancelOutcome,
  JobFile,
  JobOutput,
  JobProgress,
  JobResult,
  JobStatus,
  ModelInfo,
  RunComfyClient,
  RunComfyOptions,
  RunRequest,
} from "./client.ts";
export { RunComfyError } from "./errors.ts";
export type { RemoteEnding, RemoteErrorCode, RemoteErrorData } from "./errors.ts";
export { canAttach, canForget, canMove, holdsKey } from "./journal.ts";
export type { JobClaim, JobClaimed, JobJournal, JobMove, JobRecord, JobRef, JobState } from "./journal.ts";
export type { JsonObject, JsonValue } from "./json.ts";
export { accountId, jobKey } from "./key.ts";
export type { JobIdentity } from "./key.ts";
export { defaultTiming } from "./timing.ts";
export type { Timing } from "./timing.ts";
