/** How long things take in the sandbox; all in milliseconds. */
export interface SandboxTiming {
  /** How long a job stays in the queue even if nothing is ahead of it. Default 300. */
  readonly queuedMs?: number;
  /** How long each imagined job ahead takes, so `queue_position` counts down from `queuedMs / perPositionMs`. Default 100. */
  readonly perPositionMs?: number;
  /** How long a job is in progress at the least. Default 0. */
  readonly minRunMs?: number;
  /** How long a client may take to send a whole request. Default 60,000. */
  readonly requestTimeoutMs?: number;
  /** How long the fetch of one input may take, redirects included. Default 20,000. */
  readonly fetchTimeoutMs?: number;
}

const DEFAULTS: Required<SandboxTiming> = {
  queuedMs: 300,
  perPositionMs: 100,
  minRunMs: 0,
  requestTimeoutMs: 60_000,
  fetchTimeoutMs: 20_000,
};

/** Fills in the defaults. */
export function resolveTiming(timing: SandboxTiming = {}): Required<SandboxTiming> {
  return { ...DEFAULTS, ...timing };
}

/** How long a job that was received at `receivedAt` must still wait; never more than `queuedMs`, even if the clock was set back. */
export function waitLeft(receivedAt: string, now: number, timing: Required<SandboxTiming>): number {
  const left = Date.parse(receivedAt) + timing.queuedMs - now;
  return Math.min(Math.max(left, 0), timing.queuedMs);
}

/** How many jobs are ahead: the real ones, or the imagined ones as long as these are more. 0 = next. */
export function queuePosition(ahead: number, waitLeftMs: number, timing: Required<SandboxTiming>): number {
  return Math.max(ahead, Math.ceil(waitLeftMs / Math.max(timing.perPositionMs, 1)));
}
