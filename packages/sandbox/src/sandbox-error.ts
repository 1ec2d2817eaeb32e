/** Why a sandbox cannot start: its folder is in use or cannot be used, its port cannot be had, or its faults or a model are not valid. */
export type SandboxErrorCode =
  "sandbox.in-use" | "sandbox.folder" | "sandbox.port" | "sandbox.faults" | "sandbox.model";

/** What the error says, as data. */
export interface SandboxErrorData {
  readonly code: SandboxErrorCode;
  readonly message: string;
  readonly suggestion: string;
}

/** An `Error` that carries its code as data; match on `error.data.code`. */
export interface SandboxError extends Error {
  readonly data: SandboxErrorData;
}

/** Whether an error says already why the sandbox cannot start. */
export function isSandboxError(error: unknown): error is SandboxError {
  return error instanceof Error && error.name === "SandboxError";
}

/** Makes the error to throw. */
export function sandboxError(data: SandboxErrorData, cause?: unknown): SandboxError {
  return Object.assign(new Error(data.message, { cause }), { name: "SandboxError", data });
}
