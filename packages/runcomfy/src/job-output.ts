import { type Asked, sortReply } from "./asked.ts";
import { requestPath } from "./base-url.ts";
import { type JobStatus, readReady, readStatus } from "./job-status.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import type { Service } from "./service.ts";

/** A request's state and, once it is complete, where its files are. */
export interface JobOutput extends JobStatus {
  /** URLs. */
  readonly images: readonly string[];
  /** URLs. */
  readonly videos: readonly string[];
  /** US dollars, when the service tells. */
  readonly costUsd?: number;
}

/**
 * Asks once for a request's result and what it cost. The cost's query is known from RunComfy's own clients only, so a
 * refusal of the request as it stands is answered by asking without it.
 */
export async function askOutput(service: Service, requestId: string, signal?: AbortSignal): Promise<Asked<JobOutput>> {
  const path = requestPath(requestId, "result");
  let reply = await service.get(`${path}?include_cost=true`, signal);
  if (reply.answered && (reply.status === 400 || reply.status === 422)) reply = await service.get(path, signal);
  return readReady(sortReply(service, requestId, reply), (json) => readOutput(service, requestId, json));
}

function readOutput(service: Service, requestId: string, json: JsonObject): JobOutput | undefined {
  const status = readStatus(service, requestId, json);
  if (!status || (status.state === "completed" && json.output === undefined)) return undefined;
  const output = isJsonObject(json.output) ? json.output : {};
  const costUsd = readCost(json.cost);
  return {
    ...status,
    images: urls(output.images, output.image),
    videos: urls(output.videos, output.video),
    ...(costUsd === undefined ? {} : { costUsd }),
  };
}

/** The list when it has any, else the single one. */
function urls(list: JsonValue | undefined, single: JsonValue | undefined): readonly string[] {
  const listed = Array.isArray(list) ? list.filter(isFilled) : [];
  return listed.length > 0 ? listed : [single].filter(isFilled);
}

function isFilled(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function readCost(cost: JsonValue | undefined): number | undefined {
  const amount = typeof cost === "string" && cost.trim() !== "" ? Number(cost) : cost;
  return typeof amount === "number" && Number.isFinite(amount) && amount >= 0 ? amount : undefined;
}
