import type { NodeOutputs, ResultCache, ResultInfo } from "../cache/result-cache.ts";
import { errorData } from "../errors.ts";
import type { NodeRun } from "./node-run.ts";

/** Offers a result to the cache. One that it could not keep is made again; only paid ones must be kept. */
export function keepResult(cache: ResultCache, key: string, outputs: NodeOutputs, info: ResultInfo): void {
  try {
    cache.set(key, outputs, info)?.catch(() => undefined);
  } catch {
    return;
  }
}

/**
 * Keeps a paid result, which counts as finished when it is on disk and the journal knows. The outputs go on even when
 * that fails, with a warning: the money is spent, and the journal lets the job be collected again.
 */
export async function keepPaidResult(result: {
  readonly cache: ResultCache;
  readonly key: string;
  readonly outputs: NodeOutputs;
  readonly ms: number;
  readonly context: NodeRun;
}): Promise<NodeOutputs> {
  const { cache, key, outputs, ms, context } = result;
  try {
    await cache.set(key, outputs, { ms, paid: true });
    for (const settled of context.settled) await settled();
  } catch (error) {
    const { message } = errorData(error);
    context.log(
      "warning",
      `The job can be collected again, because its paid result could not be kept on disk: ${message}`,
    );
  }
  return outputs;
}
