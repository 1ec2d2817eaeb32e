import { makeJob, type SeedZero } from "./accept-job.ts";
import { stateWord, type SandboxDialect } from "./dialect.ts";
import type { Fault, FaultCall } from "./faults/fault.ts";
import { ApiError } from "./api-error.ts";
import { type Job, outputsOf } from "./job.ts";
import type { JobQueue } from "./job-queue.ts";
import type { JobStore } from "./job-store.ts";
import { WHAT_THIS_IS } from "./model.ts";
import { asPng, mediaTypeOf } from "./output.ts";
import { fileReply, jsonReply, textReply, type Reply } from "./reply.ts";
import { dataUrisIn } from "./sent-media.ts";
import type { ServedModel } from "./served-model.ts";
import type { UnknownFields } from "./validate-input.ts";

/** A request as a route sees it. */
interface RouteRequest {
  /** What the route's pattern captured, percent escapes decoded. */
  readonly captured: string;
  readonly query: URLSearchParams;
  /** The body as JSON. */
  readonly json: () => Promise<unknown>;
  /** What is to go wrong with what it asks for; what goes wrong with the answer is done to it afterwards. */
  readonly fault: Fault;
}

/** One kind of request that is answered. */
export interface Route {
  readonly method: "GET" | "POST";
  /** What faults know it by. */
  readonly call?: FaultCall;
  /** Matches the path; its only group, if any, is what the route is about. */
  readonly path: RegExp;
  /** Whether the bearer token is asked for. */
  readonly guarded: boolean;
  readonly answer: (request: RouteRequest) => Reply | Promise<Reply>;
}

/** What the routes work on. */
export interface RouteContext {
  readonly store: JobStore;
  readonly queue: JobQueue;
  readonly models: ReadonlyMap<string, ServedModel>;
  readonly seedZero: SeedZero;
  readonly unknownFields: UnknownFields;
  readonly dialect: SandboxDialect;
  /** Where the sandbox is reached, without a slash at the end. */
  readonly baseUrl: () => string;
  readonly onLog: (message: string) => void;
}

/** The sandbox's whole HTTP interface: RunComfy's calls under `/v1`, its own under `/_sandbox`, and the outputs. */
export function makeRoutes(context: RouteContext): readonly Route[] {
  const { store } = context;
  return [
    {
      call: "submit",
      method: "POST",
      path: /^\/v1\/models\/(.+)$/,
      guarded: true,
      answer: (request) => submit(request, context),
    },
    {
      call: "model",
      method: "GET",
      path: /^\/v1\/models\/(.+)$/,
      guarded: true,
      answer: (request) => modelPage(request, context),
    },
    {
      call: "status",
      method: "GET",
      path: /^\/v1\/requests\/(.+)\/status$/,
      guarded: true,
      answer: (request) => status(request, context),
    },
    {
      call: "result",
      method: "GET",
      path: /^\/v1\/requests\/(.+)\/result$/,
      guarded: true,
      answer: (request) => result(request, context),
    },
    {
      call: "cancel",
      method: "POST",
      path: /^\/v1\/requests\/(.+)\/cancel$/,
      guarded: true,
      answer: (request) => cancel(request, context),
    },
    { method: "GET", path: /^\/_sandbox\/ledger$/, guarded: true, answer: () => jsonReply(store.ledger()) },
    {
      method: "GET",
      path: /^\/_sandbox\/jobs\/(.+)\/mask$/,
      guarded: true,
      answer: (request) => maskFile(request, store),
    },
    {
      call: "file",
      method: "GET",
      path: /^\/outputs\/(.+)$/,
      guarded: false,
      answer: (request) => outputFile(request, store),
    },
    { method: "GET", path: /^\/$/, guarded: false, answer: () => textReply(`${WHAT_THIS_IS}\n`) },
  ];
}

async function submit({ captured, json, fault }: RouteRequest, context: RouteContext): Promise<Reply> {
  const model = findModel(captured, context);
  const checked = model.check(await json(), context.unknownFields);
  if (context.dialect.dataUris === "refuse") refuseDataUris(checked.request);
  const made = makeJob(model, checked, context.seedZero);
  const job = fault.fault === "fails" ? { ...made, doom: fault.message } : made;
  await context.store.accept(job, checked.request);
  context.queue.add(job);
  context.onLog(`${job.request_id} accepted`);
  return jsonReply({ request_id: job.request_id, ...jobUrls(job, context) });
}

