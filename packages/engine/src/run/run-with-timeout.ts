import { EngineError, errorData } from "../errors.ts";
import type { AbortSource, Signal } from "../host.ts";
import type { PlannedNode } from "../plan/plan.ts";
import { isThenable } from "./is-thenable.ts";
import type { Slots } from "./slots.ts";

/** How long a node may take, and what that needs. */
export interface TimeLimit {
  readonly node: PlannedNode;
  readonly seconds: number;
  /** Called when the node has failed although its call has not returned: nobody listens to it any more. */
  giveUp(): void;
  readonly environment: {
    /** The run's. */
    readonly signal: Signal;
    readonly slots: Slots;
    setTimer(callback: () => void, ms: number): () => void;
    createAbort(): AbortSource;
  };
}

/**
 * Calls a node with a signal of its own, which is aborted when the run's is and when the time is over. Then the node
 * fails with `node.timeout` at once, and its slot stays taken until the call returns. A remote node's call is waited
 * for, because it knows what became of the job: a job that was accepted goes on, and a result that came is kept.
 *
 * What never awaits cannot be stopped, and is taken when it answers.
 */
export function runWithTimeout(limit: TimeLimit, call: (signal: Signal) => unknown): unknown {
  const { node, seconds, environment } = limit;
  const abort = environment.createAbort();
  const unfollow = follow(environment.signal, abort);
  let answer: unknown;
  try {
    answer = call(abort.signal);
  } finally {
    if (!isThenable(answer)) unfollow();
  }
  if (!isThenable(answer)) return answer;

  const { resource } = node.description;
  const work = Promise.resolve(answer);
  return new Promise((resolve, reject) => {
    let timedOut: EngineError | undefined;
    const stopTimer = environment.setTimer(() => {
      timedOut = timeoutOf(node, seconds);
      abort.abort(timedOut);
      if (resource === "remote") return;
      limit.giveUp();
      if (resource !== "none") environment.slots.keepUntil(resource, work);
      reject(timedOut);
    }, seconds * 1000);
    const ended = (): void => {
      stopTimer();
      unfollow();
    };
    work.then(
      (outputs) => {
        ended();
        resolve(outputs);
      },
      (error: unknown) => {
        ended();
        reject(timedOut ? withEnding(timedOut, error) : (error as Error));
      },
    );
  });
}

function follow(signal: Signal, abort: AbortSource): () => void {
  const listener = (): void => abort.abort(signal.reason);
  if (signal.aborted) listener();
  else signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}

function timeoutOf({ id, description: { type } }: PlannedNode, seconds: number): EngineError {
  return new EngineError({
    code: "node.timeout",
    message: `\`${id}\` did not end within its timeout of ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    node: id,
    nodeType: type,
    expected: `at most ${seconds} s`,
    suggestion: 'Give it more time with "timeout" on the node, in seconds, or less to do.',
  });
}

/** What became of the job is what counts: the service's words, and how to go on. */
function withEnding(timedOut: EngineError, cause: unknown): EngineError {
  const { message, ending, requestId, suggestion } = errorData(cause);
  if (ending === undefined) return timedOut;
  return new EngineError(
    {
      ...timedOut.data,
      message: `${timedOut.message} ${message}`,
      ending,
      ...(requestId !== undefined && { requestId }),
      ...(suggestion !== undefined && { suggestion }),
    },
    { cause },
  );
}
