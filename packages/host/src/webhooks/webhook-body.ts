import type { RunRecord } from "../runs/run-record.ts";

/**
 * What a receiver is told: that a run has ended, and how. Neither the values of its inputs nor the workflow's text: who may
 * know them asks the server for the run.
 */
export function webhookBody(run: RunRecord): string {
  const { id, status, workflow, request, retryOf, created, started, finished, ms, counts, costUsd } = run;
  const { outputs, files, error } = run;
  return JSON.stringify({
    type: "run.finished",
    timestamp: iso(finished ?? created),
    data: {
      id,
      status,
      workflow,
      service: request.service,
      retryOf,
      created: iso(created),
      started: started === undefined ? undefined : iso(started),
      finished: finished === undefined ? undefined : iso(finished),
      ms,
      counts,
      costUsd,
      outputs,
      files,
      error,
    },
  });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
