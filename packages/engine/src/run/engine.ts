import type { ResultCache } from "../cache/result-cache.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import { EngineError, errorData, type ErrorData } from "../errors.ts";
import type { EngineHost, Limits, RemoteService, RunServices, Signal } from "../host.ts";
import type { JsonValue } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import { catalogOf, type NodePack } from "../node/pack.ts";
import { planKeys, type PlanKeys } from "../plan/cache-keys.ts";
import type { Plan } from "../plan/plan.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import { definitionLoader, type DefinitionLoader } from "./definition-loader.ts";
import { eventEmitter, type EventEmitter } from "./event-emitter.ts";
import type { RunCounts, RunEvent, RunStatus } from "./events.ts";
import { arrangeWork } from "./arrange-work.ts";
import { execute, type ExecutionResult } from "./execution.ts";
import { lookForResults } from "./look-for-results.ts";
import { createInFlight } from "./in-flight.ts";
import { resolveReferences, type CallerValue, type ResolvedReferences } from "./resolve-references.ts";
import { createSlots } from "./slots.ts";
import { summarizeValue } from "./summarize-value.ts";

export interface EngineOptions {
  readonly host: EngineHost;
  readonly packs: readonly NodePack[];
  /** Default: a memory cache of 256 MiB. */
  readonly cache?: ResultCache;
  readonly limits?: Partial<Limits>;
}

/** Runs plans. Runs of one engine share its cache, its limits and what is being made. */
export interface Engine {
  readonly catalog: NodeCatalog;
  /** Starts a run, after returning. Never throws or rejects; what goes wrong is in the result. */
  run(plan: Plan, options: RunOptions): Run;
}

export interface RunOptions {
  readonly services: RunServices;
  /** Values of the workflow's named inputs. */
  readonly inputs?: Readonly<Record<string, CallerValue>>;
  readonly signal?: Signal;
  /** Called for each event as it happens. What it throws is ignored. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Start nothing new after the first failure. */
  readonly failFast?: boolean;
  /** More paid nodes than this end the run with `money/confirm` before anything starts. Default 10. */
  readonly maxPaid?: number;
}

export interface Run {
  readonly id: string;
  readonly finished: Promise<RunResult>;
  cancel(reason?: string): void;
}

export interface RunResult {
  readonly status: RunStatus;
  /** The values of the named outputs that were produced. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What failed, first failure first. */
  readonly errors: readonly ErrorData[];
  readonly counts: RunCounts;
}

const defaultLimits: Limits = { cpu: 2, network: 128, remote: 16 };
const defaultCacheBytes = 256 * 1024 * 1024;
/** Without a word from the person who pays. */
const defaultMaxPaid = 10;

/**
 * Makes an engine.
 *
 * @example
 * const engine = createEngine({ host, packs: [definePack({ name: "mine", version: "1.0.0", cacheEpoch: 1 }, [feather])] });
 * const { plan } = compilePlan(workflow, engine.catalog);
 * const { status, outputs } = await engine.run(plan, { services }).finished;
 */
