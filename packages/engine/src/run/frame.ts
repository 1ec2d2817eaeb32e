import type { NodeOutputs, ResultInfo } from "../cache/result-cache.ts";
import { errorData, type ErrorData } from "../errors.ts";
import { type Expansion, isExpansion } from "../node/expansion.ts";
import type { Plan } from "../plan/plan.ts";
import type { Resource } from "../node/description.ts";
import type { Work } from "./arrange-work.ts";
import { checkOutputs } from "./check-outputs.ts";
import { gatherInputs, wireInputs } from "./gather-inputs.ts";
import { isThenable } from "./is-thenable.ts";
import { keepList } from "./list-results.ts";
import { isEmptyHanded, isPartial } from "./list-items.ts";
import { keepPaidResult, keepResult } from "./keep-result.ts";
import { FrameCheckpoints } from "./frame-checkpoints.ts";
import { NodeRun } from "./node-run.ts";
import { NodeState } from "./node-state.ts";
import type { Startable } from "./startable.ts";
import type { Execution, FrameParts } from "./frame-parts.ts";
import { skipConsumers, skipWhole } from "./skip-behind.ts";

/** A plan that is being executed: which nodes have ended, the values between them, and what an ending means for others. */
export class Frame implements Startable {
  readonly parts: FrameParts;
  readonly ready: number[];
  isQueued = false;
  readonly state: Uint8Array;
  readonly values: (NodeOutputs | undefined)[];
  /** What failed here, first failure first. */
  readonly errors: ErrorData[] = [];
  readonly #execution: Execution;
  readonly #plan: Plan;
  readonly #work: Work;
  readonly #awaited: Int32Array;
  readonly #takers: Int32Array;
  readonly #checkpoints: FrameCheckpoints | undefined;
  /** Nodes that have still to end. */
  #left: number;

  constructor(execution: Execution, parts: FrameParts) {
    const { plan, found, work } = parts;
    this.parts = parts;
    this.#execution = execution;
    this.#plan = plan;
    this.#work = work;
    this.values = found.values;
    this.state = found.state;
    this.ready = work.ready;
    this.#awaited = work.awaited;
    this.#takers = work.takers;
    this.#left = work.left;
    const { checkpoints: view, keys } = parts;
    const restore = (outputs: NodeOutputs) =>
      execution.store.hasSpilled ? execution.store.restore(outputs) : undefined;
    this.#checkpoints = view && new FrameCheckpoints({ view, plan, keys, state: found.state, restore });
  }

