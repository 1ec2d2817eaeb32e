import { unconfirmedJobs } from "./unconfirmed-jobs.ts";

/** Counts the paid jobs of a run, those that show only on the way among them. */
export interface PaidAllowance {
  /** Fails with `money/confirm` when so many jobs more are not allowed; counts them otherwise. */
  allow(jobs: number): void;
}

/**
 * @param counted jobs that the plan has counted and that are allowed
 * @param maxPaid how many the run may submit
 */
export function paidAllowance(counted: number, maxPaid: number): PaidAllowance {
  let paid = counted;
  return {
    allow(jobs) {
      const refusal = unconfirmedJobs(0, paid + jobs, maxPaid);
      if (jobs > 0 && refusal) throw refusal;
      paid += jobs;
    },
  };
}
