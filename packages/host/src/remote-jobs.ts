import { EngineError, errorData, isJsonObject } from "@inlay/engine";
import type { ModelPrice, RemoteBody, RemoteJobRequest, RemoteJobResult } from "@inlay/engine";
import type { JobProgress, JobRecord, MediaBody, RunComfyClient } from "@inlay/runcomfy";
import { chooseTake } from "./jobs/choose-take.ts";
import type { CollectedResults } from "./jobs/collected-results.ts";
import type { Account } from "./remote-account.ts";
import type { CollectedJob, RemoteOptions } from "./remote.ts";

/** What a job may be answered from without the network. */
interface Kept {
  readonly collected: CollectedResults;
  readonly journal: RemoteOptions["journal"];
}

/** Runs a job, attaches to the one that its input has, or answers with what was collected of it. */
export async function runJob(
  client: RunComfyClient,
  known: Account,
  job: RemoteJobRequest,
  kept: Kept,
): Promise<RemoteJobResult> {
  const rules = await import("@inlay/runcomfy");
  const { provider, account } = known;
  const { model, identity, output, signal, again } = job;
  const { key, take } = await chooseTake({ provider, account, model, identity }, again, await kept.journal(), rules);
  const taken = take > 1 && { take };
  const here = await keptResult(key, kept);
  if (here) return { ...here, ...taken };
  let price: ModelPrice | undefined;
  // Asked beside the job, which waits for it at no moment.
  void client.price(model).then((answer) => (price = answer));
  const priced = <T extends object>(told: T): T => ({ ...told, ...taken, ...(price && { price }) });
  const result = await client.run({
    model,
    key,
    body: async () => objectOf(await job.body()),
    ...(output === undefined ? {} : { output }),
    signal,
    // A person who cancels wants nothing more to be paid for; a node that is out of time wants its job collected later.
    leave: (reason) => (errorData(reason).code === "node.timeout" ? "detach" : "cancel"),
    onState: (state) => job.report(priced(state)),
  });
  return priced(result);
}

/** The files of a job that was collected by itself, as long as its key still stands for that request. */
async function keptResult(key: string, { collected, journal }: Kept): Promise<RemoteJobResult | undefined> {
  const { holdsKey } = await import("@inlay/runcomfy");
  const record = await (await journal()).get(key);
  if (record?.requestId === undefined || !holdsKey(record.state)) return undefined;
  const result = await collected.get(key, record.requestId);
  return result && { ...result, attached: true };
}

/** Waits for a job and keeps its files. */
export async function collectJob(
  client: RunComfyClient,
  { key, requestId: known }: JobRecord,
  collected: CollectedResults,
  onState?: (progress: JobProgress) => void,
): Promise<CollectedJob> {
  const here = known === undefined ? undefined : await collected.paths(key, known);
  if (known !== undefined && here) return { key, requestId: known, paths: here };
  const result = await client.collect(key, onState);
  const { requestId, costUsd } = result;
  const paths = await collected.put(key, result);
  await result.settled();
  return { key, requestId, paths, ...(costUsd === undefined ? {} : { costUsd }) };
}

/** What the service no longer knows is over too: collecting it says so. */
export async function lookAt(client: RunComfyClient, { requestId }: JobRecord): Promise<"open" | "over"> {
  if (requestId === undefined) return "open";
  try {
    const { state } = await client.status(requestId);
    return state === "queued" || state === "running" ? "open" : "over";
  } catch (error) {
    if (errorData(error).code === "remote.lost") return "over";
    throw error;
  }
}

function objectOf(body: RemoteBody): MediaBody {
  if (isJsonObject(body)) return body as MediaBody;
  throw new EngineError({ code: "remote.config", message: "The input of a remote job is not a JSON object." });
}
