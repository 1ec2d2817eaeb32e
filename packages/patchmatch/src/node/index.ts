export { fillInWorker, type FillInWorkerOptions } from "./fill-in-worker.ts";
