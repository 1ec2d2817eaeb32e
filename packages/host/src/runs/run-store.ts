import type { JsonValue } from "@inlay/engine";
import type { NewRun, NodeRecord, RunPhase, RunRecord, ServerEventBody, StoredEvent } from "./run-record.ts";

/** What happened in one run since it was last told. */
export interface RunUpdate {
  readonly run: string;
  /** Of whom it is told: what a worker says of an attempt that is no longer the present one is not heard. */
  readonly attempt: number;
  readonly events: readonly { readonly time: number; readonly body: ServerEventBody }[];
  /** What nodes gave. */
  readonly outputs?: readonly NodeOutputsUpdate[];
  /** Places whose results are not needed any more: forgotten before others are kept. */
  readonly released?: readonly string[];
  readonly kept?: readonly KeptResult[];
}

export interface NodeOutputsUpdate {
  readonly node: string;
  readonly key: string;
  readonly summary: { readonly [output: string]: JsonValue };
}

/** Something that a run has made, for an attempt after this one. */
export interface KeptResult {
  /** As the engine's `RunCheckpoints` names it. */
  readonly place: string;
  readonly key: string;
  /** The outputs themselves, or … */
  readonly outputs?: Uint8Array;
  /** … the name of the file that holds them. */
  readonly file?: string;
}

/** Which runs, the newest first. */
export interface RunQuery {
  readonly client?: string;
  readonly statuses?: readonly RunPhase[];
  readonly file?: string;
  /** Only runs in whose workflow's name, file, inputs or error this stands; letters of ASCII count the same in both cases. */
  readonly text?: string;
  /** Only older ones than the run with this id. */
  readonly before?: string;
  readonly limit: number;
}

export interface EventQuery {
  /** Only events behind this place. */
  readonly after: number;
  readonly run?: string;
  readonly client?: string;
  readonly limit: number;
}

/**
 * The durable memory of runs. A port: SQLite, memory in tests. What a promise has answered is on disk, whole or not at
 * all, and of what is told at once (`add`, one `RunUpdate`) nobody ever sees a part.
 */
export interface RunStore {
  /** Keeps a new run, with its event `run.queued`; of two with one `requestKey` of a client the first stays. */
  add(
    run: NewRun,
  ): Promise<{ readonly run: RunRecord; readonly isNew: boolean; readonly events: readonly StoredEvent[] }>;
  get(id: string): Promise<RunRecord | undefined>;
  list(query: RunQuery): Promise<readonly RunRecord[]>;
  /** The text of the workflow that ran. */
  workflowText(sha256: string): Promise<string | undefined>;
  /** A worker begins the run: from now on only this attempt is heard. Undefined when it has ended. */
  begin(id: string, attempt: number): Promise<RunRecord | undefined>;
  /** Tells what happened; answers with the events as they were kept, in order. */
  record(updates: readonly RunUpdate[]): Promise<readonly StoredEvent[]>;
  nodes(run: string): Promise<readonly NodeRecord[]>;
  /** What is kept of a run, the outputs themselves left out. Of one that has succeeded nothing is, of one that failed or was cancelled no file. */
  checkpoints(run: string): Promise<readonly Omit<KeptResult, "outputs">[]>;
  checkpoint(run: string, place: string): Promise<KeptResult | undefined>;
  events(query: EventQuery): Promise<readonly StoredEvent[]>;
  /** The place of the last event. */
  lastEventId(): Promise<number>;
  /** How many runs there are of each status that any has. */
  countByStatus(): Promise<Readonly<Record<string, number>>>;
  /** A pinned run is never removed. */
  pin(id: string, isPinned: boolean): Promise<RunRecord | undefined>;
  /** Forgets runs that have ended and are not pinned, with all that belongs to them. */
  remove(ids: readonly string[]): Promise<void>;
}
