import type { ErrorData } from "../errors.ts";
import type { RunEnvironment } from "./node-run.ts";
import type { Feeder, Startable } from "./startable.ts";
import { Turns } from "./turns.ts";

/** Numbers of what happened; the run's summary. */
export interface MutableCounts {
  executed: number;
  cached: number;
  failed: number;
  skipped: number;
  paid: number;
}

/** Work that does not yield is interrupted this often, so that signals and timers are heard. */
const yieldAfterMs = 15;
/** How long a cancelled run waits for local work; what takes longer is abandoned and keeps its slot until it returns. */
const localGraceMs = 50;

/**
 * Decides what starts next and when a run is over; knows nothing of values, keys and caches. Nodes come from graphs
 * (`Startable`): the plan itself, one item of a list, the nodes that a node has expanded to. The newest graph goes
 * first, so an item is finished before the next one begins. Nothing recurses over a graph: ready nodes stand on
 * stacks, drained in one loop, and a node that answers without a promise costs none.
 */
export class Scheduler {
  readonly environment: RunEnvironment;
  readonly counts: MutableCounts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
  readonly errors: ErrorData[] = [];
  /** The time as of the last thing that took any: read once a node. */
  clock = 0;
  readonly #roomAgain: () => Promise<void> | undefined;
  readonly #turns: Turns;
  /** Graphs with ready nodes, the one that goes first on top. */
  readonly #graphs: Startable[] = [];
  readonly #feeders: Feeder[] = [];
  /** Nodes that run here, that run at a service, that wait for another run, and answers that are awaited between nodes. */
  readonly #running = { local: 0, remote: 0, shared: 0, pending: 0 };
  readonly #endings = new Set<() => void>();
  readonly #refused = new Set<string>();
  /** Nothing new starts. */
  #isStopping = false;
  /** Local work is not waited for any longer. */
  #isAbandoning = false;
  #isEnded = false;
  #isDraining = false;
  #isMakingRoom = false;
  #lastYield = 0;
  #isWatching = false;
  #hasTurned = false;
  #settle: (() => void) | undefined;
  #stopGrace: (() => void) | undefined;

  /** @param roomAgain says when the values in memory leave room for more; undefined when they do now */
  constructor(environment: RunEnvironment, roomAgain: () => Promise<void> | undefined = () => undefined) {
    this.environment = environment;
    this.#roomAgain = roomAgain;
    this.#turns = new Turns(environment.slots, () => this.wake());
  }

