import type { FillErrorData } from "../fill-error.ts";

/** What the worker tells the thread that started it. */
export type WorkerMessage =
  | { readonly type: "progress"; readonly done: number; readonly total: number }
  | { readonly type: "done"; readonly samples: Uint8Array<ArrayBuffer> }
  | { readonly type: "failed"; readonly error: FillErrorData };
