import type { JobIdentity, JobRecord } from "@inlay/runcomfy";
import type { Takes } from "../journal/takes.ts";

/** What of the journal tells which job of an input is meant. */
export interface TakeJournal {
  readonly takes: Takes;
  get(key: string): Promise<JobRecord | undefined>;
}

/** A job's key and which job of its input it is. */
export interface ChosenTake {
  readonly key: string;
  readonly take: number;
}

/** How keys are made of identities; given, because the client is loaded late. */
export interface KeyRules {
  jobKey(identity: JobIdentity): string;
  holdsKey(state: JobRecord["state"]): boolean;
}

/**
 * Which job of an input a run means. Without an order: the latest that has not been freed, so that what was paid for last
 * counts. With an order to buy it once more: the next, once the latest is over; what is still under way, or in doubt, is
 * not bought over. An order that has been given its job keeps it, also when the run goes on after a crash.
 */
export async function chooseTake(
  job: Omit<JobIdentity, "take">,
  again: { readonly order: string } | undefined,
  { takes, get }: TakeJournal,
  { jobKey, holdsKey }: KeyRules,
): Promise<ChosenTake> {
  const keyOf = (take: number): string => jobKey({ ...job, take });
  const first = keyOf(1);
  if (again) {
    const take = (await takes.of(first, again.order)) ?? (await nextTake());
    return { key: keyOf(take), take };
  }
  for (let take = await takes.highest(first); take > 1; take--) {
    const record = await get(keyOf(take));
    if (record && holdsKey(record.state)) return { key: keyOf(take), take };
  }
  return { key: first, take: 1 };

  async function nextTake(): Promise<number> {
    const latest = await takes.highest(first);
    const state = (await get(keyOf(latest)))?.state;
    const isOver = state === "succeeded" || state === "lost";
    return takes.give(first, again!.order, isOver ? latest + 1 : latest);
  }
}
