import { problem } from "./problem.ts";
import type { JobProgress, JobResult, RunningRequest, RunRequest } from "./run-job.ts";
import { neverSent } from "./submit.ts";

/** Runs jobs so that all calls with one key share one job. */
export interface SharedRuns {
  run(request: RunRequest): Promise<JobResult>;
}

/** One job under way, and those who wait for it. */
interface SharedRun {
  readonly stop: AbortController;
  readonly watchers: Set<RunRequest>;
  readonly progress: { last?: JobProgress; leave: "cancel" | "detach" };
  readonly result: Promise<JobResult>;
}

/** Makes the register of jobs under way; `start` runs one of them. */
export function createSharedRuns(start: (request: RunningRequest) => Promise<JobResult>): SharedRuns {
  const runs = new Map<string, SharedRun>();

  const begin = (request: RunRequest): SharedRun => {
    const { model, key, output } = request;
    const stop = new AbortController();
    const watchers = new Set<RunRequest>();
    const progress: SharedRun["progress"] = { leave: "cancel" };
    const onState = (state: JobProgress): void => {
      progress.last = state;
      for (const watcher of watchers) watcher.onState?.(state);
    };
    const running = start({
      model,
      key,
      body: () => request.body(),
      signal: stop.signal,
      leave: () => progress.leave,
      onState,
      ...(output === undefined ? {} : { output }),
    });
    const shared = { stop, watchers, progress, result: running.finally(() => runs.delete(key)) };
    runs.set(key, shared);
    return shared;
  };

  return {
    async run(request) {
      // A job that is being stopped is no longer to be had: begin anew when it has ended.
      for (let ended = runs.get(request.key); ended?.stop.signal.aborted; ended = runs.get(request.key)) {
        await ended.result.catch(() => {});
      }
      if (request.signal?.aborted) throw neverSent();
      const joined = runs.get(request.key);
      if (!joined) return watch(begin(request), request);
      const { last } = joined.progress;
      if (last) request.onState?.({ ...last, attached: true });
      return { ...(await watch(joined, request)), attached: true };
    },
  };
}

/** Waits for a shared job. Whoever aborts leaves the others to it; the last one stops it and learns what became of it. */
async function watch(shared: SharedRun, request: RunRequest): Promise<JobResult> {
  const { signal } = request;
  shared.watchers.add(request);
  let leave = (): void => {};
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => {
      shared.watchers.delete(request);
      shared.progress.leave = request.leave?.(signal?.reason) ?? "cancel";
      if (shared.watchers.size === 0) shared.stop.abort(signal?.reason);
      else reject(stillWanted(shared));
    };
  });
  signal?.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([shared.result, left]);
  } finally {
    signal?.removeEventListener("abort", leave);
  }
}

function stillWanted({ progress }: SharedRun): Error {
  const summary = "Stopped waiting; the job goes on for another run that waits for it.";
  const requestId = progress.last?.requestId;
  return problem("remote.detached", { ending: "detached", summary, ...(requestId === undefined ? {} : { requestId }) });
}
