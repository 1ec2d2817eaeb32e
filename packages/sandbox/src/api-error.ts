/**
 * The error codes that the sandbox answers with. The first five are codes that RunComfy uses; the others
 * follow their pattern (HTTP status × 1000 + 1) and are the sandbox's own.
 */
export const ERRORS = {
  invalidId: { code: 400001, httpStatus: 400 },
  badToken: { code: 400004, httpStatus: 401 },
  notFound: { code: 404001, httpStatus: 404 },
  invalidBody: { code: 422001, httpStatus: 422 },
  internal: { code: 500001, httpStatus: 500 },
  methodNotAllowed: { code: 405001, httpStatus: 405 },
  requestTimeout: { code: 408001, httpStatus: 408 },
  bodyTooLarge: { code: 413001, httpStatus: 413 },
  notCancellable: { code: 409001, httpStatus: 409 },
} as const;

/** What is wrong with one field of a request's body; `loc` leads to it, as in `["body", "strength"]`. */
export interface FieldProblem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** The JSON body of every error answer. `detail` is there when single fields are to blame. */
export interface ErrorBody {
  readonly error_code: number;
  readonly error_message: string;
  readonly detail?: readonly FieldProblem[];
}

/** A request that cannot be granted: becomes an HTTP answer with an {@link ErrorBody}. */
export class ApiError extends Error {
  readonly kind: keyof typeof ERRORS;
  readonly detail: readonly FieldProblem[] | undefined;
  /** The methods that the path does know; with `methodNotAllowed` only. */
  readonly allow: readonly string[] | undefined;

  constructor(
    kind: keyof typeof ERRORS,
    message: string,
    more: { readonly detail?: readonly FieldProblem[]; readonly allow?: readonly string[] } = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.kind = kind;
    this.detail = more.detail;
    this.allow = more.allow;
  }
}

/** The error's HTTP status and body. */
export function errorAnswer(error: ApiError): { readonly status: number; readonly body: ErrorBody } {
  const { code, httpStatus } = ERRORS[error.kind];
  const body = { error_code: code, error_message: error.message };
  return { status: httpStatus, body: error.detail === undefined ? body : { ...body, detail: error.detail } };
}
