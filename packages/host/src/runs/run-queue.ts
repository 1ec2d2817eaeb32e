/** A run that a worker has taken. */
export interface QueueClaim {
  readonly run: string;
  /** 1 for the first time that it was taken. */
  readonly attempt: number;
}

/** What waits and what is at work. */
export interface QueueCounts {
  readonly waiting: number;
  readonly taken: number;
}

/**
 * Which run is next. A port: SQLite, memory in tests. Higher priorities go first; at one priority clients take turns, so
 * that a thousand runs of one hold up no other; the runs of a client go in the order in which they came.
 *
 * A taken run belongs to its worker until that says `done`, gives it back, or is found dead.
 */
export interface RunQueue {
  /** Adds a run; one that is there already stays as it is. */
  add(entry: { readonly run: string; readonly client: string; readonly priority: number }): Promise<void>;
  /** Takes the next run for a worker. */
  claim(owner: string): Promise<QueueClaim | undefined>;
  /** The run has ended. @returns false when the claim is no longer the present one */
  done(claim: QueueClaim): Promise<boolean>;
  /** Takes a run out that no worker has taken. @returns whether it was there and waited */
  remove(run: string): Promise<boolean>;
  /** The runs of a client that wait, in the order in which they would be taken. */
  waiting(client: string): Promise<readonly string[]>;
  /**
   * Gives a run that waits another priority, another place among those of its client (1 is next), or both. A run that
   * goes before one of a higher priority gets that one's, so that it is where it was put.
   * @returns its priority now; undefined when it does not wait
   */
  move(run: string, to: { readonly priority?: number; readonly place?: number }): Promise<number | undefined>;
  /** Lets runs wait again whose workers are dead. @returns those runs */
  recover(isAlive: (owner: string, claimedAt: number) => boolean): Promise<readonly string[]>;
  has(run: string): Promise<boolean>;
  /** Of all clients, or of one. */
  counts(client?: string): Promise<QueueCounts>;
}