  /** Tells what was found in a cache, and queues what can start. */
  begin(): void {
    for (const { node, from, isKept } of this.parts.found.hits) {
      if (isKept) this.#checkpoints?.know(node, this.values[node]!);
      this.#tellCached(node, from, this.values[node]!);
      if (this.#plan.isHeavy[node] === 1) this.#execution.store.hold(this.values, node);
    }
    if (this.#left === 0) this.parts.onSettled?.(this);
    else if (this.ready.length > 0) this.#execution.scheduler.enqueue(this);
  }

  resourceOf(node: number): Resource {
    const { each, description } = this.#plan.nodes[node]!;
    return each === undefined ? description.resource : "none";
  }

  start(node: number): void {
    const planned = this.#plan.nodes[node]!;
    if (planned.each !== undefined) return this.#startGroup(node);
    const { inFlight, scheduler, store } = this.#execution;
    const { keys, environment, openValues } = this.parts;
    const { description, id } = planned;
    // What another run makes of the same inputs is not what this one has ordered anew.
    const isShared = inFlight.size > 0 && description.cache !== "never" && !environment.orderedAgain?.nodes.has(id);
    const shared = isShared ? inFlight.get(keys[node]!) : undefined;
    if (shared) return this.#share(node, shared);

    this.state[node] = NodeState.Started;
    const started = scheduler.clock;
    environment.emit?.({ type: "node.started", node: id });
    let inputs: Record<string, unknown>;
    const wires = this.#plan.wires[node];
    const isOpen = planned.references.length > 0;
    try {
      inputs =
        wires === undefined || isOpen
          ? gatherInputs(planned, this.values, isOpen ? openValues.get(node) : undefined)
          : wireInputs(this.#plan, node, wires, this.values);
    } catch (error) {
      this.letGo(node);
      this.#returned(node);
      return this.fail(node, error);
    }
    const restored = store.hasSpilled ? store.restore(inputs) : undefined;
    if (restored === undefined) {
      this.letGo(node);
      return this.#call(node, inputs, started);
    }
    scheduler.await("local", restored, {
      returned: () => this.letGo(node),
      proceed: (whole) => this.#call(node, whole, started),
      fail: (error) => {
        this.#returned(node);
        this.fail(node, error);
      },
    });
  }

  #call(node: number, inputs: Record<string, unknown>, started: number): void {
    const { definitions, environment } = this.parts;
    const planned = this.#plan.nodes[node]!;
    const context = new NodeRun(environment, planned);
    let answer: unknown;
    try {
      answer = context.call(definitions[node]!, inputs);
    } catch (error) {
      this.#returned(node);
      return this.fail(node, error);
    }
    if (isThenable(answer) || planned.description.paid)
      return this.#wait(node, Promise.resolve(answer), { inputs, started, context });
    this.#returned(node);
    if (isExpansion(answer)) this.#execution.runExpansion({ frame: this, node, answer, inputs, started });
    else this.finishWith(node, answer, started);
  }

  /** A node has stopped running: its slot is free, and time has passed. */
  #returned(node: number): void {
    const resource = this.resourceOf(node);
    if (resource !== "none") this.parts.environment.slots.release(resource);
    this.#execution.scheduler.tick();
  }

  /** A node has answered: it ends well when that is what its description promises. */
  finishWith(node: number, answer: unknown, started: number): void {
    const { description, id } = this.#plan.nodes[node]!;
    let outputs: NodeOutputs;
    try {
      outputs = checkOutputs(description, id, answer);
    } catch (error) {
      return this.fail(node, error);
    }
    this.#finish(node, outputs, started);
  }

  #wait(
    node: number,
    promise: Promise<unknown>,
    call: { readonly inputs: Record<string, unknown>; readonly started: number; readonly context: NodeRun },
  ): void {
    const { inputs, started, context } = call;
    const { scheduler, inFlight, cache } = this.#execution;
    const { keys, environment } = this.parts;
    const { description, id } = this.#plan.nodes[node]!;
    const work = promise.then((answer): NodeOutputs | Expansion | Promise<NodeOutputs> => {
      if (isExpansion(answer)) return answer;
      const outputs = checkOutputs(description, id, answer);
      if (!description.paid) return outputs;
      const ms = environment.now() - started;
      return keepPaidResult({ cache, key: keys[node]!, outputs, ms, context });
    });
    scheduler.await(description.resource === "remote" ? "remote" : "local", work, {
      returned: () => this.#returned(node),
      proceed: (answer) => {
        if (isExpansion(answer)) this.#execution.runExpansion({ frame: this, node, answer, inputs, started });
        else this.#finish(node, answer, started);
      },
      fail: (error) => this.fail(node, error),
    });
    if (description.cache !== "never") inFlight.add(keys[node]!, work.then(onlyOutputs));
  }

