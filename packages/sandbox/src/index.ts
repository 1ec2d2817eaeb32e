export type { SeedZero } from "./accept-job.ts";
export { ALIASED_URLS } from "./aliases.ts";
export type { SandboxDialect } from "./dialect.ts";
export { DIALECTS } from "./dialect.ts";
export type {
  ChanceFaults,
  Fault,
  FaultCall,
  FaultName,
  FaultPlan,
  RetryAfter,
  ScriptedFault,
} from "./faults/fault.ts";
export { readFaults, type FaultFile } from "./faults/read-faults.ts";
export { inputValidator } from "./input-validator.ts";
export type { SandboxProfile } from "./inpaint.ts";
export type { JobState, LedgerEntry, ModelGives, ReceivedFile, ReceivedMask } from "./job.ts";
export { MODEL_ID, WHAT_THIS_IS } from "./model.ts";
export type { ReceivedCall } from "./received-call.ts";
export type { SandboxError, SandboxErrorCode, SandboxErrorData } from "./sandbox-error.ts";
export type { SandboxModel } from "./served-model.ts";
export { startSandbox, type Sandbox, type SandboxOptions } from "./start-sandbox.ts";
export type { SandboxTiming } from "./timing.ts";
export type { UnknownFields } from "./validate-input.ts";
