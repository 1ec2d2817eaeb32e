import { setTimeout as sleep } from "node:timers/promises";
import type { Job, JobProgress } from "./job.ts";
import type { JobStore } from "./job-store.ts";
import { queuePosition, waitLeft, type SandboxTiming } from "./timing.ts";

/** What a cancel comes to, in the API's words. */
export type CancelOutcome = "cancelled" | "not_cancellable";

export interface JobQueueOptions {
  readonly store: JobStore;
  readonly timing: Required<SandboxTiming>;
  /** How many jobs may be in progress at once. */
  readonly concurrency: number;
  /** Does a job and tells its final state. Rejects only when it was aborted, or when the store cannot be written. */
  readonly execute: (job: Job, signal: AbortSignal) => Promise<JobProgress>;
  readonly onLog: (message: string) => void;
}

/**
 * Takes accepted jobs through `in_queue`, `in_progress` and a final state, in the order in which they were accepted.
 * A job that is still waiting can be cancelled; one that was taken out of the line cannot.
 */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #waiting: Job[] = [];
  readonly #running = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: JobQueueOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process left: first the jobs that were in progress, then the line as it was. */
  resume(jobs: readonly Job[]): void {
    this.#waiting.push(...jobs.filter((job) => job.state === "in_progress"));
    this.#waiting.push(...jobs.filter((job) => job.state === "in_queue"));
    this.#pump();
  }

  add(job: Job): void {
    this.#waiting.push(job);
    this.#pump();
  }

  /** How many jobs are ahead of this one. */
  position(job: Job): number {
    const index = this.#waiting.findIndex((other) => other.request_id === job.request_id);
    if (index < 0) return 0;
    return queuePosition(index + this.#running.size, this.#waitLeft(job), this.#options.timing);
  }

  async cancel(id: string): Promise<CancelOutcome> {
    const { store, onLog } = this.#options;
    const index = this.#waiting.findIndex((job) => job.request_id === id && job.state === "in_queue");
    if (index < 0) {
      await store.settled();
      return store.get(id)?.state === "cancelled" ? "cancelled" : "not_cancellable";
    }
    this.#waiting.splice(index, 1);
    await store.update(id, { state: "cancelled", finished_at: now() });
    onLog(`${id} cancelled`);
    this.#pump();
    return "cancelled";
  }

  /** Lets a job run now if it waits, and resolves when it has ended. */
  async finish(id: string): Promise<void> {
    const index = this.#waiting.findIndex((job) => job.request_id === id);
    const [job] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (job) this.#start(job);
    await this.#running.get(id);
  }

  /** Stops. Jobs in progress are given up where they are; their state on the disk lets the next process do them again. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#running.values());
  }

  /** Starts what may start now, or comes back when the first in the line may. */
  #pump(): void {
    clearTimeout(this.#timer);
    const [next] = this.#waiting;
    if (next === undefined || this.#closing.signal.aborted || this.#running.size >= this.#options.concurrency) return;
    const wait = this.#waitLeft(next);
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#pump(), wait);
      return;
    }
    this.#waiting.shift();
    this.#start(next);
    this.#pump();
  }

  #start(job: Job): void {
    const run = this.#run(job)
      .catch((error: unknown) => this.#giveUp(job, error))
      .finally(() => {
        this.#running.delete(job.request_id);
        this.#pump();
      });
    this.#running.set(job.request_id, run);
  }

  async #run(job: Job): Promise<void> {
    const { store, execute, timing, onLog } = this.#options;
    const { signal } = this.#closing;
    if (job.state === "in_queue") await store.update(job.request_id, { state: "in_progress", started_at: now() });
    onLog(`${job.request_id} in progress`);
    const restOfRun = sleep(timing.minRunMs, undefined, { signal }).catch(() => undefined);
    const end = await execute(job, signal);
    await restOfRun;
    signal.throwIfAborted();
    await store.update(job.request_id, { ...end, finished_at: now() });
    onLog(`${job.request_id} ${end.state}${end.error === undefined ? "" : `: ${end.error}`}`);
  }

  /** A job that was aborted stays as the disk has it; one whose state could not be written too, but who waits is told. */
  #giveUp(job: Job, error: unknown): void {
    if (this.#closing.signal.aborted) return;
    this.#options.store.giveUp(job.request_id, "the sandbox cannot write its folder; its log says more");
    this.#options.onLog(`${job.request_id} left unfinished: ${error instanceof Error ? error.message : String(error)}`);
  }

  #waitLeft(job: Job): number {
    return job.state === "in_progress" ? 0 : waitLeft(job.received_at, Date.now(), this.#options.timing);
  }
}

function now(): string {
  return new Date().toISOString();
}
