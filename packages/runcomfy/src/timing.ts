/** Every pause and time limit of the client, in milliseconds unless said otherwise. The defaults suit the real service. */
export interface Timing {
  /** From the submit's answer to the first poll. */
  readonly firstPoll: number;
  /** Each pause is this many times the one before, a ratio. */
  readonly pollGrowth: number;
  readonly longestPoll: number;
  /** The pause while the job stands at `farPosition` or further back in the queue. */
  readonly farPoll: number;
  /** A place in the queue, a count. */
  readonly farPosition: number;
  /** Pauses vary by this share either way, a ratio. */
  readonly jitter: number;
  /** `Retry-After` is obeyed up to this. */
  readonly longestRetryAfter: number;
  /** One status, result, model or cancel call, from its start to the last byte. */
  readonly call: number;
  /** Between the starts of two polling calls with one token, whatever the number of jobs and clients. */
  readonly callSpacing: number;
  readonly connect: number;
  /** From connecting for a submit to its whole answer, and a millisecond more for every 64 bytes that are sent. */
  readonly submit: number;
  /** Before a submit that certainly was not sent is tried again. */
  readonly submitRetry: number;
  /** The pause after a 429 without `Retry-After`; grows like polling, up to `longestRetryAfter`. */
  readonly rateLimitPause: number;
  /** How long a job may run, or not answer, before it counts as stalled. */
  readonly runningDeadline: number;
  /** How long it may wait in the queue. */
  readonly queueDeadline: number;
  /** How long a completed job's result may be missing. */
  readonly resultGrace: number;
  /** How long an aborted submit is waited for. */
  readonly submitAbort: number;
  /** How long a cancel and its confirmation may take together. */
  readonly cancel: number;
  /** One file, from the request to the last byte. */
  readonly download: number;
  /** Before a download that broke off is tried again. */
  readonly downloadRetry: number;
  /** How often the journal is read while another process submits the same job. */
  readonly intentPoll: number;
  /** How long another process's submit is waited for. */
  readonly intentWait: number;
}

const MINUTE = 60_000;

/** The pauses and limits that the client uses unless told otherwise. */
export const defaultTiming: Timing = {
  firstPoll: 500,
  pollGrowth: 1.5,
  longestPoll: 3_000,
  farPoll: 5_000,
  farPosition: 5,
  jitter: 0.25,
  longestRetryAfter: MINUTE,
  call: 20_000,
  callSpacing: 200,
  connect: 10_000,
  submit: 2 * MINUTE,
  submitRetry: 1_000,
  rateLimitPause: 2_000,
  runningDeadline: 30 * MINUTE,
  queueDeadline: 24 * 60 * MINUTE,
  resultGrace: MINUTE,
  submitAbort: 5_000,
  cancel: 5_000,
  download: 5 * MINUTE,
  downloadRetry: 500,
  intentPoll: 250,
  intentWait: 15 * MINUTE,
};
