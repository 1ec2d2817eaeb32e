import { isRequestId, modelPath } from "./base-url.ts";
import type { RunComfyError } from "./errors.ts";
import type { Answer, NoAnswer } from "./http-call.ts";
import type { JsonObject } from "./json.ts";
import { checkRequestSize } from "./media.ts";
import { pause } from "./pause.ts";
import { problem } from "./problem.ts";
import { bodyCode, readRefusal } from "./refusal.ts";
import type { Service } from "./service.ts";

/** Tries of a submit that certainly did not leave this machine. */
const NOT_SENT_TRIES = 3;
/** Answers 429 after which a submit gives up. */
const RATE_LIMITED_TRIES = 10;

/** A request that is ready to leave. */
export interface Submission {
  readonly model: string;
  /** The input as JSON. */
  readonly text: string;
  /** The names of the inputs, to understand a refusal. */
  readonly inputs: readonly string[];
}

/** Checks and serialises a submit before anything is journaled. Throws `remote.model` and `remote.media`. */
export function prepareSubmission(model: string, body: JsonObject): Submission {
  modelPath(model);
  const text = JSON.stringify(body);
  checkRequestSize(text);
  return { model, text, inputs: Object.keys(body) };
}

/**
 * Submits and resolves to the request's id. What was certainly not sent, or was answered 429, is tried again; nothing
 * else is. The ending of the error tells what is certain: `rejected` and `failed` (never sent): no job exists;
 * `cancelled`: stopped before a job existed; `unknown`: one may exist.
 *
 * An abort while the answer is under way waits for it, up to `timing.submitAbort`, and resolves if it brings an id.
 */
export async function submitJob(service: Service, submission: Submission, signal?: AbortSignal): Promise<string> {
  const { timing } = service;
  let notSent = 0;
  for (let rateLimited = 0; ;) {
    if (signal?.aborted) throw neverSent();
    const reply = await service.postAlone(modelPath(submission.model), submission.text, signal);
    if (!reply.answered) {
      if (reply.sent) throw answerLost(service, reply.reason, reply.cause);
      if (signal?.aborted) throw neverSent();
      if (++notSent === NOT_SENT_TRIES) throw unreachable(service, reply);
      await pauseUnsent(service, timing.submitRetry, signal);
    } else if (isRateLimited(reply)) {
      if (++rateLimited === RATE_LIMITED_TRIES) throw refusedError(service, submission, reply);
      const usual = timing.rateLimitPause * timing.pollGrowth ** (rateLimited - 1);
      await pauseUnsent(service, Math.min(reply.retryAfter ?? usual, timing.longestRetryAfter), signal);
    } else {
      return acceptedId(service, submission, reply);
    }
  }
}

function isRateLimited(answer: Answer): boolean {
  return answer.status === 429 && readRefusal(answer).code === "remote.rate-limit";
}

/** An id in a good answer counts even beside an error code: following it costs nothing, submitting again may. */
function acceptedId(service: Service, submission: Submission, answer: Answer): string {
  const { status, json } = answer;
  const id = json?.request_id;
  if (status >= 200 && status < 300) {
    // Followed, it would carry the token into URLs, the journal and every message.
    if (isRequestId(id) && service.showsToken(id)) throw answerLost(service, "the request id holds the token");
    if (isRequestId(id)) return id;
    if (bodyCode(json) === undefined) throw answerLost(service, "the answer has no request id");
  } else if (!isCertainRefusal(answer)) {
    throw answerLost(service, `HTTP ${status}`);
  }
  throw refusedError(service, submission, answer);
}

/** 4xx but 408, and anything else whose body names a reason that precedes any work. */
function isCertainRefusal(answer: Answer): boolean {
  if (answer.status >= 400 && answer.status < 500) return answer.status !== 408;
  return (
    bodyCode(answer.json) !== undefined && !["remote.server", "remote.rejected"].includes(readRefusal(answer).code)
  );
}

function refusedError(service: Service, submission: Submission, answer: Answer): RunComfyError {
  const { code, words, input: named } = readRefusal(answer, submission.inputs);
  const input = named && isInputName(named) && !service.showsToken(named) ? named : undefined;
  const unknown =
    code === "remote.model" ? { summary: `The service does not know the model ${submission.model}.` } : {};
  return problem(code, { ending: "rejected", words: service.redact(words), ...unknown, ...(input ? { input } : {}) });
}

/** The service may point at an input that was not sent; anything else in that place is no name. */
function isInputName(text: string): boolean {
  return /^\w{1,64}$/.test(text);
}

function answerLost(service: Service, reason: string, cause?: unknown): RunComfyError {
  return problem("remote.unknown", { ending: "unknown", reason: service.redact(reason), cause });
}

function unreachable(service: Service, { reason, cause }: NoAnswer): RunComfyError {
  return problem("remote.network", { ending: "failed", reason: service.redact(reason), cause });
}

/** The error of a job that was stopped before it was submitted. */
export function neverSent(): RunComfyError {
  const summary = "Stopped before anything was submitted.";
  return problem("remote.cancelled", { ending: "cancelled", summary });
}

async function pauseUnsent({ clock }: Service, ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await pause(clock, ms, signal);
  } catch {
    throw neverSent();
  }
}