  /** Resolves when all is done that `begin` and what follows from it have queued. */
  async run(begin: () => void): Promise<void> {
    const { signal, now } = this.environment;
    this.clock = this.#lastYield = now();
    const cancel = (): void => this.#cancel();
    if (signal.aborted) this.stop();
    else signal.addEventListener("abort", cancel, { once: true });
    begin();
    this.#drain();
    if (!this.#isEnded) await new Promise<void>((resolve) => (this.#settle = resolve));
    signal.removeEventListener("abort", cancel);
  }

  /** Whether a node's items have not been refused for their price before. */
  isFirstRefusal(id: string): boolean {
    const isFirst = !this.#refused.has(id);
    this.#refused.add(id);
    return isFirst;
  }

  /** Nothing new starts; what runs is waited for. */
  stop(): void {
    this.#isStopping = true;
    this.#turns.close();
  }

  /** Puts a graph that has ready nodes before all others. */
  enqueue(graph: Startable): void {
    if (graph.isQueued) return;
    graph.isQueued = true;
    this.#graphs.push(graph);
  }

  addFeeder(feeder: Feeder): void {
    this.#feeders.push(feeder);
  }

  removeFeeder(feeder: Feeder): void {
    const place = this.#feeders.indexOf(feeder);
    if (place >= 0) this.#feeders.splice(place, 1);
  }

  /** Calls `tell` should the run end before the result of this function is called: for what must be told once. */
  atEnd(tell: () => void): () => void {
    this.#endings.add(tell);
    return () => this.#endings.delete(tell);
  }

  /** Counts work as running until it settles, and goes on from there. `returned` is called in any case. */
  await<T>(
    kind: "local" | "remote" | "shared" | "pending",
    work: Promise<T>,
    then: { returned?(): void; proceed(result: T): void; fail(error: unknown): void },
  ): void {
    this.#running[kind]++;
    const settled = (next: () => void): void => {
      this.#running[kind]--;
      then.returned?.();
      if (!this.#isEnded) next();
      this.#drain();
    };
    work.then(
      (result) => settled(() => then.proceed(result)),
      (error: unknown) => settled(() => then.fail(error)),
    );
  }

  /** Reads the clock, after something that took time. */
  tick(): number {
    return (this.clock = this.environment.now());
  }

  /** Starts all that can start. */
  #drain(): void {
    if (this.#isDraining || this.#isEnded) return;
    this.#isDraining = true;
    if (this.#hasTurned) this.#lastYield = this.clock;
    this.#hasTurned = false;
    while (this.#startNext()) {
      if (this.clock - this.#lastYield > yieldAfterMs) return this.#drainAfterYield();
    }
    this.#isDraining = false;
    if (this.#isIdle()) this.#end();
    else this.#watchTurn();
  }

  /** Starts one node that has all it needs and a slot; false when there is none. */
  #startNext(): boolean {
    if (this.#isStopping || this.#waitForRoom()) return false;
    const granted = this.#turns.next();
    if (granted !== undefined) {
      granted.graph.start(granted.node);
      return true;
    }
    for (let graph = this.#graphs.at(-1); graph !== undefined; graph = this.#graphs.at(-1)) {
      const node = graph.ready.pop();
      if (node === undefined) {
        this.#graphs.pop();
        graph.isQueued = false;
      } else if (this.#turns.take(graph, node, graph.resourceOf(node))) {
        graph.start(node);
        return true;
      }
    }
    return this.#feeders.length > 0 && this.#feedNext();
  }

  /** Starts nothing while values are being written out to make room. */
  #waitForRoom(): boolean {
    const room = this.#isMakingRoom ? undefined : this.#roomAgain();
    if (room === undefined) return this.#isMakingRoom;
    this.#isMakingRoom = true;
    this.await("pending", room, {
      returned: () => (this.#isMakingRoom = false),
      proceed: () => undefined,
      fail: () => undefined,
    });
    return true;
  }

  /** Begins the next graph of a feeder when its first node can have a slot now, or when nothing else goes on. */
  #feedNext(): boolean {
    if (this.#turns.parked > 0) return false;
    const { local, remote, shared } = this.#running;
    const isQuiet = local + remote + shared === 0;
    const { slots } = this.environment;
    for (let i = this.#feeders.length - 1; i >= 0; i--) {
      const feeder = this.#feeders[i]!;
      if (!feeder.canFeed) continue;
      if (!isQuiet && feeder.resource !== "none" && !slots.hasFree(feeder.resource)) continue;
      feeder.feed();
      return true;
    }
    return false;
  }

  /** Notes when the host's loop has turned by itself, so that a run that has waited need not yield first. */
  #watchTurn(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    void this.environment.yieldNow().then(() => {
      this.#isWatching = false;
      this.#hasTurned = true;
    });
  }

  #drainAfterYield(): void {
    void this.environment.yieldNow().then(() => {
      this.clock = this.#lastYield = this.environment.now();
      this.#isDraining = false;
      this.#drain();
    });
  }

  /** Looks soon whether something can start: for what was queued while the scheduler was not looking. */
  wake(): void {
    if (!this.#isDraining) void Promise.resolve().then(() => this.#drain());
  }

  /** Nothing runs that the run waits for, and nothing more will start. */
  #isIdle(): boolean {
    const { local, remote, shared, pending } = this.#running;
    if (remote > 0 || (local > 0 && !this.#isAbandoning)) return false;
    // Another run's work is not ours to wait for once we are cancelled.
    if (shared > 0 && !this.environment.signal.aborted) return false;
    return this.#isStopping || (this.#turns.parked === 0 && pending === 0);
  }

  #cancel(): void {
    this.stop();
    // While the loop is on the stack, a node may be about to start: the loop ends by itself, and then the run.
    if (!this.#isDraining && this.#isIdle()) return this.#end();
    // Local work gets its grace; a remote job bounds its own cancel, and what became of it is waited for.
    this.#stopGrace = this.environment.setTimer(() => {
      this.#isAbandoning = true;
      if (this.#isIdle()) this.#end();
    }, localGraceMs);
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#stopGrace?.();
    if (!this.environment.signal.aborted) for (const tell of this.#endings) tell();
    this.#settle?.();
  }
}
