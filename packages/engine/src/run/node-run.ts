import { EngineError } from "../errors.ts";
import type { ArtifactStore, FileAccess, LimitedResource, RemoteService, RunServices, Signal } from "../host.ts";
import type { NodeContext, PublishedFile, RunInfo } from "../node/context.ts";
import type { RunEventBody } from "./events.ts";
import type { Slots } from "./slots.ts";

/** What the contexts of one run's nodes share. */
export interface RunEnvironment {
  readonly signal: Signal;
  readonly services: RunServices;
  readonly slots: Slots;
  /** Services by name, asked for before the run started. */
  readonly remotes: ReadonlyMap<string, RemoteService>;
  readonly info: Omit<RunInfo, "node">;
  now(): number;
  yieldNow(): Promise<void>;
  setTimer(callback: () => void, ms: number): () => void;
  emit(event: RunEventBody): void;
}

/** At most twenty progress events a second and node. */
const progressIntervalMs = 50;

/** The context of one node in one run. A class, because a run makes one for each node and most use none of it. */
export class NodeRun implements NodeContext {
  readonly #environment: RunEnvironment;
  readonly #node: string;
  readonly #service: string | undefined;
  readonly #secretNames: readonly string[] | undefined;
  #lastProgress = -Infinity;
  /** What must be told when the node's result is safe. */
  readonly settled: (() => Promise<void>)[] = [];

  constructor(environment: RunEnvironment, node: string, uses: { service?: string; secrets?: readonly string[] }) {
    this.#environment = environment;
    this.#node = node;
    this.#service = uses.service;
    this.#secretNames = uses.secrets;
  }

  get signal(): Signal {
    return this.#environment.signal;
  }

  get files(): FileAccess {
    return this.#environment.services.files;
  }

  get artifacts(): ArtifactStore {
    return this.#environment.services.artifacts;
  }

  get run(): RunInfo {
    return { ...this.#environment.info, node: this.#node };
  }

  get secrets(): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const name of this.#secretNames ?? []) {
      const secret = this.#environment.services.secret(name);
      if (secret === undefined)
        throw new EngineError({
          code: "secret.missing",
          message: `The secret ${name} is not set`,
          suggestion: `set ${name}`,
        });
      found[name] = secret;
    }
    return found;
  }

  /** The service with this node's events and promises woven in. */
  get remote(): RemoteService {
    const service = this.#environment.remotes.get(this.#service ?? "");
    if (!service) throw new EngineError({ code: "node.internal", message: "The node's definition names no service" });
    return {
      scope: service.scope,
      label: service.label,
      run: async (job) => {
        const report = (state: Parameters<typeof job.report>[0]): void => {
          this.#emit({ type: "remote.state", node: this.#node, ...state });
          job.report(state);
        };
        const result = await service.run({ ...job, report });
        if (result.settled) this.settled.push(() => result.settled!());
        const { requestId, attached, costUsd } = result;
        this.#emit({
          type: "remote.ended",
          node: this.#node,
          ending: "succeeded",
          requestId,
          attached,
          ...(costUsd !== undefined && { costUsd }),
        });
        return result;
      },
    };
  }

  progress(value: number, total: number, note?: string): void {
    const now = this.#environment.now();
    if (value < total && now - this.#lastProgress < progressIntervalMs) return;
    this.#lastProgress = now;
    this.#emit({ type: "node.progress", node: this.#node, value, total, ...(note !== undefined && { note }) });
  }

  log(level: "info" | "warning", message: string): void {
    this.#emit({ type: "node.log", node: this.#node, level, message });
  }

  publish(file: PublishedFile): void {
    this.#emit({ type: "node.file", node: this.#node, ...file });
  }

  yieldNow(): Promise<void> {
    return this.#environment.yieldNow();
  }

  async withSlot<T>(resource: LimitedResource, work: () => Promise<T> | T): Promise<T> {
    const { slots, signal } = this.#environment;
    if (!slots.tryTake(resource)) await new Promise<void>((granted) => slots.wait(resource, granted));
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      slots.release(resource);
    }
  }

  #emit(event: RunEventBody): void {
    this.#environment.emit(event);
  }
}