function refuseDataUris(request: object): void {
  const [path] = dataUrisIn(request);
  if (!path) return;
  const msg = "must be a publicly reachable https URL";
  throw new ApiError("invalidBody", `${path.join(".")}: ${msg}`, {
    detail: [{ loc: ["body", ...path], msg, type: "url" }],
  });
}

function jobUrls({ request_id: id }: Job, { baseUrl }: RouteContext): Record<string, string> {
  const url = `${baseUrl()}/v1/requests/${id}`;
  return { status_url: `${url}/status`, result_url: `${url}/result`, cancel_url: `${url}/cancel` };
}

function modelPage({ captured }: RouteRequest, context: RouteContext): Reply {
  return jsonReply(findModel(captured, context).page);
}

function findModel(id: string, { models }: RouteContext): ServedModel {
  const model = models.get(id);
  if (!model) throw new ApiError("notFound", `Model not found; this sandbox knows ${[...models.keys()].join(", ")}`);
  return model;
}

function status({ captured }: RouteRequest, context: RouteContext): Reply {
  return jsonReply(currentState(findJob(captured, context.store), context));
}

function currentState(job: Job, { queue, dialect }: RouteContext): Record<string, unknown> {
  const state = { request_id: job.request_id, status: stateWord(job.state, dialect) };
  return job.state === "in_queue" ? { ...state, queue_position: queue.position(job) } : state;
}

function result({ captured, query }: RouteRequest, context: RouteContext): Reply {
  const job = findJob(captured, context.store);
  if (job.finished_at === undefined) {
    if (context.dialect.earlyResult === "error") throw new ApiError("notFound", "There is no result yet");
    return jsonReply(currentState(job, context));
  }
  return jsonReply({
    request_id: job.request_id,
    status: stateWord(job.state, context.dialect),
    ...(job.output !== undefined && { output: outputOf(job, context) }),
    ...(job.error !== undefined && { error: job.error }),
    created_at: job.received_at,
    finished_at: job.finished_at,
    ...(query.get("include_cost") === "true" && { cost: 0 }),
  });
}

function outputOf(job: Job, { baseUrl }: RouteContext): Record<string, unknown> {
  const { gives = "image" } = job;
  const urls = outputsOf(job).map((name) => `${baseUrl()}/outputs/${name}`);
  return { [gives]: gives === "image" || gives === "video" ? urls[0] : urls };
}

async function cancel({ captured, fault }: RouteRequest, { store, queue, dialect }: RouteContext): Promise<Reply> {
  const { request_id } = findJob(captured, store);
  const winner = fault.fault === "race" ? fault.winner : undefined;
  if (winner === "completion") await queue.finish(request_id);
  // The answer claims what is not so: the job goes on.
  const outcome = winner === "nobody" ? "cancelled" : await queue.cancel(request_id);
  if (outcome === "not_cancellable" && dialect.cancelRunning === "error")
    throw new ApiError("notCancellable", "The request can no longer be cancelled");
  const state = winner === "nobody" ? "cancelled" : findJob(request_id, store).state;
  const word = outcome === "cancelled" ? stateWord("cancelled", dialect) : outcome;
  return jsonReply({ request_id, status: stateWord(state, dialect), outcome: word });
}

async function maskFile({ captured }: RouteRequest, store: JobStore): Promise<Reply> {
  const file = await store.mask(findJob(captured, store).request_id);
  if (file === undefined) throw new ApiError("notFound", "No mask was received for this job so far");
  return fileReply(await asPng(file), "image/png");
}

async function outputFile({ captured }: RouteRequest, store: JobStore): Promise<Reply> {
  const file = await store.output(captured);
  if (file === undefined) throw new ApiError("notFound", "Not found");
  return fileReply(file, mediaTypeOf(captured));
}

function findJob(id: string, store: JobStore): Job {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(id)) throw new ApiError("invalidId", "Invalid request id");
  const job = store.get(id);
  if (job === undefined) throw new ApiError("notFound", "Request not found");
  return job;
}
