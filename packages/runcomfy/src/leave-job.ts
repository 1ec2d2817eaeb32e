import { stopJob } from "./cancel.ts";
import type { RunComfyError } from "./errors.ts";
import type { JobStatus } from "./job-status.ts";
import { GOES_ON_BILLED, problem } from "./problem.ts";
import type { Service } from "./service.ts";

const COMPLETE = "The job is complete, and billed if jobs cost money; its result has not been fetched.";

/**
 * Ends the waiting for an accepted job because its run was aborted: cancels it if it can be cancelled and shall be, and
 * makes the error that tells what became of it. Takes at most `timing.cancel`.
 */
export async function leaveJob(
  service: Service,
  requestId: string,
  { last, how }: { readonly last: JobStatus["state"] | undefined; readonly how: "cancel" | "detach" | undefined },
): Promise<RunComfyError> {
  if (last === "completed") return detached(requestId, COMPLETE);
  if (how === "detach") return problem("remote.detached", { ending: "detached", requestId });
  const { outcome, status } = await stopJob(service, requestId);
  if (outcome === "cancelled") return problem("remote.cancelled", { ending: "cancelled", requestId });
  if (status?.state === "completed") return detached(requestId, COMPLETE);
  if (outcome === "unconfirmed") {
    return detached(requestId, "The service did not confirm the cancel in time: the job may go on and be billed.");
  }
  return detached(requestId, `The job already runs and cannot be cancelled: ${GOES_ON_BILLED}.`);
}

function detached(requestId: string, summary: string): RunComfyError {
  return problem("remote.detached", { ending: "detached", requestId, summary });
}
