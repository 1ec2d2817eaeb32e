import type { NodeOutputs, ResultCache, CachedResult } from "../cache/result-cache.ts";
import { errorData, type ErrorData } from "../errors.ts";
import type { LimitedResource } from "../host.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { Plan } from "../plan/plan.ts";
import type { RunCounts } from "./events.ts";
import { gatherInputs, type OpenValues } from "./gather-inputs.ts";
import { NodeRun, type RunEnvironment } from "./node-run.ts";
import { checkOutputs } from "./check-outputs.ts";
import type { InFlight } from "./in-flight.ts";

/** What an execution is made of. */
export interface ExecutionParts {
  readonly plan: Plan;
  readonly keys: readonly string[];
  /** By index. */
  readonly definitions: readonly NodeDefinition[];
  readonly openValues: OpenValues;
  readonly cache: ResultCache;
  readonly inFlight: InFlight;
  readonly environment: RunEnvironment;
  readonly failFast: boolean;
}

/** What an execution came to. */
export interface ExecutionResult {
  /** Outputs of the targets that have any, by index. */
  readonly values: readonly (NodeOutputs | undefined)[];
  readonly errors: readonly ErrorData[];
  readonly counts: RunCounts;
}

/** How far a node is. Bytes, because a run keeps one for each node. */
const State = { Unseen: 0, Looking: 1, Waiting: 2, Following: 3, Running: 4, Done: 5, Failed: 6, Skipped: 7 } as const;

/** Work that does not yield is interrupted this often, so that signals and timers are heard. */
const yieldAfterMs = 15;
/** How long a cancelled run waits for local work; what takes longer is abandoned and keeps its slot until it returns. */
const localGraceMs = 50;

/**
 * One execution of a plan: look for cached results from the targets back, then run what is missing, each node when
 * all that it needs is there. Two steps, `look` and `execute`, because the caller counts paid nodes in between.
 *
 * A node that answers without a promise costs none: the ready queue is a plain stack, drained in a loop.
 */
export class Execution {
  readonly #parts: ExecutionParts;
  readonly #state: Uint8Array;
  readonly #values: (NodeOutputs | undefined)[];
  /** Links into a node whose values are still to come. */
  readonly #awaited: Int32Array;
  /** Links out of a node that have still to take its value; the value is let go after the last. */
  readonly #takers: Int32Array;
  readonly #isTarget: Uint8Array;
  /** What `look` found cached, told when the run has started. */
  readonly #hits: { readonly node: string; readonly from: CachedResult["from"] }[] = [];
  #missing = 0;
  /** Nodes with the key of another one of this run: they take its outputs. */
  readonly #followers = new Map<number, number[]>();
  /** Nodes that have all they need; `#granted` ones hold their slot already. */
  readonly #ready: number[] = [];
  readonly #granted: number[] = [];
  readonly #parked: Record<LimitedResource, number[]> = { cpu: [], network: [], remote: [] };
  readonly #waiting: Record<LimitedResource, boolean> = { cpu: false, network: false, remote: false };
  readonly #errors: ErrorData[] = [];
  readonly #counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
  #local = 0;
  #remote = 0;
  #stopping = false;
  #abandoning = false;
  #ended = false;
  #draining = false;
  #lastYield = 0;
  #clock = 0;
  #settle: (() => void) | undefined;

  constructor(parts: ExecutionParts) {
    const size = parts.plan.nodes.length;
    this.#parts = parts;
    this.#state = new Uint8Array(size);
    this.#values = [];
    this.#awaited = new Int32Array(size);
    this.#takers = new Int32Array(size);
    this.#isTarget = new Uint8Array(size);
    for (const target of parts.plan.targets) this.#isTarget[target] = 1;
  }

  /**
   * Looks from the targets back: a node whose result is cached hides all that only it needs.
   * @returns how many nodes will execute, and how many of them are paid
   */
  look(): { execute: number; paid: number } | Promise<{ execute: number; paid: number }> {
    const open = [...this.#parts.plan.targets];
    const looking: Promise<void>[] = [];
    this.#lookAt(open, looking);
    return looking.length === 0 ? this.#lookDone() : this.#lookFurther(looking);
  }

  #lookAt(open: number[], looking: Promise<void>[]): void {
    const { plan, keys, cache } = this.#parts;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      if (this.#state[i] !== State.Unseen) continue;
      const found = plan.nodes[i]!.description.cache === "never" ? undefined : cache.get(keys[i]!);
      if (found instanceof Promise) {
        this.#state[i] = State.Looking;
        looking.push(this.#lookLater(i, found, looking));
      } else if (found) this.#takeCached(i, found);
      else this.#miss(i, open);
    }
  }

