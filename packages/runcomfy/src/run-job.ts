import type { Downloader, JobFile } from "./download.ts";
import { RunComfyError } from "./errors.ts";
import { fetchFiles } from "./fetch-files.ts";
import { withAdvice } from "./job-advice.ts";
import { journalAccepted, journaled, journalEnding } from "./journal-access.ts";
import { holdsKey, type JobJournal, type JobRecord } from "./journal.ts";
import type { JobStatus } from "./job-status.ts";
import { type MediaBody } from "./media-body.ts";
import { leaveJob } from "./leave-job.ts";
import { pause, unlessAborted } from "./pause.ts";
import type { MediaPlacer, MediaRoute, PlacedBody } from "./place-media.ts";
import { problem } from "./problem.ts";
import type { Service } from "./service.ts";
import { neverSent, prepareSubmission, submitJob } from "./submit.ts";
import type { UnwrittenMoves } from "./unwritten-moves.ts";
import { waitForJob } from "./wait-for-job.ts";

/** Where a job stands, for whoever watches. */
export interface JobProgress {
  readonly state: "publishing" | "submitting" | "queued" | "running" | "fetching";
  readonly requestId?: string;
  readonly queuePosition?: number;
  /** True when this call submitted nothing because an earlier one had. */
  readonly attached?: boolean;
}

/** A job to run. */
export interface RunRequest {
  /** Such as `tongyi-mai/z-image/turbo/inpainting`. */
  readonly model: string;
  /** See `jobKey`. */
  readonly key: string;
  /**
   * Makes the input; called only when a submit is due. What it throws passes through, and nothing is journaled. Media in
   * it are sent inside the request or published, and addresses are checked.
   */
  body(): Promise<MediaBody> | MediaBody;
  /**
   * What the job is to give; default `images`. Another output is `remote.output`, and can still be collected, also by
   * asking for `any`.
   */
  readonly output?: "images" | "videos" | "any";
  readonly signal?: AbortSignal;
  /**
   * What an abort does to a job that the service has accepted, by the signal's reason. `cancel`, the default, stops it
   * while it is queued; `detach` lets it go on, to be collected by the next call with the same key.
   */
  leave?(reason: unknown): "cancel" | "detach";
  onState?(progress: JobProgress): void;
}

/** A finished job. */
export interface JobResult {
  readonly requestId: string;
  /** One or more images, or videos where they were asked for. */
  readonly files: readonly JobFile[];
  /** What the service says that it cost, in US dollars. */
  readonly costUsd?: number;
  /** True when this call submitted nothing because an earlier one had. */
  readonly attached: boolean;
  /** Call when the files are safe: the journal then says succeeded. */
  settled(): Promise<void>;
}

/** What jobs run with. */
export interface JobEnvironment {
  readonly service: Service;
  readonly downloader: Downloader;
  readonly media: MediaPlacer;
  readonly journal: JobJournal;
  readonly unwritten: UnwrittenMoves;
  readonly provider: string;
  readonly account: string;
}

/** A run whose signal is there. */
export type RunningRequest = RunRequest & { readonly signal: AbortSignal; onState(progress: JobProgress): void };

/** A job that the service has accepted, now or earlier. */
interface AcceptedJob {
  readonly record: JobRecord;
  readonly requestId: string;
  readonly attached: boolean;
}

/** Runs a job once for its key; see `RunComfyClient.run`. */
export async function runJob(environment: JobEnvironment, request: RunningRequest): Promise<JobResult> {
  const { journal, service, unwritten } = environment;
  await journaled(() => unwritten.write(journal, request.key), { ending: "unknown" });
  const giveUp = service.clock.now() + service.timing.intentWait;
  for (;;) {
    if (request.signal.aborted) throw neverSent();
    const record = await journaled(() => journal.get(request.key), { ending: "failed" });
    if (!record || !holdsKey(record.state)) {
      const accepted = await submitOnce(environment, request);
      if (accepted) return collect(environment, request, accepted);
    } else if (record.state === "intent") {
      await waitForSubmitter(environment, request, record, giveUp);
    } else {
      return collect(environment, request, attach(record));
    }
  }
}

/** Claims the key and submits; undefined when somebody else has claimed it meanwhile. */
async function submitOnce(
  environment: JobEnvironment,
  request: RunningRequest,
  route: MediaRoute = "inline",
): Promise<AcceptedJob | undefined> {
  const { journal, service, media, provider, account } = environment;
  const { model, key, signal } = request;
  request.onState({ state: "publishing" });
  const placed = await placedBody(environment, request, route);
  const submission = prepareSubmission(model, placed.body);
  request.onState({ state: "submitting" });
  const { claimed, record } = await journaled(() => journal.claim({ key, provider, account, model }), {
    ending: "failed",
  });
  if (!claimed) return undefined;
  try {
    const requestId = await submitJob(service, submission, signal);
    await journalAccepted(environment, record, requestId);
    return { record, requestId, attached: false };
  } catch (error) {
    // What nobody foresaw may have happened after the request left, so it must not free the key.
    const ended =
      error instanceof RunComfyError ? error : problem("remote.unknown", { ending: "unknown", cause: error });
    if (ended.code !== "remote.journal") await journalEnding(environment, record, ended);
    // The refusal has freed the key, and nothing was paid: the same job goes out once more, by URLs.
    if (route === "inline" && media.hasAnotherWay(ended, placed)) return submitOnce(environment, request, "published");
    throw withAdvice(ended, key);
  }
}

