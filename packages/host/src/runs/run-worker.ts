import { EngineError, errorData } from "@inlay/engine";
import type { ErrorData, Run, RunEventBody, RunStatus } from "@inlay/engine";
import type { Logger } from "pino";
import type { KeptFiles } from "../checkpoints/kept-files.ts";
import { isEnded } from "./run-record.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunLog } from "./run-log.ts";
import type { QueueClaim, RunQueue } from "./run-queue.ts";
import type { RunStore } from "./run-store.ts";
import type { Previews } from "./previews.ts";
import type { RunRuntime } from "./runtime.ts";
import { startAttempt } from "./start-attempt.ts";

/** Takes runs from the queue and runs them, many at once. */
export interface RunWorker {
  /** Something may have come into the queue. */
  wake(): void;
  /** Stops a run that is at work here. @returns false when it is not */
  cancel(run: string, reason: string): boolean;
  /** Takes nothing more, and resolves when what is at work has ended. */
  drain(): Promise<void>;
  /** Takes nothing more and leaves what is at work where it stands, for the next process. */
  stop(): void;
}

export interface RunWorkerOptions {
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly runLog: RunLog;
  readonly previews: Previews;
  readonly files: KeptFiles;
  readonly runtime: RunRuntime;
  /** This process, as `processOwner` names it. */
  readonly owner: string;
  readonly maxRuns: number;
  readonly log: Logger;
}

/** A run that takes the server down with it is not begun for ever. */
const mostStalled = 10;

const nothing = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };

/** A worker in this process. */
export function runWorker(options: RunWorkerOptions): RunWorker {
  const { store, queue, runLog, owner, maxRuns, log } = options;
  const active = new Map<string, AbortController>();
  let isDraining = false;
  let isStopped = false;
  let isPumping = false;
  let isWanted = false;
  const whenIdle: (() => void)[] = [];

  const pump = async (): Promise<void> => {
    while (!isDraining && active.size < maxRuns) {
      isWanted = false;
      const claim = await queue.claim(owner);
      if (claim) void work(claim);
      else if (!isWanted) return;
    }
  };

  const wake = (): void => {
    isWanted = true;
    if (isPumping) return;
    isPumping = true;
    pump()
      .catch((error: unknown) => {
        log.error({ err: error }, "the queue cannot be read");
        setTimeout(wake, 1000).unref();
      })
      .finally(() => {
        isPumping = false;
        if (isWanted && !isDraining && active.size < maxRuns) wake();
      });
  };

  const work = async (claim: QueueClaim): Promise<void> => {
    const abort = new AbortController();
    active.set(claim.run, abort);
    try {
      const run = await store.begin(claim.run, claim.attempt);
      if (run) await attempt(run, abort);
      if (!isStopped) await queue.done(claim);
    } catch (error) {
      log.error({ err: error, run: claim.run }, "a run could not be worked on");
    } finally {
      active.delete(claim.run);
      wake();
      if (active.size === 0) for (const tell of whenIdle.splice(0)) tell();
    }
  };

  /** One attempt of a run, to its last event on disk. */
  const attempt = async (run: RunRecord, abort: AbortController): Promise<void> => {
    const of = { run: run.id, attempt: run.attempt };
    const started = Date.now();
    const end = (status: RunStatus, error?: ErrorData): void => runLog.tell(of, ending(run, status, started, error));
    if (run.status === "cancelling") end("cancelled");
    else if (run.stalled > mostStalled) end("interrupted", interrupted(run));
    else {
      if (run.attempt > 1) runLog.tell(of, { type: "run.resumed", attempt: run.attempt });
      const begun = await startAttempt({ ...options, run, signal: abort.signal }).catch(errorData);
      if (isRun(begun)) await begun.finished;
      else if (abort.signal.aborted) end("cancelled");
      else end("failed", begun);
    }
    await untilEnded(run.id);
  };

  /** A full disk may hold the last event up; the run stays taken until it is there. */
  const untilEnded = async (id: string): Promise<void> => {
    while (!isStopped) {
      await runLog.flush();
      const run = await store.get(id);
      if (!run || isEnded(run.status)) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };

  return {
    wake,
    cancel(run, reason) {
      const abort = active.get(run);
      abort?.abort(new EngineError({ code: "run.cancelled", message: reason }));
      return abort !== undefined;
    },
    async drain() {
      isDraining = true;
      if (active.size > 0) await new Promise<void>((resolve) => whenIdle.push(resolve));
    },
    stop() {
      isDraining = true;
      isStopped = true;
      for (const abort of active.values()) abort.abort();
    },
  };
}

function isRun(begun: Run | ErrorData): begun is Run {
  return "finished" in begun;
}

function ending(run: RunRecord, status: RunStatus, started: number, error: ErrorData | undefined): RunEventBody {
  const ms = Date.now() - started;
  return { type: "run.finished", run: run.id, status, ms, counts: nothing, outputs: {}, ...(error && { error }) };
}

function interrupted({ stalled }: RunRecord): ErrorData {
  return {
    code: "run.interrupted",
    message: `The server was killed ${stalled - 1} times before this run had got any further, so it is not begun again by itself.`,
    suggestion: "Retry it: what is finished is not run again, and paid jobs are collected.",
  };
}
