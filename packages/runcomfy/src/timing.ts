/** Every wait of the client, in milliseconds. Tests shorten them; the defaults suit the live service. */
export interface Timing {
  /** Before the first poll. */
  readonly firstPoll: number;
  /** The longest pause between polls of a job that is about to run or runs. */
  readonly slowestPoll: number;
  /** Between polls of a job that is far back in the queue. */
  readonly farPoll: number;
  /** Until a GET is given up. */
  readonly request: number;
  /** Until a submit that was sent is given up. */
  readonly submit: number;
  /** Until a connection is given up. */
  readonly connect: number;
  /** Until a cancel call is given up, and how long an abort waits for the id of a submit in flight. */
  readonly abort: number;
  /** How long a job may run, queue apart. */
  readonly running: number;
  /** How long a job may wait in the queue. */
  readonly queued: number;
  /** How long a completed job's result may be missing. */
  readonly resultDelay: number;
  /** The longest `Retry-After` that is obeyed in full. */
  readonly retryAfter: number;
  /** Between tries of a submit that certainly was not sent. */
  readonly resubmit: number;
  /** The pause after a 429 without `Retry-After`. */
  readonly rateLimit: number;
  /** Until a download without a new byte is given up. */
  readonly downloadIdle: number;
  /** Between two requests of one client. */
  readonly spacing: number;
  /** How long a run waits for another process that is submitting the same job. */
  readonly otherSubmit: number;
}

/** The default of every wait. */
export const defaultTiming: Timing = {
  firstPoll: 500,
  slowestPoll: 3_000,
  farPoll: 5_000,
  request: 20_000,
  submit: 60_000,
  connect: 10_000,
  abort: 5_000,
  running: 30 * 60_000,
  queued: 24 * 60 * 60_000,
  resultDelay: 60_000,
  retryAfter: 60_000,
  resubmit: 500,
  rateLimit: 2_000,
  downloadIdle: 20_000,
  spacing: 50,
  otherSubmit: 90_000,
};
