import { Worker } from "node:worker_threads";
import { fillError } from "../fill-error.ts";
import type { FillRequest } from "../fill-request.ts";
import type { WorkerMessage } from "./messages.ts";

/** How a fill in a worker talks to its caller. */
export interface FillInWorkerOptions {
  /** Ends the worker at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Work done of the total, which does not change during a fill. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * `fill` in a worker thread of its own: the calling thread stays free, and an abort takes effect at once.
 * The caller's samples are copied, never transferred or changed.
 *
 * Rejects as `fill` does, with `signal.reason`, or with `fill.worker` when the thread itself fails.
 *
 * @example
 * const samples = await fillInWorker({ width, height, channels: 3, data, mask, seed: 7 }, { signal });
 */
export function fillInWorker(request: FillRequest, options: FillInWorkerOptions = {}): Promise<Uint8Array> {
  const { signal, onProgress } = options;
  if (signal?.aborted === true) return Promise.reject(signal.reason);
  const worker = startWorker(request);
  return new Promise<Uint8Array>((resolve, reject) => {
    const onAbort = (): void => settle(() => reject(signal?.reason));
    const settle = (act: () => void): void => {
      signal?.removeEventListener("abort", onAbort);
      act();
      void worker.terminate();
    };
    const onMessage = (message: WorkerMessage): void => {
      if (message.type === "progress") onProgress?.(message.done, message.total);
      else if (message.type === "done") settle(() => resolve(message.samples));
      else settle(() => reject(fillError(message.error.code, message.error.message)));
    };
    signal?.addEventListener("abort", onAbort);
    worker.on("message", onMessage);
    worker.on("error", (error) => settle(() => reject(workerError(error))));
    worker.on("exit", () => settle(() => reject(workerError("it ended without a result"))));
  });
}

function startWorker(request: FillRequest): Worker {
  const data = new Uint8Array(request.data);
  const mask = new Uint8Array(request.mask);
  const { width, height, channels, seed } = request;
  const workerData = { width, height, channels, seed, data, mask };
  return new Worker(workerUrl(import.meta.url), { workerData, transferList: [data.buffer, mask.buffer] });
}

/**
 * The worker's file lies beside this module, or beside the bundle that holds it. Node 20 runs no TypeScript, so from
 * the sources the built worker is used.
 */
function workerUrl(moduleUrl: string): URL {
  const fromSource = moduleUrl.endsWith(".ts");
  return new URL(fromSource ? "../../dist/node/fill-worker.js" : "./fill-worker.js", moduleUrl);
}

function workerError(cause: unknown): Error {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return fillError("fill.worker", `The worker thread failed: ${detail}.`);
}