async function placedBody({ media }: JobEnvironment, request: RunningRequest, route: MediaRoute): Promise<PlacedBody> {
  const { signal } = request;
  if (signal.aborted) throw neverSent();
  const prepare = async (): Promise<PlacedBody> => media.place(await request.body(), route, signal);
  try {
    return await unlessAborted(prepare(), signal);
  } catch (error) {
    throw signal.aborted ? neverSent() : error;
  }
}

/** Another process is submitting the job: waits a moment. One that died leaves nobody who knows whether it did. */
async function waitForSubmitter(
  { journal, service }: JobEnvironment,
  { signal }: RunningRequest,
  record: JobRecord,
  giveUp: number,
): Promise<void> {
  if (!(await journaled(() => journal.ownerAlive(record), { ending: "unknown" }))) {
    const summary =
      "The process that submitted the job ended before the answer came, so the job may or may not exist at the service.";
    const message = `remote.unknown: ${summary}`;
    const moved = await journaled(() => journal.move(record, { state: "unknown", message }), { ending: "unknown" });
    if (moved) throw withAdvice(problem("remote.unknown", { ending: "unknown", summary }), record.key);
    return;
  }
  if (service.clock.now() > giveUp) {
    const summary = "Another process has been submitting this job for a long time.";
    throw problem("remote.unknown", {
      ending: "unknown",
      summary,
      suggestion: "Run it again when that process has ended.",
    });
  }
  try {
    await pause(service.clock, service.timing.intentPoll, signal);
  } catch {
    throw problem("remote.cancelled", {
      ending: "cancelled",
      summary: "Stopped while another process submits the job.",
    });
  }
}

function attach(record: JobRecord): AcceptedJob {
  const { requestId } = record;
  if (record.state !== "unknown" && requestId !== undefined) return { record, requestId, attached: true };
  const known = requestId === undefined ? {} : { requestId };
  throw withAdvice(problem("remote.unknown", { ending: "unknown", ...known }), record.key);
}

/** Waits for an accepted job and fetches its files; writes every other ending down. */
async function collect(environment: JobEnvironment, request: RunningRequest, job: AcceptedJob): Promise<JobResult> {
  const { journal, service, downloader } = environment;
  const { record, requestId, attached } = job;
  const { signal } = request;
  let last: JobStatus["state"] | undefined;
  let cost: number | undefined;
  const onStatus = ({ state, queuePosition }: JobStatus): void => {
    last = state;
    if (state !== "queued" && state !== "running") return;
    request.onState({ state, requestId, attached, ...(queuePosition === undefined ? {} : { queuePosition }) });
  };
  try {
    const output = await waitForJob(service, { requestId, signal, atOnce: attached, onStatus });
    cost = output.costUsd;
    request.onState({ state: "fetching", requestId, attached });
    const files = await fetchFiles(
      { service, downloader, requestId, signal, kind: request.output ?? "images" },
      output,
    );
    const { costUsd } = output;
    const settled = (): Promise<void> => settle(journal, record, requestId);
    return { requestId, files, attached, settled, ...(costUsd === undefined ? {} : { costUsd }) };
  } catch (error) {
    const ended =
      signal.aborted && !(error instanceof RunComfyError)
        ? await leaveJob(service, requestId, { last, how: request.leave?.(signal.reason) })
        : error;
    if (!(ended instanceof RunComfyError)) throw ended;
    await journalEnding(environment, record, ended);
    throw withCost(withAdvice(ended, record.key), attached ? undefined : (ended.data.costUsd ?? cost));
  }
}

/** The error with what the job has cost; nothing for a job that an earlier call had submitted, which told it. */
function withCost(error: RunComfyError, costUsd: number | undefined): RunComfyError {
  const { costUsd: _told, ...data } = error.data;
  const cost = costUsd === undefined ? {} : { costUsd };
  return new RunComfyError({ ...data, ...cost }, { summary: error.summary, cause: error.cause });
}

async function settle(journal: JobJournal, record: JobRecord, requestId: string): Promise<void> {
  await journaled(() => journal.move(record, { state: "succeeded", message: "collected" }), {
    ending: "detached",
    requestId,
  });
}
