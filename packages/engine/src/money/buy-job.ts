import { errorData } from "../errors.ts";
import type { RemoteJobRequest, RemoteJobResult, RemoteService } from "../host.ts";
import type { Purchase, Purchases } from "./purchases.ts";

/**
 * Runs a job that must be allowed before it is submitted. A service makes the request's body only when a submit is due,
 * so that is when it is asked for: a job that an earlier run had submitted costs nothing now.
 */
export async function buyJob(
  service: RemoteService,
  purchases: Purchases,
  job: RemoteJobRequest,
): Promise<RemoteJobResult> {
  let purchase: Purchase | undefined;
  const body = async () => {
    purchase?.free();
    purchase = undefined;
    purchase = await purchases.allow(service, job.model);
    return job.body();
  };
  try {
    const result = await service.run({ ...job, body });
    purchase?.paid(result.costUsd);
    return result;
  } catch (error) {
    // Whatever else became of it, the service may ask money for it.
    const { ending, costUsd } = errorData(error);
    if (costUsd !== undefined) purchase?.paid(costUsd);
    else if (ending === undefined || ending === "rejected" || ending === "cancelled") purchase?.free();
    throw error;
  }
}
