import {
  EngineError,
  type ErrorData,
  type Run,
  type RunCounts,
  type RunEvent,
  type RunResult,
  type RunStatus,
} from "@inlay/engine";
import { resultValue } from "./picture-result.ts";

/** What a run came to, as `await` gives it: the named outputs by name, for example `const { result } = await run`. */
// The values' types stand in the workflow file, where TypeScript cannot see them.
// eslint-disable-next-line typescript/no-explicit-any
export type RunOutputs = Readonly<Record<string, any>>;

/** Everything about the end of a run, also when it failed. */
export interface RunReport {
  readonly id: string;
  readonly status: RunStatus;
  readonly outputs: RunOutputs;
  readonly errors: readonly ErrorData[];
  readonly counts: RunCounts;
  /** Path of the run's `run.json`; absent for a run that neither writes files nor has remote jobs. */
  readonly record?: string;
}

/**
 * A run that has been started. `await` it for its named outputs; iterate over it for its events; both, if you like.
 * Awaiting rejects with an `EngineError` when the run failed: match on its `code`. That of a cancelled run is always
 * `run.cancelled`; `ending` and `requestId` say what became of its remote job.
 */
export interface InlayRun extends PromiseLike<RunOutputs>, AsyncIterable<RunEvent> {
  /** Resolves with the whole report and never rejects for what happens in the run. */
  readonly report: Promise<RunReport>;
  /** Stops the run: a queued remote job is cancelled, a running one is left to be collected by the next run. */
  cancel(reason?: string): void;
}

/** A run that goes on, and its record, which is written when it has ended. */
export interface BegunRun {
  readonly run: Run;
  readonly record?: Promise<string | undefined>;
}

/** Starts the run that `begin` prepares; what fails before it starts rejects like a failed run. */
export function startRun(
  begin: (onEvent: (event: RunEvent) => void, signal: AbortSignal) => Promise<BegunRun>,
  outer?: AbortSignal,
): InlayRun {
  const events = new EventLog();
  const abort = new AbortController();
  const signal = outer ? AbortSignal.any([outer, abort.signal]) : abort.signal;
  const report = begin((event) => events.add(event), signal)
    .then(async ({ run, record }) => reportOf(run.id, await run.finished, await record))
    .finally(() => events.close());
  const outputs = report.then(outputsOrThrow);
  // Whoever only iterates or reads the report has not asked for the rejection.
  outputs.catch(() => undefined);
  report.catch(() => undefined);
  return {
    report,
    cancel: (reason) => abort.abort(reason),
    then: (fulfilled, rejected) => outputs.then(fulfilled, rejected),
    [Symbol.asyncIterator]: () => events.read(),
  };
}

function reportOf(id: string, { status, outputs, errors, counts }: RunResult, record?: string): RunReport {
  const named = Object.entries(outputs).map(([name, value]) => [name, resultValue(value)] as const);
  return { id, status, outputs: Object.fromEntries(named), errors, counts, ...(record !== undefined && { record }) };
}

function outputsOrThrow({ status, outputs, errors }: RunReport): RunOutputs {
  if (status === "succeeded") return outputs;
  throw new EngineError((status !== "cancelled" && errors[0]) || cancellation(errors));
}

/** One code for every cancelled run; what became of a job that may cost money stays in the data. */
function cancellation(errors: readonly ErrorData[]): ErrorData {
  const left = errors.find(({ ending }) => ending === "unknown" || ending === "detached");
  const job = left ?? errors.find(({ ending }) => ending !== undefined);
  if (!job) return { code: "run.cancelled", message: "The run was cancelled." };
  return { ...job, code: "run.cancelled", message: `The run was cancelled. ${job.message}` };
}

/** Events in order for any number of readers, whenever they start. */
class EventLog {
  readonly #events: RunEvent[] = [];
  #closed = false;
  #wake: (() => void)[] = [];

  add(event: RunEvent): void {
    this.#events.push(event);
    this.#wakeAll();
  }

  close(): void {
    this.#closed = true;
    this.#wakeAll();
  }

  async *read(): AsyncGenerator<RunEvent, void> {
    for (let next = 0; ; next++) {
      while (next >= this.#events.length) {
        if (this.#closed) return;
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
      yield this.#events[next]!;
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
