import type {
  ErrorData,
  ItemCounts,
  JsonValue,
  RemoteEnding,
  RemoteState,
  RunCounts,
  RunEvent,
  RunStatus,
} from "@inlay/engine";

/** What is known of a run before its first event. */
export interface RunFacts {
  /** The values of the named inputs that the caller gave; files by their names and hashes. */
  readonly inputs?: { readonly [name: string]: JsonValue };
  /** Where its paid jobs go, where there is a choice. */
  readonly service?: string;
}

/** What `run.json` says about a run: what was known before, and a fold over its events. It holds no pixels and no secret. */
export interface RunRecord extends RunFacts {
  /** The version of this format. */
  readonly record: 1;
  run?: string;
  workflow?: string;
  /** `interrupted`: its process ended without a word. */
  status: "running" | "cancelling" | RunStatus;
  /** ISO 8601, UTC, like `endedAt`. */
  startedAt?: string;
  endedAt?: string;
  targets?: readonly string[];
  /** Resolved seeds as `node.input`. */
  seeds?: { readonly [place: string]: number };
  /** Nodes whose jobs the person has ordered and paid once more. */
  again?: readonly string[];
  counts?: RunCounts;
  /** What the paid jobs were expected to cost, in US dollars. */
  estimateUsd?: number;
  /** What its jobs have cost in US dollars, as far as the service said it. */
  costUsd?: number;
  readonly jobs: JobEntry[];
  readonly nodes: { [id: string]: NodeEntry };
  readonly files: FileEntry[];
  outputs?: { readonly [name: string]: JsonValue };
  error?: ErrorData;
}

/** One remote job of a run. */
interface JobEntry {
  readonly node: string;
  /** The service's id; without one there is no job, or it is in doubt. */
  requestId?: string;
  /** Where it stood when last heard of; absent once it has ended. */
  state?: RemoteState["state"];
  ending?: RemoteEnding;
  /** True when an earlier run had submitted it, so that this one paid nothing. */
  attached?: boolean;
  /** Which job of the same input it is, when it is not the first. */
  take?: number;
  /** What the service asked for the model, in US dollars for one of its units, when it said so in time. */
  price?: { readonly usd: number; readonly unit: string };
  costUsd?: number;
  message?: string;
  /** What the person can do about it, when there is something to do. */
  whatToDo?: string;
}

interface NodeEntry {
  status: "running" | "succeeded" | "cached" | "pinned" | "failed" | "skipped";
  ms?: number;
  items?: ItemCounts;
  error?: ErrorData;
  /** The failed node because of which it was skipped. */
  because?: string;
}

interface FileEntry {
  readonly node: string;
  readonly path?: string;
  readonly sha256: string;
  readonly size: number;
}

export function createRunRecord(facts: RunFacts = {}): RunRecord {
  return { record: 1, status: "running", ...facts, jobs: [], nodes: {}, files: [] };
}

/** Takes one more event in, in place. Resolves nothing and writes nothing. */
export function addToRunRecord(record: RunRecord, event: RunEvent): void {
  switch (event.type) {
    case "run.started": {
      const { run, workflow, targets, seeds, estimateUsd, again } = event;
      // Who goes on with a run starts it anew.
      const { startedAt = dateOf(event) } = record;
      Object.assign(record, { run, workflow, startedAt, targets, seeds, ...(again && { again }) });
      if (estimateUsd !== undefined) record.estimateUsd = estimateUsd;
      return;
    }
    case "run.cancelling":
      record.status = "cancelling";
      return;
    case "run.finished": {
      const { run, status, counts, outputs, error } = event;
      Object.assign(record, { run, status, endedAt: dateOf(event), counts, outputs, ...(error && { error }) });
      return;
    }
    case "node.file": {
      const { node, path, sha256, size, role } = event;
      const isKnown = record.files.some((file) => file.node === node && file.path === path && file.sha256 === sha256);
      // Who goes on with a run may find again what was written before.
      if (role === "result" && !isKnown) record.files.push({ node, ...(path !== undefined && { path }), sha256, size });
      return;
    }
    case "remote.state":
      return addState(record, event);
    case "remote.ended":
      return addEnding(record, event);
    case "node.log":
    case "node.expanded":
    case "node.progress":
      return;
    default:
      addNode(record, event);
  }
}