  /** A node of another run is making the same result: wait for it instead of making it twice. */
  #share(node: number, made: Promise<NodeOutputs>): void {
    const { scheduler } = this.#execution;
    const resource = this.resourceOf(node);
    if (resource !== "none") this.parts.environment.slots.release(resource);
    scheduler.await("shared", made, {
      proceed: (outputs) => {
        this.letGo(node);
        this.#tellCached(node, "run", outputs);
        this.complete(node, outputs);
      },
      // The other run failed or was cancelled; this one has its own signal and its own say.
      fail: () => this.push(node),
    });
  }

  /** Nodes that run item by item: their slots are taken by the items. */
  #startGroup(first: number): void {
    const { unitOf } = this.#work;
    const members: number[] = [];
    for (let node = first; node < unitOf!.length; node++) {
      if (unitOf![node] !== first || this.state[node] !== NodeState.Waiting) continue;
      this.state[node] = NodeState.Started;
      members.push(node);
    }
    this.#execution.runGroup(this, members);
  }

  /** Whether anyone outside of its group takes a member's list. */
  isTaken(node: number, members: ReadonlySet<number>): boolean {
    let inside = 0;
    const { consumerStart, consumers } = this.#plan;
    for (let c = consumerStart[node]!, end = consumerStart[node + 1]!; c < end; c++)
      if (members.has(consumers[c]!)) inside++;
    return this.#takers[node]! > inside;
  }

  /** What this graph was for is kept elsewhere. */
  releaseCheckpoints(): void {
    this.#checkpoints?.releaseAll();
  }

  /** The items of these nodes have ended: what they took is let go. */
  letGoOf(members: readonly number[]): void {
    for (const node of members) this.letGo(node);
  }

  /** A member of a group has its list: whole, partial, or empty-handed. */
  finishList(node: number, outputs: NodeOutputs, ms: number): void {
    const { cache } = this.#execution;
    const { keys } = this.parts;
    const { description, id } = this.#plan.nodes[node]!;
    if (isEmptyHanded(outputs)) {
      skipConsumers(this, node, id);
      return this.end(node, NodeState.Failed);
    }
    if (!isPartial(outputs) && description.cache !== "never")
      keepList(cache, keys[node]!, outputs, description, this.#infoOf(node, ms));
    this.complete(node, outputs);
  }

  #finish(node: number, outputs: NodeOutputs, started: number): void {
    const { scheduler, cache } = this.#execution;
    const { counts } = scheduler;
    const { description, id } = this.#plan.nodes[node]!;
    const ms = scheduler.clock - started;
    if (description.paid) counts.paid++;
    else if (description.cache !== "never") keepResult(cache, this.parts.keys[node]!, outputs, this.#infoOf(node, ms));
    counts.executed++;
    this.tellOutputs(node, outputs);
    this.parts.environment.emit?.({ type: "node.finished", node: id, ms });
    this.complete(node, outputs);
  }

  #infoOf(node: number, ms: number): ResultInfo {
    return { ms, paid: false, replaces: this.isAgain(node), isItem: this.parts.isItem };
  }

  isAgain(node: number): boolean {
    return this.parts.again?.[node] === 1;
  }

  /** Hands a value to those that wait for it. */
  complete(node: number, outputs: NodeOutputs): void {
    const { consumerStart, consumers, nodes, isHeavy } = this.#plan;
    this.state[node] = NodeState.Done;
    this.#checkpoints?.ended(node);
    if (this.#takers[node]! > 0) {
      this.values[node] = outputs;
      if (isHeavy[node] === 1) this.#execution.store.hold(this.values, node);
    }
    if (nodes[node]!.each !== undefined && isPartial(outputs)) skipWhole(this, node);
    for (let c = consumerStart[node]!, end = consumerStart[node + 1]!; c < end; c++) this.#arrived(consumers[c]!);
    const { followers } = this.#work;
    if (followers.size > 0) {
      for (const follower of followers.get(node) ?? []) {
        this.#tellCached(follower, "run", outputs);
        this.complete(follower, outputs);
      }
    }
    this.#settleOne();
  }

  /** One of the values that a node waits for is there. */
  #arrived(consumer: number): void {
    if (this.state[consumer] !== NodeState.Waiting) return;
    const { unitOf } = this.#work;
    const unit = unitOf === undefined || unitOf[consumer]! < 0 ? consumer : unitOf[consumer]!;
    if (--this.#awaited[unit]! === 0) this.push(unit);
  }

  /** A node has all that it needs. */
  push(node: number): void {
    this.ready.push(node);
    this.#execution.scheduler.enqueue(this);
  }

  #settleOne(): void {
    if (--this.#left === 0) this.parts.onSettled?.(this);
  }

  /** A node has ended without a value. */
  end(node: number, state: number): void {
    this.state[node] = state;
    this.#settleOne();
  }

  /** Told before the event that says that they are there; what one item gives is told with its list. */
  tellOutputs(node: number, outputs: NodeOutputs, isFound = false): void {
    const { environment, keys, isItem } = this.parts;
    this.#checkpoints?.keep(node, outputs, isFound);
    if (!isItem) environment.onOutputs?.({ node: this.#plan.nodes[node]!.id, key: keys[node]!, outputs });
  }

  #tellCached(node: number, from: "memory" | "disk" | "run", outputs: NodeOutputs): void {
    this.#execution.scheduler.counts.cached++;
    this.tellOutputs(node, outputs, true);
    this.parts.environment.emit?.({ type: "node.cached", node: this.#plan.nodes[node]!.id, from });
  }

  /** Lets go of what a node needed. */
  letGo(node: number): void {
    const { sourceStart, sources, isHeavy } = this.#plan;
    for (let s = sourceStart[node]!, end = sourceStart[node + 1]!; s < end; s++) {
      const source = sources[s]!;
      if (--this.#takers[source]! !== 0) continue;
      if (isHeavy[source] === 1) this.#execution.store.release(this.values, source);
      this.values[source] = undefined;
    }
  }

  fail(node: number, error: unknown): void {
    const { scheduler, failFast } = this.#execution;
    const { environment, isItem } = this.parts;
    const { id, description } = this.#plan.nodes[node]!;
    const data: ErrorData = { ...errorData(error), node: id, nodeType: description.type };
    this.tellEnding(id, data);
    // What a cancelled node throws is the cancellation, unless it says what became of a job.
    if (environment.signal.aborted && !data.ending) return this.end(node, NodeState.Failed);
    // A refusal to pay stands for all items that come after it, and is told once.
    if (isItem && data.code.startsWith("money/") && !scheduler.isFirstRefusal(id)) {
      skipConsumers(this, node, id);
      return this.end(node, NodeState.Failed);
    }
    scheduler.counts.failed++;
    scheduler.errors.push(data);
    this.errors.push(data);
    this.#lose(node, data);
    if (failFast) scheduler.stop();
  }

  /** A node has failed for an error that is counted elsewhere: inside of what it expanded to. */
  failBecause(node: number, error: ErrorData): void {
    this.errors.push(error);
    this.#lose(node, error);
  }

  #lose(node: number, error: ErrorData): void {
    const { id } = this.#plan.nodes[node]!;
    this.parts.environment.emit?.({ type: "node.failed", node: id, error });
    skipConsumers(this, node, id);
    this.end(node, NodeState.Failed);
  }

  /** How a remote job ended. */
  tellEnding(node: string, { ending, requestId, message, costUsd }: ErrorData): void {
    if (ending === undefined) return;
    const cost = costUsd === undefined ? {} : { costUsd };
    const job = requestId === undefined ? cost : { requestId, ...cost };
    this.parts.environment.emit?.({ type: "remote.ended", node, ending, message, ...job });
  }

  /** A member of a group has nothing, because of another one. */
  skipMember(node: number, because: string): void {
    this.tellSkipped(node, because);
    skipConsumers(this, node, because);
    this.end(node, NodeState.Skipped);
  }

  /** Items that are skipped are told with their list. */
  tellSkipped(node: number, because: string): void {
    if (this.parts.isItem) return;
    this.#execution.scheduler.counts.skipped++;
    this.parts.environment.emit?.({ type: "node.skipped", node: this.#plan.nodes[node]!.id, because });
  }
}

/** What another run may take: an expansion is each run's own, its nodes are shared. */
function onlyOutputs(answer: NodeOutputs | Expansion): NodeOutputs {
  if (isExpansion(answer)) throw new Error("expanded");
  return answer;
}
