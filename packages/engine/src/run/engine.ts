import type { ResultCache } from "../cache/result-cache.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import { EngineError } from "../errors.ts";
import type { EngineHost, Limits, Signal } from "../host.ts";
import type { NodeCatalog } from "../node/description.ts";
import { catalogOf, type NodePack } from "../node/pack.ts";
import type { Plan } from "../plan/plan.ts";
import { definitionLoader } from "./definition-loader.ts";
import { InFlight } from "./in-flight.ts";
import { createSlots } from "./slots.ts";
import { createPriceBook } from "../money/price-book.ts";
import type { Preview, PreviewOptions } from "../preview/preview.ts";
import { previewPlan } from "../preview/preview-plan.ts";
import { ValueStore, type ValueStoreOptions } from "./value-store.ts";
import { refuseUnknownInputs } from "./known-inputs.ts";
import type { RunOptions, RunResult } from "./run-options.ts";
import { type Common, runPlan, type Shared } from "./run-plan.ts";

export interface EngineOptions {
  readonly host: EngineHost;
  readonly packs: readonly NodePack[];
  /** Default: a memory cache of 256 MiB. */
  readonly cache?: ResultCache;
  readonly limits?: Partial<Limits>;
  /** How much memory the pixels between nodes may take, and where to put what is above it. */
  readonly values?: ValueStoreOptions;
}

/** Runs plans. Runs of one engine share its cache, its limits and what is being made. */
export interface Engine {
  readonly catalog: NodeCatalog;
  /**
   * The same engine with other nodes: it shares cache, limits, memory and what is being made. Runs of this one go on with the
   * nodes that they began with.
   */
  withPacks(packs: readonly NodePack[]): Engine;
  /** Starts a run, after returning. Never throws or rejects; what goes wrong is in the result. */
  run(plan: Plan, options: RunOptions): Run;
  /**
   * What a run would do: which nodes would execute, which results are cached and where, how many jobs would be paid.
   * Executes and submits nothing; only nodes of plain values are worked out where a count depends on them. Rejects with
   * what would end the run before anything starts.
   */
  preview(plan: Plan, options: PreviewOptions): Promise<Preview>;
}

export interface Run {
  readonly id: string;
  readonly finished: Promise<RunResult>;
  cancel(reason?: string): void;
}

const defaultLimits: Limits = { cpu: 2, network: 128, remote: 16 };
const defaultCacheBytes = 256 * 1024 * 1024;
const defaultValueBytes = 1024 ** 3;

/**
 * Makes an engine.
 *
 * @example
 * const engine = createEngine({ host, packs: [definePack({ name: "mine", version: "1.0.0", cacheEpoch: 1 }, [feather])] });
 * const { plan } = compilePlan(workflow, engine.catalog);
 * const { status, outputs } = await engine.run(plan, { services }).finished;
 */
export function createEngine(options: EngineOptions): Engine {
  const { host } = options;
  return engineOf(options.packs, {
    host,
    cache: options.cache ?? memoryCache({ maxBytes: defaultCacheBytes }),
    slots: createSlots({ ...defaultLimits, ...options.limits }),
    inFlight: new InFlight(),
    keysOf: new WeakMap(),
    prices: createPriceBook(host),
    values: new ValueStore(options.values ?? { maxBytes: defaultValueBytes }),
  });
}

function engineOf(packs: readonly NodePack[], common: Common): Engine {
  const { host } = common;
  const catalog = catalogOf(packs);
  const shared: Shared = {
    ...common,
    catalog,
    loadDefinitions: definitionLoader(packs),
    pictures: async () => packs.find(({ pictures }) => pictures)?.pictures?.(),
  };
  return {
    catalog,
    withPacks: (others) => engineOf(others, common),
    async preview(plan, previewOptions) {
      refuseUnknownInputs(plan, previewOptions.inputs ?? {});
      return previewPlan(plan, previewOptions, { ...shared, definitions: await shared.loadDefinitions(plan) });
    },
    run(plan, runOptions) {
      const id = runOptions.id ?? host.newRunId();
      const abort = host.createAbort();
      const cancel = (reason = "cancelled by the caller"): void => abort.abort(cancellation(reason));
      const unfollow = follow(runOptions.signal, cancel);
      // Nothing happens before the caller holds the run, so that a listener may cancel it.
      const finished = Promise.resolve()
        .then(() => runPlan({ shared, plan, options: runOptions, id, signal: abort.signal }))
        .finally(unfollow);
      return { id, finished, cancel };
    },
  };
}

/** Cancels when the caller's signal aborts. */
function follow(signal: Signal | undefined, cancel: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const listener = (): void => cancel();
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}

function cancellation(reason: string): EngineError {
  return new EngineError({ code: "run.cancelled", message: reason });
}