type Of<Type extends RunEvent["type"]> = Extract<RunEvent, { type: Type }>;

function addState(record: RunRecord, { node, state, requestId, attached, take, price }: Of<"remote.state">): void {
  if (requestId === undefined) return;
  // Who goes on with a run attaches to what the run itself has submitted.
  const isOwn = record.jobs.some((job) => job.requestId === requestId && !job.attached);
  const job = jobOf(record, node, requestId);
  job.state = state;
  if (attached && !isOwn) job.attached = true;
  if (take !== undefined) job.take = take;
  if (price) job.price = { usd: price.usd, unit: price.unit };
}

function addEnding(record: RunRecord, event: Of<"remote.ended">): void {
  const { node, requestId, ending, attached, costUsd, message, take, price } = event;
  const isOwn =
    requestId !== undefined && record.jobs.some((known) => known.requestId === requestId && !known.attached);
  const job = jobOf(record, node, requestId);
  delete job.state;
  job.ending = ending;
  if (attached && !isOwn) job.attached = true;
  if (take !== undefined) job.take = take;
  if (price) job.price = { usd: price.usd, unit: price.unit };
  if (message !== undefined && ending !== "succeeded") job.message = message;
  const todo = usualAdvice(ending, requestId);
  if (todo !== undefined) job.whatToDo = todo;
  if (costUsd === undefined) return;
  job.costUsd = costUsd;
  if (!job.attached) record.costUsd = (record.costUsd ?? 0) + costUsd;
}

/** A node of many items has many jobs; those without an id are told apart by nothing, and each is an entry. */
function jobOf(record: RunRecord, node: string, requestId: string | undefined): JobEntry {
  const found =
    requestId === undefined ? undefined : record.jobs.find((job) => job.node === node && job.requestId === requestId);
  if (found) return found;
  const job: JobEntry = { node, ...(requestId !== undefined && { requestId }) };
  record.jobs.push(job);
  return job;
}

function usualAdvice(ending: RemoteEnding, requestId: string | undefined): string | undefined {
  if (ending === "detached")
    return `Run the workflow again, or \`inlay jobs collect ${requestId}\`: both collect it and submit nothing.`;
  return ending === "unknown" || ending === "lost" ? "`inlay jobs` shows what can be done about it." : undefined;
}

type NodeEvent = Of<"node.started" | "node.finished" | "node.cached" | "node.pinned" | "node.failed" | "node.skipped">;

function addNode(record: RunRecord, event: NodeEvent): void {
  switch (event.type) {
    case "node.started":
      record.nodes[event.node] = { status: "running" };
      return;
    case "node.finished":
      record.nodes[event.node] = {
        status: "succeeded",
        ms: Math.round(event.ms),
        ...(event.items && { items: { ...event.items, slowestMs: Math.round(event.items.slowestMs) } }),
      };
      return;
    case "node.cached":
      // Made by an attempt before, which is where it is found.
      if (record.nodes[event.node]?.status !== "succeeded") record.nodes[event.node] = { status: "cached" };
      return;
    case "node.pinned":
      record.nodes[event.node] = { status: "pinned" };
      return;
    case "node.skipped":
      record.nodes[event.node] = { status: "skipped", because: event.because };
      return;
    case "node.failed": {
      const { node, error } = event;
      record.nodes[node] = { status: "failed", error };
      const job = record.jobs.findLast((entry) => entry.node === node && entry.requestId === error.requestId);
      if (job?.ending === error.ending && job && error.suggestion !== undefined) job.whatToDo = error.suggestion;
    }
  }
}

function dateOf({ time }: RunEvent): string {
  return new Date(time).toISOString();
}
