import type { ResultCache } from "../cache/result-cache.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import { EngineError, errorData, type ErrorData } from "../errors.ts";
import type { EngineHost, Limits, RemoteService, RunServices, Signal } from "../host.ts";
import type { JsonValue } from "../json.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { NodeCatalog } from "../node/description.ts";
import { catalogOf, type NodePack } from "../node/pack.ts";
import { planKeys, type PlanKeys } from "../plan/cache-keys.ts";
import type { Plan } from "../plan/plan.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import type { RunCounts, RunEvent, RunEventBody, RunStatus } from "./events.ts";
import { Execution, type ExecutionResult } from "./execution.ts";
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
  /** Starts a run. Never throws; what goes wrong is in the result. */
  run(plan: Plan, options: RunOptions): Run;
}

export interface RunOptions {
  readonly services: RunServices;
  /** Values of the workflow's named inputs. */
  readonly inputs?: Readonly<Record<string, CallerValue>>;
  readonly signal?: Signal;
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
      const finished = runPlan({ shared, plan, options: runOptions, id, signal: abort.signal });
      const cancel = (reason = "cancelled by the caller"): void => abort.abort(cancellation(reason));
      const outer = runOptions.signal;
      if (outer) {
        const follow = (): void => cancel();
        if (outer.aborted) follow();
        else {
          outer.addEventListener("abort", follow, { once: true });
          void finished.then(() => outer.removeEventListener("abort", follow));
        }
      }
      return { id, finished, cancel };
    },
  };
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
  loadDefinitions(plan: Plan): readonly NodeDefinition[] | Promise<readonly NodeDefinition[]>;
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
  const { shared, plan, options, id, signal } = parts;
  const started = shared.host.now();
  const emit = eventEmitter(shared.host, options.onEvent);
  signal.addEventListener("abort", () => emit({ type: "run.cancelling", reason: errorData(signal.reason).message }), {
    once: true,
  });
  const finish = (result: RunResult): RunResult => {
    const { status, counts, errors } = result;
    const outputs: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(result.outputs)) outputs[name] = summarizeValue(value);
    const ms = shared.host.now() - started;
    emit({ type: "run.finished", run: id, status, ms, counts, outputs, ...(errors[0] && { error: errors[0] }) });
    return result;
  };
  try {
    return finish(await prepareAndExecute(parts, emit));
  } catch (error) {
    return finish({
      status: signal.aborted ? "cancelled" : "failed",
      outputs: {},
      errors: [errorData(error)],
      counts: nothing,
    });
  }
}

const nothing: RunCounts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };

async function prepareAndExecute(parts: RunParts, emit: (event: RunEventBody) => void): Promise<RunResult> {
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
  const planKeysNow = planKeys(plan, references.texts, host.sha256, shared.keysOf.get(plan));
  shared.keysOf.set(plan, planKeysNow);

  // Look: what is cached need not run, and what is paid must be allowed.
  const info = { id, workflow: plan.workflow.name ?? "workflow", inputs: references.inputs };
  const environment = {
    signal,
    services: options.services,
    slots: shared.slots,
    remotes,
    info,
    now: () => host.now(),
    yieldNow: () => host.yieldNow(),
    setTimer: (callback: () => void, ms: number) => host.setTimer(callback, ms),
    emit,
  };
  const openValues = new Map(plan.open.map((node, i) => [node, references.values[i]!]));
  const execution = new Execution({
    plan,
    keys: planKeysNow.keys,
    definitions,
    openValues,
    cache: shared.cache,
    inFlight: shared.inFlight,
    environment,
    failFast: options.failFast ?? false,
  });
  const looked = execution.look();
  const { execute, paid } = looked instanceof Promise ? await looked : looked;
  const targets = plan.targets.map((target) => plan.nodes[target]!.id);
  emit({
    type: "run.started",
    run: id,
    workflow: info.workflow,
    nodes: plan.nodes.length,
    execute,
    paid,
    targets,
    seeds: references.seeds,
  });
  refuseUnconfirmed(paid, options.maxPaid ?? defaultMaxPaid);

  // Execute: what is left.
  return resultOf(plan, await execution.execute(), signal.aborted);
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
      message: `The workflow has no named input \`${name}\``,
      input: name,
      expected: names.map((known) => `\`${known}\``).join(", ") || "no inputs",
      received: `\`${name}\``,
      ...(nearest !== undefined && { suggestion: `did you mean \`${nearest}\`?` }),
    });
  }
}

function refuseUnconfirmed(paid: number, maxPaid: number): void {
  if (paid <= maxPaid) return;
  throw new EngineError({
    code: "money/confirm",
    message: `The run would submit ${paid} paid jobs, more than the ${maxPaid} that are allowed; nothing was started`,
    expected: `at most ${maxPaid} paid jobs`,
    received: `${paid}`,
    suggestion: `allow them with --max-paid ${paid}`,
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

/** Loads each type once; a plan whose types are all loaded waits for nothing. */
function definitionLoader(packs: readonly NodePack[]): Shared["loadDefinitions"] {
  const loaded = new Map<string, NodeDefinition>();
  const ofPlan = new WeakMap<Plan, readonly NodeDefinition[]>();
  const load = async (type: string): Promise<void> => {
    const packed = packs.find(({ nodes }) => Object.hasOwn(nodes, type))?.nodes[type];
    if (packed) loaded.set(type, await packed.load());
  };
  const collect = (plan: Plan): readonly NodeDefinition[] => {
    const definitions = plan.nodes.map(({ description }) => loaded.get(description.type)!);
    ofPlan.set(plan, definitions);
    return definitions;
  };
  return (plan) => {
    const known = ofPlan.get(plan);
    if (known) return known;
    const missing = new Set(plan.nodes.map(({ description }) => description.type).filter((type) => !loaded.has(type)));
    return missing.size === 0 ? collect(plan) : Promise.all([...missing].map(load)).then(() => collect(plan));
  };
}

function eventEmitter(host: EngineHost, onEvent: RunOptions["onEvent"]): (event: RunEventBody) => void {
  let seq = 0;
  if (!onEvent) return () => undefined;
  return (body) => onEvent({ seq: ++seq, time: host.wallClock(), ...body });
}
