import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError } from "../errors.ts";
import type {
  AbortSource,
  ArtifactStore,
  FileAccess,
  LimitedResource,
  RemoteService,
  RunServices,
  Signal,
} from "../host.ts";
import type { NodeContext, PublishedFile, RunInfo } from "../node/context.ts";
import type { OrderedAgain } from "./ordered-again.ts";
import { buyJob } from "../money/buy-job.ts";
import type { Purchases } from "../money/purchases.ts";
import { type ExpandedGraph, type Expansion, expansionOf } from "../node/expansion.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { PlannedNode } from "../plan/plan.ts";
import { own } from "../workflow/own.ts";
import type { Workflow } from "../workflow/workflow.ts";
import type { RunEventBody } from "./events.ts";
import { runWithTimeout } from "./run-with-timeout.ts";
import { secretsOf } from "./secrets-of.ts";
import type { Slots } from "./slots.ts";

/** What the contexts of one run's nodes share. */
export interface RunEnvironment {
  readonly signal: Signal;
  readonly services: RunServices;
  readonly slots: Slots;
  /** Services by name, asked for before the run started. */
  readonly remotes: ReadonlyMap<string, RemoteService>;
  readonly purchases: Purchases;
  /** Nodes whose jobs are bought once more. */
  readonly orderedAgain: OrderedAgain | undefined;
  readonly info: Omit<RunInfo, "node">;
  /** Of the file. */
  readonly subWorkflows: Workflow["workflows"];
  now(): number;
  yieldNow(): Promise<void>;
  setTimer(callback: () => void, ms: number): () => void;
  createAbort(): AbortSource;
  /** Undefined when nobody listens, so that no event is made. */
  readonly emit: ((event: RunEventBody) => void) | undefined;
  /** Never throws. */
  readonly onOutputs: ((made: MadeOutputs) => void) | undefined;
}

/** What a node gave in a run: made by it, or found. */
export interface MadeOutputs {
  readonly node: string;
  /** Its cache key, under which a cache may have the same. */
  readonly key: string;
  readonly outputs: NodeOutputs;
}

/** At most twenty progress events a second and node. */
const progressIntervalMs = 50;

/** The context of one node in one run. A class, because a run makes one for each node and most use none of it. */
export class NodeRun implements NodeContext {
  readonly #environment: RunEnvironment;
  readonly #node: PlannedNode;
  #signal: Signal | undefined;
  #isGivenUp = false;
  #lastProgress = -Infinity;
  #settled: (() => Promise<void>)[] | undefined;

  constructor(environment: RunEnvironment, node: PlannedNode) {
    this.#environment = environment;
    this.#node = node;
  }

  /** What must be told when the node's result is safe. */
  get settled(): readonly (() => Promise<void>)[] {
    return this.#settled ?? [];
  }

  get signal(): Signal {
    return this.#signal ?? this.#environment.signal;
  }

