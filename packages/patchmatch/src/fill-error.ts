/** What a fill can refuse: nothing to copy from, sizes that do not agree, a caller that stopped it, a dead worker. */
export type FillErrorCode = "fill.no-source" | "fill.bad-request" | "fill.stopped" | "fill.worker";

/** The data of a refused fill. */
export interface FillErrorData {
  readonly code: FillErrorCode;
  readonly message: string;
}

/** An `Error` that carries its code as data; match on `error.data.code`. */
export interface FillError extends Error {
  readonly data: FillErrorData;
}

/** Makes the error to throw. */
export function fillError(code: FillErrorCode, message: string): FillError {
  return Object.assign(new Error(message), { data: { code, message } });
}
