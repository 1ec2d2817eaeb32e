import type { Timing } from "./timing.ts";

/** Says how long to wait before each question about one job. */
export interface PollSchedule {
  /** Milliseconds until the next question; a `Retry-After` comes first, whatever the schedule says. */
  next(hint?: { readonly queuePosition?: number | undefined; readonly retryAfter?: number | undefined }): number;
}

/**
 * Makes the schedule of one job: `firstPoll`, then × `pollGrowth`, ± `jitter`, never more than `longestPoll`; `farPoll`
 * far back in the queue.
 */
export function createPollSchedule(timing: Timing, random: () => number): PollSchedule {
  // So that the jitter does not lead beyond the longest pause.
  const longest = timing.longestPoll / (1 + timing.jitter);
  let due = timing.firstPoll;
  return {
    next({ queuePosition = 0, retryAfter } = {}) {
      if (retryAfter !== undefined) return Math.min(retryAfter, timing.longestRetryAfter);
      const plain = queuePosition >= timing.farPosition ? timing.farPoll : due;
      due = Math.min(due * timing.pollGrowth, longest);
      return plain * (1 + timing.jitter * (2 * random() - 1));
    },
  };
}