  /** Runs the node's code, for as long as the node may take. */
  call(definition: NodeDefinition, inputs: Readonly<Record<string, unknown>>): unknown {
    const { timeout } = this.#node;
    if (timeout === undefined) return definition.run(inputs, this);
    const giveUp = (): void => void (this.#isGivenUp = true);
    const limit = { node: this.#node, seconds: timeout, environment: this.#environment, giveUp };
    return runWithTimeout(limit, (signal) => {
      this.#signal = signal;
      return definition.run(inputs, this);
    });
  }

  get files(): FileAccess {
    return this.#environment.services.files;
  }

  get artifacts(): ArtifactStore {
    return this.#environment.services.artifacts;
  }

  get run(): RunInfo {
    return { ...this.#environment.info, node: this.#node.id };
  }

  get secrets(): Readonly<Record<string, string>> {
    return secretsOf(this.#node.description, this.#environment.services);
  }

  /** The service with this node's events and promises woven in. */
  get remote(): RemoteService {
    const service = this.#environment.remotes.get(this.#node.description.service ?? "");
    if (!service) throw new EngineError({ code: "node.internal", message: "The node's definition names no service." });
    return {
      scope: service.scope,
      label: service.label,
      ...(service.mediaLimits && { mediaLimits: service.mediaLimits }),
      run: async (job) => {
        const report = (state: Parameters<typeof job.report>[0]): void => {
          this.#environment.emit?.({ type: "remote.state", node: this.#node.id, ...state });
          job.report(state);
        };
        const { purchases, orderedAgain } = this.#environment;
        const again = orderedAgain?.nodes.has(this.#node.id) ? { again: { order: orderedAgain.order } } : {};
        const result = await buyJob(service, purchases, { ...job, ...again, report });
        if (result.settled) (this.#settled ??= []).push(() => result.settled!());
        const { requestId, attached, costUsd, price, take } = result;
        this.#environment.emit?.({
          type: "remote.ended",
          node: this.#node.id,
          ending: "succeeded",
          requestId,
          attached,
          ...(costUsd !== undefined && { costUsd }),
          ...(price && { price }),
          ...(take !== undefined && { take }),
        });
        return result;
      },
    };
  }

  progress(value: number, total: number, note?: string): void {
    const now = this.#environment.now();
    if (value < total && now - this.#lastProgress < progressIntervalMs) return;
    this.#lastProgress = now;
    this.#emit({
      type: "node.progress",
      node: this.#node.id,
      value,
      total,
      ...(note !== undefined && { note }),
    });
  }

  log(level: "info" | "warning", message: string): void {
    this.#emit({ type: "node.log", node: this.#node.id, level, message });
  }

  publish(file: PublishedFile): void {
    this.#emit({ type: "node.file", node: this.#node.id, ...file });
  }

  /** What a node says that was given up is not told. */
  #emit(event: RunEventBody): void {
    if (!this.#isGivenUp) this.#environment.emit?.(event);
  }

  expand(graph: ExpandedGraph): Expansion {
    return expansionOf(graph);
  }

  subWorkflow(name: string): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } | undefined {
    const graph = own(this.#environment.subWorkflows, name);
    return graph && { inputs: Object.keys(graph.inputs), outputs: Object.keys(graph.outputs) };
  }

  yieldNow(): Promise<void> {
    return this.#environment.yieldNow();
  }

  async withSlot<T>(resource: LimitedResource, work: () => Promise<T> | T): Promise<T> {
    const { resource: own, type } = this.#node.description;
    if (resource === own) return work();
    if (own !== "none" && order.indexOf(resource) > order.indexOf(own)) throw wrongOrder(type, own, resource);
    const { signal } = this;
    const { slots } = this.#environment;
    await slotOf(slots, resource, signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      slots.release(resource);
    }
  }
}

/** Who holds a later one may wait for an earlier one, never the reverse: so two nodes cannot wait for each other. */
const order: readonly LimitedResource[] = ["cpu", "network", "remote"];

function wrongOrder(type: string, own: LimitedResource, resource: LimitedResource): EngineError {
  return new EngineError({
    code: "node.internal",
    message: `${type} holds a ${own} slot and may not wait for a ${resource} slot with it.`,
    suggestion: `Define it with resource: "${resource}", and take ${own} slots inside.`,
  });
}

/** Takes a slot, or rejects as soon as the run is cancelled. */
function slotOf(slots: Slots, resource: LimitedResource, signal: Signal): Promise<void> | undefined {
  signal.throwIfAborted();
  if (slots.tryTake(resource)) return undefined;
  return new Promise((resolve, reject) => {
    let isWanted = true;
    const giveUp = (): void => {
      isWanted = false;
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", giveUp, { once: true });
    slots.wait(resource, () => {
      signal.removeEventListener("abort", giveUp);
      resolve();
      return isWanted;
    });
  });
}
