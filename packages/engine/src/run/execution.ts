import type { NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import { errorData, type ErrorData } from "../errors.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { Plan } from "../plan/plan.ts";
import type { Work } from "./arrange-work.ts";
import { checkOutputs } from "./check-outputs.ts";
import type { RunCounts } from "./events.ts";
import { gatherInputs, type OpenValues } from "./gather-inputs.ts";
import { keepPaidResult, keepResult } from "./keep-result.ts";
import type { InFlight } from "./in-flight.ts";
import { isThenable } from "./is-thenable.ts";
import { isEmptyHanded, isPartial, type ListItem, listItems } from "./list-items.ts";
import type { FoundResults } from "./look-for-results.ts";
import { NodeState } from "./node-state.ts";
import { NodeRun, type RunEnvironment } from "./node-run.ts";
import { type EachResult, failedItems, runEach } from "./run-each.ts";
import { paidAllowance } from "./unconfirmed-jobs.ts";
import { createTurns, resourceOf, type Turns } from "./turns.ts";

/** What an execution is made of. */
export interface ExecutionParts {
  readonly plan: Plan;
  readonly keys: readonly string[];
  readonly found: FoundResults;
  readonly work: Work;
  /** By index. */
  readonly definitions: readonly NodeDefinition[];
  readonly openValues: OpenValues;
  readonly cache: ResultCache;
  readonly inFlight: InFlight;
  readonly environment: RunEnvironment;
  readonly failFast: boolean;
  /** For each open node what its references and service add to keys. */
  readonly openTexts: ReadonlyMap<number, string>;
  sha256(text: string): string;
  /** Paid jobs that may be submitted in this execution. */
  readonly maxPaid: number;
  /** By node, 1 for those that run although their results may be cached. */
  readonly again: Uint8Array | undefined;
}

/** What an execution came to. */
export interface ExecutionResult {
  /** Outputs of the targets that have any, by index. */
  readonly values: readonly (NodeOutputs | undefined)[];
  readonly errors: readonly ErrorData[];
  readonly counts: RunCounts;
}

/** Work that does not yield is interrupted this often, so that signals and timers are heard. */
const yieldAfterMs = 15;
/** How long a cancelled run waits for local work; what takes longer is abandoned and keeps its slot until it returns. */
const localGraceMs = 50;

/** Runs what is missing, each node when all that it needs is there. Never rejects: failures are part of the result. */
export function execute(parts: ExecutionParts): Promise<ExecutionResult> {
  return new Execution(parts).run();
}

/**
 * One execution of a plan. A node that answers without a promise costs none: the ready queue is a plain stack, drained
 * in a loop, so nothing recurses over the graph.
 */
class Execution {
  readonly #parts: ExecutionParts;
  readonly #plan: Plan;
  readonly #state: Uint8Array;
  readonly #values: (NodeOutputs | undefined)[];
  readonly #awaited: Int32Array;
  readonly #takers: Int32Array;
  readonly #ready: number[];
  readonly #turns: Turns;
  readonly #errors: ErrorData[] = [];
  readonly #counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
  /** Nodes that run here, that run at a service, and that wait for another run to make their result. */
  readonly #running = { local: 0, remote: 0, shared: 0 };
  /** Nothing new starts. */
  #isStopping = false;
  /** Local work is not waited for any longer. */
  #isAbandoning = false;
  #isEnded = false;
  #isDraining = false;
  readonly #allowPaid: (jobs: number) => void;
  /** The time as of the last thing that took any: read once a node. */
  #clock = 0;
  #lastYield = 0;
  #isWatching = false;
  #hasTurned = false;
  #settle: (() => void) | undefined;
  #stopGrace: (() => void) | undefined;

  constructor(parts: ExecutionParts) {
    const { plan, found, work, environment } = parts;
    this.#parts = parts;
    this.#plan = plan;
    this.#values = found.values;
    this.#awaited = work.awaited;
    this.#takers = work.takers;
    this.#ready = work.ready;
    this.#state = found.state;
    this.#allowPaid = paidAllowance(work.paid, parts.maxPaid);
    this.#turns = createTurns(environment.slots, () => this.#drainSoon());
  }

  async run(): Promise<ExecutionResult> {
    const { environment, found } = this.#parts;
    const { signal } = environment;
    for (const { node, from } of found.hits) this.#tellCached(node, from);
    this.#clock = this.#lastYield = environment.now();

    const cancel = (): void => this.#cancel();
    if (signal.aborted) this.#stop();
    else signal.addEventListener("abort", cancel, { once: true });
    this.#drain();
    if (!this.#isEnded) await new Promise<void>((resolve) => (this.#settle = resolve));
    signal.removeEventListener("abort", cancel);
    return { values: this.#values, errors: this.#errors, counts: this.#counts };
  }

  /** Starts all that can start. */
  #drain(): void {
    if (this.#isDraining || this.#isEnded) return;
    this.#isDraining = true;
    if (this.#hasTurned) this.#lastYield = this.#clock;
    this.#hasTurned = false;
    for (let node = this.#next(); node !== undefined; node = this.#next()) {
      this.#start(node);
      if (this.#clock - this.#lastYield > yieldAfterMs) return this.#drainAfterYield();
    }
    this.#isDraining = false;
    if (this.#isIdle()) this.#end();
    else this.#watchTurn();
  }

  /** Notes when the host's loop has turned by itself, so that a run that has waited need not yield first. */
  #watchTurn(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    void this.#parts.environment.yieldNow().then(() => {
      this.#isWatching = false;
      this.#hasTurned = true;
    });
  }

  /** A node that has all it needs and a slot. */
  #next(): number | undefined {
    if (this.#isStopping) return undefined;
    const granted = this.#turns.next();
    if (granted !== undefined) return granted;
    for (let node = this.#ready.pop(); node !== undefined; node = this.#ready.pop()) {
      if (this.#turns.take(node, resourceOf(this.#plan.nodes[node]!))) return node;
    }
    return undefined;
  }

  #drainAfterYield(): void {
    void this.#parts.environment.yieldNow().then(() => {
      this.#clock = this.#lastYield = this.#parts.environment.now();
      this.#isDraining = false;
      this.#drain();
    });
  }

  #drainSoon(): void {
    if (!this.#isDraining) void Promise.resolve().then(() => this.#drain());
  }

  /** Nothing runs that the run waits for, and nothing more will start. */
  #isIdle(): boolean {
    const { local, remote, shared } = this.#running;
    if (remote > 0 || (local > 0 && !this.#isAbandoning)) return false;
    // Another run's work is not ours to wait for once we are cancelled.
    if (shared > 0 && !this.#parts.environment.signal.aborted) return false;
    return this.#isStopping || this.#turns.parked === 0;
  }

  #stop(): void {
    this.#isStopping = true;
    this.#turns.close();
  }

  #cancel(): void {
    this.#stop();
    // While the loop is on the stack, a node may be about to start: the loop ends by itself, and then the run.
    if (!this.#isDraining && this.#isIdle()) return this.#end();
    // Local work gets its grace; a remote job bounds its own cancel, and what became of it is waited for.
    this.#stopGrace = this.#parts.environment.setTimer(() => {
      this.#isAbandoning = true;
      if (this.#isIdle()) this.#end();
    }, localGraceMs);
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#stopGrace?.();
    this.#settle?.();
  }

  #start(node: number): void {
    const { inFlight, keys, environment, definitions, openValues } = this.#parts;
    const planned = this.#plan.nodes[node]!;
    if (planned.each !== undefined) return this.#startEach(node);
    const { description, id } = planned;
    const shared = inFlight.size > 0 && description.cache !== "never" ? inFlight.get(keys[node]!) : undefined;
    if (shared) return this.#share(node, shared);

    this.#state[node] = NodeState.Started;
    const started = this.#clock;
    environment.emit?.({ type: "node.started", node: id });
    const context = new NodeRun(environment, planned);
    let answer: unknown;
    try {
      answer = definitions[node]!.run(this.#takeInputs(node, openValues), context);
    } catch (error) {
      this.#returned(node);
      return this.#fail(node, error);
    }
    if (isThenable(answer) || description.paid) return this.#wait(node, Promise.resolve(answer), started, context);
    this.#returned(node);
    this.#answered(node, answer, started);
  }

  /** A node that runs for each item: the slots are taken by the items. */
  #startEach(node: number): void {
    const { inFlight, keys, environment, definitions, openValues, openTexts, cache, sha256, failFast } = this.#parts;
    const planned = this.#plan.nodes[node]!;
    const started = this.#clock;
    this.#state[node] = NodeState.Started;
    let items: (ListItem | undefined)[];
    let same: Record<string, unknown>;
    try {
      items = listItems(planned, this.#values, keys);
      same = gatherInputs(planned, this.#values, openValues.get(node));
    } catch (error) {
      return this.#fail(node, error);
    } finally {
      this.#letGo(node);
    }
    environment.emit?.({ type: "node.started", node: planned.id });
    const work = runEach({
      node: planned,
      definition: definitions[node]!,
      items,
      same,
      openText: openTexts.get(node),
      environment,
      cache,
      inFlight,
      again: this.#isAgain(node),
      sha256,
      allowPaid: this.#allowPaid,
      isStopping: (failures) => this.#isStopping || (failFast && failures > 0),
    });
    this.#await(
      node,
      work,
      (result) => this.#finishEach(node, result, started),
      (error) => this.#fail(node, error),
    );
  }

  #finishEach(node: number, { outputs, errors, executed, cached, paid }: EachResult, started: number): void {
    const { environment, cache, keys, failFast } = this.#parts;
    const { description, id } = this.#plan.nodes[node]!;
    const ms = this.#clock - started;
    this.#counts.executed += executed;
    this.#counts.cached += cached;
    this.#counts.paid += paid;
    for (const error of errors) this.#tellEnding(id, error);
    const { aborted } = environment.signal;
    // What a cancelled item throws is the cancellation, unless it says what became of a job.
    const told = aborted ? errors.filter(({ ending }) => ending !== undefined) : errors;
    this.#counts.failed += told.length;
    this.#errors.push(...told);
    if (aborted) {
      this.#state[node] = NodeState.Failed;
      return;
    }
    if (errors.length > 0) environment.emit?.({ type: "node.failed", node: id, error: failedItems(errors, outputs) });
    else environment.emit?.({ type: "node.finished", node: id, ms });
    if (errors.length > 0 && failFast) this.#stop();
    if (isEmptyHanded(outputs)) {
      this.#state[node] = NodeState.Failed;
      return this.#skipConsumers(node, id);
    }
    if (!isPartial(outputs) && description.cache !== "never")
      keepResult(cache, keys[node]!, outputs, { ms, replaces: this.#isAgain(node) });
    this.#complete(node, outputs);
  }

  #isAgain(node: number): boolean {
    return this.#parts.again?.[node] === 1;
  }

  #takeInputs(node: number, openValues: OpenValues): Record<string, unknown> {
    const planned = this.#plan.nodes[node]!;
    try {
      return gatherInputs(planned, this.#values, planned.references.length > 0 ? openValues.get(node) : undefined);
    } finally {
      this.#letGo(node);
    }
  }

  /** A node has stopped running: its slot is free, and time has passed. */
  #returned(node: number): void {
    this.#release(node);
    this.#clock = this.#parts.environment.now();
  }

  #answered(node: number, answer: unknown, started: number): void {
    const { description, id } = this.#plan.nodes[node]!;
    let outputs: NodeOutputs;
    try {
      outputs = checkOutputs(description, id, answer);
    } catch (error) {
      return this.#fail(node, error);
    }
    this.#finish(node, outputs, started);
  }

  #wait(node: number, promise: Promise<unknown>, started: number, context: NodeRun): void {
    const { keys, inFlight, cache, environment } = this.#parts;
    const { description, id } = this.#plan.nodes[node]!;
    const work = promise.then((answer) => {
      const outputs = checkOutputs(description, id, answer);
      if (!description.paid) return outputs;
      const ms = environment.now() - started;
      return keepPaidResult({ cache, key: keys[node]!, outputs, ms, context });
    });
    this.#await(
      node,
      work,
      (outputs) => this.#finish(node, outputs, started),
      (error) => this.#fail(node, error),
    );
    if (description.cache !== "never") inFlight.add(keys[node]!, work);
  }

  /** Counts work as running until it settles, and goes on from there. */
  #await<T>(node: number, work: Promise<T>, proceed: (result: T) => void, fail: (error: unknown) => void): void {
    const kind = this.#plan.nodes[node]!.description.resource === "remote" ? "remote" : "local";
    this.#running[kind]++;
    const settled = (next: () => void): void => {
      this.#running[kind]--;
      this.#returned(node);
      if (!this.#isEnded) next();
      this.#drain();
    };
    work.then(
      (result) => settled(() => proceed(result)),
      (error: unknown) => settled(() => fail(error)),
    );
  }

  /** A node of another run is making the same result: wait for it instead of making it twice. */
  #share(node: number, made: Promise<NodeOutputs>): void {
    this.#release(node);
    this.#running.shared++;
    const settled = (proceed: () => void): void => {
      this.#running.shared--;
      if (this.#isEnded) return;
      proceed();
      this.#drain();
    };
    made.then(
      (outputs) =>
        settled(() => {
          this.#letGo(node);
          this.#tellCached(node, "run");
          this.#complete(node, outputs);
        }),
      // The other run failed or was cancelled; this one has its own signal and its own say.
      () => settled(() => this.#ready.push(node)),
    );
  }

  #finish(node: number, outputs: NodeOutputs, started: number): void {
    const { description, id } = this.#plan.nodes[node]!;
    const ms = this.#clock - started;
    if (description.paid) this.#counts.paid++;
    else if (description.cache !== "never")
      keepResult(this.#parts.cache, this.#parts.keys[node]!, outputs, { ms, replaces: this.#isAgain(node) });
    this.#counts.executed++;
    this.#parts.environment.emit?.({ type: "node.finished", node: id, ms });
    this.#complete(node, outputs);
  }

  /** Hands a value to those that wait for it. */
  #complete(node: number, outputs: NodeOutputs): void {
    const { consumerStart, consumers } = this.#plan;
    this.#state[node] = NodeState.Done;
    if (this.#takers[node]! > 0) this.#values[node] = outputs;
    if (this.#plan.nodes[node]!.each !== undefined && isPartial(outputs)) this.#skipWhole(node);
    for (let c = consumerStart[node]!, end = consumerStart[node + 1]!; c < end; c++) {
      const consumer = consumers[c]!;
      if (this.#state[consumer] === NodeState.Waiting && --this.#awaited[consumer]! === 0) this.#ready.push(consumer);
    }
    const { followers } = this.#parts.work;
    if (followers.size === 0) return;
    for (const follower of followers.get(node) ?? []) {
      this.#tellCached(follower, "run");
      this.#complete(follower, outputs);
    }
  }

  #tellCached(node: number, from: "memory" | "disk" | "run"): void {
    this.#counts.cached++;
    this.#parts.environment.emit?.({ type: "node.cached", node: this.#plan.nodes[node]!.id, from });
  }

  /** Drops the values of which a node was the last taker. */
  #letGo(node: number): void {
    const { sourceStart, sources } = this.#plan;
    for (let s = sourceStart[node]!, end = sourceStart[node + 1]!; s < end; s++) {
      const source = sources[s]!;
      if (--this.#takers[source]! === 0) this.#values[source] = undefined;
    }
  }

  #release(node: number): void {
    const resource = resourceOf(this.#plan.nodes[node]!);
    if (resource !== "none") this.#parts.environment.slots.release(resource);
  }

  #fail(node: number, error: unknown): void {
    const { environment, failFast } = this.#parts;
    const { id, description } = this.#plan.nodes[node]!;
    const data: ErrorData = { ...errorData(error), node: id, nodeType: description.type };
    this.#state[node] = NodeState.Failed;
    this.#tellEnding(id, data);
    // What a cancelled node throws is the cancellation, unless it says what became of a job.
    if (environment.signal.aborted && !data.ending) return;
    this.#counts.failed++;
    this.#errors.push(data);
    environment.emit?.({ type: "node.failed", node: id, error: data });
    this.#skipConsumers(node, id);
    if (failFast) this.#stop();
  }

  /** How a remote job ended. */
  #tellEnding(node: string, { ending, requestId, message }: ErrorData): void {
    if (ending === undefined) return;
    const job = requestId === undefined ? {} : { requestId };
    this.#parts.environment.emit?.({ type: "remote.ended", node, ending, message, ...job });
  }

  #skipConsumers(failed: number, because: string): void {
    const { consumerStart, consumers } = this.#plan;
    const open = [failed];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const behind = consumers.subarray(consumerStart[node], consumerStart[node + 1]);
      for (const next of [...behind, ...(this.#parts.work.followers.get(node) ?? [])])
        if (this.#skip(next, because)) open.push(next);
    }
  }

  /** Some items have failed: what takes the list as a whole is skipped, what takes it item by item goes on. */
  #skipWhole(node: number): void {
    const { nodes, consumerStart, consumers } = this.#plan;
    for (const next of consumers.subarray(consumerStart[node], consumerStart[node + 1])) {
      const takesWhole = nodes[next]!.links.some(({ source, as }) => source === node && as !== "each");
      if (takesWhole && this.#skip(next, nodes[node]!.id)) this.#skipConsumers(next, nodes[node]!.id);
    }
  }

  /** False when the node has begun or is skipped already. */
  #skip(node: number, because: string): boolean {
    const state = this.#state[node];
    if (state !== NodeState.Waiting && state !== NodeState.Following) return false;
    this.#state[node] = NodeState.Skipped;
    if (state === NodeState.Waiting) this.#letGo(node);
    this.#counts.skipped++;
    this.#parts.environment.emit?.({ type: "node.skipped", node: this.#plan.nodes[node]!.id, because });
    return true;
  }
}