export function createEngine(options: EngineOptions): Engine {
  const { host, packs } = options;
  const catalog = catalogOf(packs);
  const shared: Shared = {
    host,
    cache: options.cache ?? memoryCache({ maxBytes: defaultCacheBytes }),
    slots: createSlots({ ...defaultLimits, ...options.limits }),
    inFlight: createInFlight(),
    loadDefinitions: definitionLoader(packs),
    keysOf: new WeakMap(),
  };
  return {
    catalog,
    run(plan, runOptions) {
      const id = host.newRunId();
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

/** What the runs of an engine share. */
interface Shared {
  readonly host: EngineHost;
  readonly cache: ResultCache;
  readonly slots: ReturnType<typeof createSlots>;
  readonly inFlight: ReturnType<typeof createInFlight>;
  readonly loadDefinitions: DefinitionLoader;
  /** The keys of each plan's last run, so that the next one hashes only what has changed. */
  readonly keysOf: WeakMap<Plan, PlanKeys>;
}

interface RunParts {
  readonly shared: Shared;
  readonly plan: Plan;
  readonly options: RunOptions;
  readonly id: string;
  readonly signal: Signal;
}

/** One run, from the first event to the last. */
async function runPlan(parts: RunParts): Promise<RunResult> {
  const { shared, options, id, signal } = parts;
  const started = shared.host.now();
  const { emit, close } = eventEmitter(shared.host, options.onEvent);
  const tellCancelling = (): void => emit?.({ type: "run.cancelling", reason: errorData(signal.reason).message });
  if (signal.aborted) tellCancelling();
  else signal.addEventListener("abort", tellCancelling, { once: true });

  const result = await prepareAndExecute(parts, emit).catch((error: unknown) => resultOfError(error, signal));

  signal.removeEventListener("abort", tellCancelling);
  const { status, counts, errors } = result;
  const ms = shared.host.now() - started;
  const error = errors[0] && { error: errors[0] };
  emit?.({ type: "run.finished", run: id, status, ms, counts, outputs: summarize(result.outputs), ...error });
  close();
  return result;
}

/** What went wrong before any node started. */
function resultOfError(error: unknown, { aborted, reason }: Signal): RunResult {
  const errors = aborted && error === reason ? [] : [errorData(error)];
  return { status: aborted ? "cancelled" : "failed", outputs: {}, errors, counts: nothing };
}

function summarize(outputs: RunResult["outputs"]): Record<string, JsonValue> {
  const summary: Record<string, JsonValue> = {};
  for (const name in outputs) summary[name] = summarizeValue(outputs[name]);
  return summary;
}

const nothing: RunCounts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };

async function prepareAndExecute(parts: RunParts, emit: EventEmitter["emit"]): Promise<RunResult> {
  const { shared, plan, options, id, signal } = parts;
  const { host } = shared;

  // Load: the code of the nodes that are needed, and the services that they name.
  refuseUnknownInputs(plan, options.inputs ?? {});
  const loaded = shared.loadDefinitions(plan);
  const definitions = loaded instanceof Promise ? await loaded : loaded;
  const remotes = plan.open.length > 0 ? await openRemotes(plan, options.services) : noRemotes;

  // Resolve: named inputs, files and seeds, then the keys that follow from them.
  const references =
    plan.open.length > 0
      ? await resolveReferences(plan, options.inputs ?? {}, options.services, scopesOf(remotes))
      : noReferences;
  const keys = planKeys(plan, references.texts, host.sha256, shared.keysOf.get(plan));
  shared.keysOf.set(plan, keys);
  signal.throwIfAborted();

  // Look: what is cached need not run, and what is paid must be allowed.
  const looked = lookForResults(plan, keys.keys, shared.cache);
  const found = looked instanceof Promise ? await looked : looked;
  const work = arrangeWork(plan, keys.keys, found);
  const workflow = plan.workflow.name ?? "workflow";
  emit?.({
    type: "run.started",
    run: id,
    workflow,
    nodes: plan.nodes.length,
    execute: work.execute,
    paid: work.paid,
    targets: plan.targets.map((target) => plan.nodes[target]!.id),
    seeds: references.seeds,
  });
  refuseUnconfirmed(work.paid, options.maxPaid ?? defaultMaxPaid);

  // Execute: what is left.
  const result = await execute({
    plan,
    keys: keys.keys,
    found,
    work,
    definitions,
    openValues: new Map(plan.open.map((node, place) => [node, references.values[place]!])),
    cache: shared.cache,
    inFlight: shared.inFlight,
    environment: {
      signal,
      services: options.services,
      slots: shared.slots,
      remotes,
      info: { id, workflow, inputs: references.inputs },
      now: () => host.now(),
      yieldNow: () => host.yieldNow(),
      setTimer: (callback, ms) => host.setTimer(callback, ms),
      emit,
    },
    failFast: options.failFast ?? false,
  });
  return resultOf(plan, result, signal.aborted);
}

function resultOf(plan: Plan, { values, errors, counts }: ExecutionResult, aborted: boolean): RunResult {
  const outputs: Record<string, unknown> = {};
  for (const { name, node, output } of plan.outputs) if (values[node]) outputs[name] = values[node][output];
  const status = aborted ? "cancelled" : errors.length > 0 ? "failed" : "succeeded";
  return { status, outputs, errors, counts };
}

function refuseUnknownInputs({ workflow }: Plan, given: Readonly<Record<string, CallerValue>>): void {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(workflow.inputs, name)) continue;
    const names = Object.keys(workflow.inputs);
    const nearest = suggestName(name, names);
    throw new EngineError({
      code: "named-input.unknown",
      message: `The workflow has no named input \`${name}\`.`,
      input: name,
      expected: names.map((known) => `\`${known}\``).join(", ") || "no inputs",
      received: `\`${name}\``,
      ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
    });
  }
}

function refuseUnconfirmed(paid: number, maxPaid: number): void {
  if (paid <= maxPaid) return;
  throw new EngineError({
    code: "money/confirm",
    message: `The run would submit ${paid} paid ${paid === 1 ? "job" : "jobs"}, more than the ${maxPaid} that are allowed; nothing was started.`,
    expected: `at most ${maxPaid} paid jobs`,
    received: `${paid}`,
    suggestion: `Allow them with --max-paid ${paid}.`,
  });
}

const noRemotes: ReadonlyMap<string, RemoteService> = new Map();
const noReferences: ResolvedReferences = { values: [], texts: [], seeds: {}, inputs: {} };

async function openRemotes(plan: Plan, services: RunServices): Promise<ReadonlyMap<string, RemoteService>> {
  const remotes = new Map<string, RemoteService>();
  for (const index of plan.open) {
    const { service } = plan.nodes[index]!.description;
    if (service !== undefined && !remotes.has(service)) remotes.set(service, await services.remote(service));
  }
  return remotes;
}

function scopesOf(remotes: ReadonlyMap<string, RemoteService>): ReadonlyMap<string, string> {
  return new Map([...remotes].map(([name, { scope }]) => [name, scope]));
}
