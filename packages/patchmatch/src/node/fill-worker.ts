import { parentPort, workerData } from "node:worker_threads";
import { fill } from "../fill.ts";
import type { FillErrorData } from "../fill-error.ts";
import type { FillRequest } from "../fill-request.ts";
import type { WorkerMessage } from "./messages.ts";

// The entry of the worker thread: fills what came as `workerData`, reports, ends.

const request: FillRequest = workerData;

function tell(message: WorkerMessage, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function toData(error: unknown): FillErrorData {
  if (error instanceof Error && "data" in error) return error.data as FillErrorData;
  return { code: "fill.worker", message: String(error) };
}

try {
  const filled = await fill(request, { onProgress: (done, total) => tell({ type: "progress", done, total }) });
  const samples = new Uint8Array(filled);
  tell({ type: "done", samples }, [samples.buffer]);
} catch (error) {
  tell({ type: "failed", error: toData(error) });
}