  async #lookLater(i: number, found: Promise<CachedResult | undefined>, looking: Promise<void>[]): Promise<void> {
    const result = await found.catch(() => undefined);
    if (result) return this.#takeCached(i, result);
    const open: number[] = [];
    this.#miss(i, open);
    this.#lookAt(open, looking);
  }

  async #lookFurther(looking: readonly Promise<void>[]): Promise<{ execute: number; paid: number }> {
    // The list grows while it is awaited: each miss looks at what it needs.
    for (const next of looking) await next;
    return this.#lookDone();
  }

  #miss(i: number, open: number[]): void {
    this.#state[i] = State.Waiting;
    this.#missing++;
    for (const { source } of this.#parts.plan.nodes[i]!.links) open.push(source);
  }

  #takeCached(i: number, { outputs, from }: CachedResult): void {
    this.#state[i] = State.Done;
    this.#values[i] = outputs;
    this.#counts.cached++;
    this.#hits.push({ node: this.#parts.plan.nodes[i]!.id, from });
  }

  /** Joins nodes of one key, counts what each still waits for, and queues what waits for nothing. */
  #lookDone(): { execute: number; paid: number } {
    const { plan, keys } = this.#parts;
    let execute = 0;
    let paid = 0;
    if (this.#missing === 0) return { execute, paid };
    const leaders = new Map<string, number>();
    for (let i = 0; i < keys.length; i++) {
      if (this.#state[i] !== State.Waiting) continue;
      const { cache, paid: isPaid } = plan.nodes[i]!.description;
      const leader = cache === "never" ? undefined : leaders.get(keys[i]!);
      if (leader !== undefined) this.#follow(i, leader);
      else {
        leaders.set(keys[i]!, i);
        execute++;
        if (isPaid) paid++;
      }
    }
    // From the back, so that the first node of the file is on top of the stack.
    for (let i = keys.length - 1; i >= 0; i--) if (this.#state[i] === State.Waiting) this.#awaitSources(i);
    return { execute, paid };
  }

  #follow(i: number, leader: number): void {
    this.#state[i] = State.Following;
    const followers = this.#followers.get(leader);
    if (followers) followers.push(i);
    else this.#followers.set(leader, [i]);
  }

  #awaitSources(i: number): void {
    let awaited = 0;
    for (const { source } of this.#parts.plan.nodes[i]!.links) {
      this.#takers[source]!++;
      if (this.#state[source] !== State.Done) awaited++;
    }
    this.#awaited[i] = awaited;
    if (awaited === 0) this.#ready.push(i);
  }

  /** Runs what `look` found missing. Never rejects: failures are part of the result. */
  async execute(): Promise<ExecutionResult> {
    const { environment } = this.#parts;
    const { signal } = environment;
    const stop = (): void => this.#cancel();
    if (signal.aborted) this.#stopping = true;
    else signal.addEventListener("abort", stop, { once: true });
    for (const { node, from } of this.#hits) environment.emit({ type: "node.cached", node, from });
    this.#clock = this.#lastYield = environment.now();
    this.#drain();
    if (!this.#ended) await new Promise<void>((resolve) => (this.#settle = resolve));
    signal.removeEventListener("abort", stop);
    return { values: this.#values, errors: this.#errors, counts: this.#counts };
  }

  #drain(): void {
    if (this.#draining || this.#ended) return;
    this.#draining = true;
    while (this.#granted.length + this.#ready.length > 0 && !this.#stopping) {
      if (this.#clock - this.#lastYield > yieldAfterMs) return this.#drainLater();
      const granted = this.#granted.pop();
      if (granted === undefined) this.#startOrPark(this.#ready.pop()!);
      else this.#start(granted);
    }
    this.#draining = false;
    if (this.#isIdle()) this.#end();
  }

  /** Nothing runs that the run waits for, and nothing more will start. */
  #isIdle(): boolean {
    if (this.#remote > 0 || (this.#local > 0 && !this.#abandoning)) return false;
    return this.#stopping || this.#parked.cpu.length + this.#parked.network.length + this.#parked.remote.length === 0;
  }

  #drainLater(): void {
    void this.#parts.environment.yieldNow().then(() => {
      this.#clock = this.#lastYield = this.#parts.environment.now();
      this.#draining = false;
      this.#drain();
    });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const i of this.#granted.splice(0)) this.#release(i);
    this.#settle?.();
  }

  #startOrPark(i: number): void {
    const { resource } = this.#parts.plan.nodes[i]!.description;
    if (resource === "none" || this.#parts.environment.slots.tryTake(resource)) return this.#start(i);
    this.#parked[resource].push(i);
    this.#queueFor(resource);
  }

  #queueFor(resource: LimitedResource): void {
    if (this.#waiting[resource]) return;
    this.#waiting[resource] = true;
    this.#parts.environment.slots.wait(resource, () => this.#takeGrant(resource));
  }

  /** A slot has been taken for this run. The node starts from the loop, never from here: others' releases call this. */
  #takeGrant(resource: LimitedResource): void {
    this.#waiting[resource] = false;
    const next = this.#stopping ? undefined : this.#parked[resource].pop();
    if (next === undefined) return this.#parts.environment.slots.release(resource);
    this.#granted.push(next);
    if (this.#parked[resource].length > 0) this.#queueFor(resource);
    if (!this.#draining) void Promise.resolve().then(() => this.#drain());
  }

  #start(i: number): void {
    const { plan, inFlight, keys, environment, definitions, openValues } = this.#parts;
    const node = plan.nodes[i]!;
    const shared = inFlight.size > 0 && node.description.cache !== "never" ? inFlight.get(keys[i]!) : undefined;
    if (shared) return this.#share(i, shared);
    this.#state[i] = State.Running;
    const started = this.#clock;
    environment.emit({ type: "node.started", node: node.id });
    const context = new NodeRun(environment, node.id, node.description);
    let outputs: unknown;
    try {
      const inputs = gatherInputs(node, this.#values, openValues.get(i));
      this.#letGo(i);
      outputs = definitions[i]!.run(inputs, context);
    } catch (error) {
      this.#release(i);
      return this.#fail(i, error);
    }
    if (!isThenable(outputs) && !node.description.paid) return this.#answered(i, outputs, started);
    this.#wait(i, Promise.resolve(outputs), started, context);
  }

  /** A node of another run is making the same result: wait for it instead of making it twice. */
  #share(i: number, shared: Promise<NodeOutputs>): void {
    const node = this.#parts.plan.nodes[i]!;
    this.#release(i);
    this.#state[i] = State.Running;
    this.#local++;
    shared.then(
      (outputs) => {
        this.#local--;
        if (this.#ended) return;
        this.#parts.environment.emit({ type: "node.cached", node: node.id, from: "run" });
        this.#counts.cached++;
        this.#letGo(i);
        this.#complete(i, outputs);
        this.#drain();
      },
      () => {
        // The other run failed or was cancelled; this one has its own signal and its own say.
        this.#local--;
        if (this.#ended) return;
        this.#ready.push(i);
        this.#drain();
      },
    );
  }

  #wait(i: number, promise: Promise<unknown>, started: number, context: NodeRun): void {
    const { plan, keys, inFlight } = this.#parts;
    const { description, id } = plan.nodes[i]!;
    const isRemote = description.resource === "remote";
    const work = promise
      .then((answer) => checkOutputs(description, id, answer))
      .then((outputs) => (description.paid ? this.#keepPaid(i, outputs, started, context) : outputs));
    if (isRemote) this.#remote++;
    else this.#local++;
    const leave = (): boolean => {
      if (isRemote) this.#remote--;
      else this.#local--;
      this.#release(i);
      this.#clock = this.#parts.environment.now();
      return !this.#ended;
    };
    work.then(
      (outputs) => {
        if (leave()) this.#finish(i, outputs, started, description.paid === true);
        this.#drain();
      },
      (error: unknown) => {
        if (leave()) this.#fail(i, error);
        this.#drain();
      },
    );
    if (description.cache !== "never") inFlight.add(keys[i]!, work);
  }

  /** A paid result counts as finished when it is on disk and the journal knows. */
  async #keepPaid(i: number, outputs: NodeOutputs, started: number, context: NodeRun): Promise<NodeOutputs> {
    const { cache, keys, environment } = this.#parts;
    try {
      await cache.set(keys[i]!, outputs, { ms: environment.now() - started, paid: true });
      for (const settled of context.settled) await settled();
    } catch (error) {
      context.log(
        "warning",
        `The paid result could not be kept on disk: ${errorData(error).message}. The job can be collected again.`,
      );
    }
    return outputs;
  }

  #answered(i: number, answer: unknown, started: number): void {
    this.#clock = this.#parts.environment.now();
    this.#release(i);
    const { description, id } = this.#parts.plan.nodes[i]!;
    try {
      this.#finish(i, checkOutputs(description, id, answer), started, false);
    } catch (error) {
      this.#fail(i, error);
    }
  }

  #finish(i: number, outputs: NodeOutputs, started: number, kept: boolean): void {
    const { plan, keys, cache, environment } = this.#parts;
    const { description, id } = plan.nodes[i]!;
    const ms = this.#clock - started;
    // A result that a cache could not keep is made again; only paid ones must be kept.
    if (!kept && description.cache !== "never")
      cache.set(keys[i]!, outputs, { ms, paid: false })?.catch(() => undefined);
    this.#counts.executed++;
    if (description.paid) this.#counts.paid++;
    environment.emit({ type: "node.finished", node: id, ms });
    this.#complete(i, outputs);
  }

  /** Hands a value to those that wait for it. */
  #complete(i: number, outputs: NodeOutputs): void {
    const { plan, environment } = this.#parts;
    this.#state[i] = State.Done;
    if (this.#takers[i]! > 0 || this.#isTarget[i]) this.#values[i] = outputs;
    for (let c = plan.consumerStart[i]!, end = plan.consumerStart[i + 1]!; c < end; c++) {
      const consumer = plan.consumers[c]!;
      if (this.#state[consumer] === State.Waiting && --this.#awaited[consumer]! === 0) this.#ready.push(consumer);
    }
    const followers = this.#followers.size > 0 ? this.#followers.get(i) : undefined;
    for (const follower of followers ?? []) {
      this.#counts.cached++;
      environment.emit({ type: "node.cached", node: plan.nodes[follower]!.id, from: "run" });
      this.#complete(follower, outputs);
    }
  }

  #letGo(i: number): void {
    for (const { source } of this.#parts.plan.nodes[i]!.links) {
      if (--this.#takers[source]! === 0 && !this.#isTarget[source]) this.#values[source] = undefined;
    }
  }

  #release(i: number): void {
    const { resource } = this.#parts.plan.nodes[i]!.description;
    if (resource !== "none") this.#parts.environment.slots.release(resource);
  }

  #fail(i: number, error: unknown): void {
    const { plan, environment, failFast } = this.#parts;
    const node = plan.nodes[i]!;
    const data: ErrorData = { ...errorData(error), node: node.id, nodeType: node.description.type };
    this.#state[i] = State.Failed;
    if (data.ending) {
      const { ending, requestId, message } = data;
      environment.emit({
        type: "remote.ended",
        node: node.id,
        ending,
        message,
        ...(requestId !== undefined && { requestId }),
      });
    }
    // What a cancelled node throws is the cancellation, unless it says what became of a job.
    if (environment.signal.aborted && !data.ending) return;
    this.#counts.failed++;
    this.#errors.push(data);
    environment.emit({ type: "node.failed", node: node.id, error: data });
    this.#skipConsumers(i, node.id);
    if (failFast) this.#stopping = true;
  }

  #skipConsumers(failed: number, because: string): void {
    const { plan, environment } = this.#parts;
    const open = [failed];
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const next = [
        ...plan.consumers.subarray(plan.consumerStart[i], plan.consumerStart[i + 1]),
        ...(this.#followers.get(i) ?? []),
      ];
      for (const consumer of next) {
        if (this.#state[consumer] !== State.Waiting && this.#state[consumer] !== State.Following) continue;
        this.#state[consumer] = State.Skipped;
        this.#counts.skipped++;
        environment.emit({ type: "node.skipped", node: plan.nodes[consumer]!.id, because });
        open.push(consumer);
      }
    }
  }

  #cancel(): void {
    this.#stopping = true;
    if (this.#isIdle()) return this.#end();
    // Local work gets its grace; a remote job bounds its own cancel, and what became of it is waited for.
    this.#parts.environment.setTimer(() => {
      this.#abandoning = true;
      if (this.#isIdle()) this.#end();
    }, localGraceMs);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
