export { fill, type FillOptions } from "./fill.ts";
export type { FillRequest } from "./fill-request.ts";
export type { FillError, FillErrorCode, FillErrorData } from "./fill-error.ts";
