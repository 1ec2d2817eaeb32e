import { RunComfyError, type RemoteEnding, type RemoteErrorCode } from "./errors.ts";

interface Wording {
  readonly summary: string;
  readonly suggestion: string;
}

/** What to do about a job that the service has accepted but whose result is not here yet. */
export const COLLECT = "Run it again: it collects this job and submits no other.";
/** Some services, such as a local stand-in, bill nothing. */
export const GOES_ON_BILLED = "it goes on, and is billed if jobs cost money";

/** What each code says, unless the place where it arises knows better; `withAdvice` adds what a job's key allows. */
const WORDINGS: { readonly [code in RemoteErrorCode]: Wording } = {
  "remote.config": {
    summary: "The RunComfy client cannot work with its settings.",
    suggestion: "Correct the setting.",
  },
  "remote.media": {
    summary: "An image is too large to send.",
    suggestion: "Make the image smaller, or publish it at an https URL.",
  },
  "remote.media-url": {
    summary: "An image's address is not one that the service can fetch.",
    suggestion: "Use an https address that anybody can open without logging in, or a local file.",
  },
  "remote.publish": {
    summary: "The image could not be published for the service.",
    suggestion: "Check the publisher's settings: docs/publishers.md.",
  },
  "remote.journal": {
    summary: "The journal of paid jobs cannot be read or written.",
    suggestion: "Free disk space or make the journal writable; nothing is submitted without it.",
  },
  "remote.auth": {
    summary: "The service does not accept the token.",
    suggestion: "Check RUNCOMFY_API_TOKEN: it may be wrong, expired, or lack permission.",
  },
  "remote.balance": {
    summary: "The account has no balance.",
    suggestion: "Top up the account and run it again.",
  },
  "remote.model": { summary: "The service does not know the model.", suggestion: "Check the model's id." },
  "remote.schema": {
    summary: "The service refused an input.",
    suggestion: "Correct the input and run it again; nothing was billed.",
  },
  "remote.moderation": {
    summary: "The service refused the content.",
    suggestion: "Change the prompt or the image; the same request will be refused again.",
  },
  "remote.rate-limit": {
    summary: "The service answers that there are too many requests.",
    suggestion: "Wait some minutes and run it again, with fewer jobs at once.",
  },
  "remote.rejected": {
    summary: "The service refused the request.",
    suggestion: "Correct the request; nothing was billed.",
  },
  "remote.server": { summary: "The service's server failed.", suggestion: "Run it again later." },
  "remote.network": {
    summary: "The service cannot be reached.",
    suggestion: "Check the network and the base URL, then run it again.",
  },
  "remote.unknown": {
    summary: "The answer to the submit was lost, so the job may or may not exist at the service.",
    suggestion: "Look for the request at the service before you submit it again: that may pay twice.",
  },
  "remote.cancelled": { summary: "The job was cancelled.", suggestion: "Run it again to submit a new job." },
  "remote.detached": {
    summary: `The job is no longer waited for; ${GOES_ON_BILLED}.`,
    suggestion: COLLECT,
  },
  "remote.failed": {
    summary: "The job failed at the service.",
    suggestion: "Check the inputs, then run it again: that submits a new job.",
  },
  "remote.lost": {
    summary: "The service no longer knows the request.",
    suggestion: "Ask once more; if it is gone for good, submit a new job.",
  },
  "remote.stalled": { summary: "The job did not end within the time allowed.", suggestion: COLLECT },
  "remote.status": {
    summary: "The service reports a status that this version does not know.",
    suggestion: `Look at the request at the service. ${COLLECT}`,
  },
  "remote.other-request": {
    summary: "The service answers about another request than the one that was asked about, so nothing of it is taken.",
    suggestion: `Look at the request at the service. ${COLLECT}`,
  },
  "remote.expired": {
    summary: "The job is complete, but its result can no longer be downloaded: it is gone.",
    suggestion: "Submit a new job.",
  },
  "remote.output": {
    summary: "The job is complete, but its output is not an image.",
    suggestion: "Check that the model makes images.",
  },
  "remote.host": {
    summary: "The result lies on a host that downloads are not allowed from.",
    suggestion: `Allow the host in the configuration if you trust it. ${COLLECT}`,
  },
  "remote.private-host": {
    summary: "The result's host resolves to a private address.",
    suggestion: `Check the network's name server. ${COLLECT}`,
  },
  "remote.redirect": { summary: "The result's URL redirects to another host.", suggestion: COLLECT },
  "remote.file-type": { summary: "The result's file is not a PNG, JPEG or WebP image.", suggestion: COLLECT },
  "remote.file-size": {
    summary: "The result's file is larger than 64 MiB.",
    suggestion: "Ask for a smaller image.",
  },
  "remote.file-empty": { summary: "The result's file is empty.", suggestion: COLLECT },
  "remote.file-truncated": {
    summary: "The result's file broke off each time that it was fetched.",
    suggestion: COLLECT,
  },
};

/** What is particular about one error. */
export interface ProblemDetails {
  readonly ending: RemoteEnding;
  /** Instead of the code's usual sentence. */
  readonly summary?: string;
  readonly suggestion?: string;
  /** The service's own words, already redacted; kept out of the summary. */
  readonly words?: string;
  /** Why, where it is not the service that says so: a system's words, already redacted; kept out of the summary. */
  readonly reason?: string;
  readonly requestId?: string;
  readonly input?: string;
  readonly costUsd?: number | undefined;
  readonly cause?: unknown;
}

/** Makes the error of a code. */
export function problem(code: RemoteErrorCode, details: ProblemDetails): RunComfyError {
  const { ending, requestId, input, costUsd, cause } = details;
  const { summary = WORDINGS[code].summary, suggestion = WORDINGS[code].suggestion } = details;
  const data = {
    code,
    message: [summary, ...because(details)].join(" "),
    ending,
    suggestion,
    ...(requestId === undefined ? {} : { requestId }),
    ...(input === undefined ? {} : { input }),
    ...(costUsd === undefined ? {} : { costUsd }),
  };
  return new RunComfyError(data, { summary, cause });
}

function because({ words, reason }: ProblemDetails): readonly string[] {
  if (words) return [`The service answers: ${words}`];
  return reason ? [`Reason: ${reason}`] : [];
}
