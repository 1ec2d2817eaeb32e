import type { ResultCache } from "../cache/result-cache.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import { EngineError, errorData, type ErrorData } from "../errors.ts";
import type { EngineHost, Limits, RemoteService, RunServices, Signal } from "../host.ts";
import type { JsonValue } from "../json.ts";
import type { MetadataLevel } from "../node/context.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { NodeCatalog } from "../node/description.ts";
import { catalogOf, type NodePack, type PictureCodec } from "../node/pack.ts";
import { settlePaid } from "../plan/paid-when.ts";
import type { PlanKeys } from "../plan/cache-keys.ts";
import type { Plan } from "../plan/plan.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import { definitionLoader, type DefinitionLoader } from "./definition-loader.ts";
import { eventEmitter, type EventEmitter } from "./event-emitter.ts";
import type { RunCounts, RunEvent, RunStatus } from "./events.ts";
import { checkRules } from "./check-rules.ts";
import { executeInStages, type Stage, type StageResult } from "./execute-in-stages.ts";
import { execute, type ExecutionResult } from "./execution.ts";
import { InFlight } from "./in-flight.ts";
import { paidAllowance } from "./paid-allowance.ts";
import { openRemotes, prepareStage } from "./prepare-stage.ts";
import { resolveReferences, type CallerValue, type ResolvedReferences } from "./resolve-references.ts";
import { isPartial } from "./list-items.ts";
import { type AgainOptions, nodesAgain, type OrderedAgain, orderedAgain } from "./ordered-again.ts";
import { createSlots } from "./slots.ts";
import type { MadeOutputs } from "./node-run.ts";
import type { RunCheckpoints } from "./run-checkpoints.ts";
import { unconfirmedJobs } from "./unconfirmed-jobs.ts";
import { createPriceBook, type PriceBook } from "../money/price-book.ts";
import { createPurchases, mostPaid, type PaymentLimits, type Purchases } from "../money/purchases.ts";
import type { Preview, PreviewOptions } from "../preview/preview.ts";
import { previewPlan } from "../preview/preview-plan.ts";
import { estimateCost } from "../money/estimate-cost.ts";
import { summarizeValue } from "./summarize-value.ts";
import { type RunValues, ValueStore, type ValueStoreOptions } from "./value-store.ts";
import { writeWorkflow } from "../workflow/write-workflow.ts";

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

export interface RunOptions extends PaymentLimits, AgainOptions {
  readonly services: RunServices;
  /** The run's id; default: a new one of the host. */
  readonly id?: string;
  /** Values of the workflow's named inputs. */
  readonly inputs?: Readonly<Record<string, CallerValue>>;
  readonly signal?: Signal;
  /** Called for each event as it happens. What it throws is ignored. */
  readonly onEvent?: (event: RunEvent) => void;
  /**
   * Called with the outputs of each node that ran or was found, before the event that says so: for hosts that show or keep
   * what lies between. Not for nodes that only found ones need. What it throws is ignored.
   */
  readonly onOutputs?: (made: MadeOutputs) => void;
  /** Start nothing new after the first failure. */
  readonly failFast?: boolean;
  /** What the run's saved files say about how they were made, whatever the save nodes are set to. Default: as they are set. */
  readonly metadata?: MetadataLevel;
  /** Names the order that `again` is part of: a run that goes on, or repeats another, has the other's. Default: its id. */
  readonly order?: string;
  /**
   * Keeps what the run makes until it ends, so that an attempt after this one, of the same id, finds it instead of making it
   * again: also what is never cached, such as saves, and what lies behind `from`.
   */
  readonly checkpoints?: RunCheckpoints;
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

/** What the runs of an engine share, whatever its nodes are. */
interface Common {
  readonly host: EngineHost;
  readonly cache: ResultCache;
  readonly slots: ReturnType<typeof createSlots>;
  readonly inFlight: InFlight;
  /** The keys of each plan's last run, so that the next one hashes only what has changed. */
  readonly keysOf: WeakMap<Plan, PlanKeys>;
  readonly prices: PriceBook;
  readonly values: ValueStore;
}

interface Shared extends Common {
  readonly catalog: NodeCatalog;
  readonly loadDefinitions: DefinitionLoader;
  /** What reads and writes pictures in files, of the first pack that can. */
  readonly pictures: () => Promise<PictureCodec | undefined>;
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

async function prepareAndExecute(given: RunParts, emit: EventEmitter["emit"]): Promise<RunResult> {
  const { shared, options, signal } = given;

  // Load: the code of the nodes that are needed.
  refuseUnknownInputs(given.plan, options.inputs ?? {});
  const plan = settlePaid(given.plan, options.inputs ?? {});
  const parts = { ...given, plan };
  const loaded = shared.loadDefinitions(plan);
  const definitions = loaded instanceof Promise ? await loaded : loaded;

  // Open: the services, unless it shows on the way which are needed. A missing token is told before all else.
  const remotes = new Map<string, RemoteService>();
  if (plan.lazy.length === 0 && plan.open.length > 0) await openRemotes(plan, options.services, remotes);

  // Resolve: named inputs, files and seeds.
  const references =
    plan.open.length > 0 ? await resolveReferences(plan, options.inputs ?? {}, options.services, signal) : noReferences;
  const openValues = new Map(plan.open.map((node, place) => [node, references.values[place]!]));
  await checkRules(plan, definitions, openValues);
  const purchases = createPurchases(options, shared.prices);
  const again = options.again && orderedAgain(plan, options.again, options.order ?? parts.id);
  const store = shared.values.open();
  const executor = {
    parts,
    emit,
    definitions,
    references,
    remotes,
    purchases,
    again,
    store,
    fingerprints: new Map<number, string>(),
    expanded: { nodes: 0 },
  };

  // Execute: at once, or in stages where nodes say on the way what they need.
  const isOver = (errors: readonly ErrorData[]): boolean =>
    signal.aborted ||
    (errors.length > 0 && (options.failFast ?? false)) ||
    errors.some(({ code }) => code.startsWith("money/"));
  try {
    const result =
      plan.lazy.length === 0
        ? await executeStage(executor, { plan, openValues, counts: nothing, held: noneHeld })
        : await executeInStages({
            plan,
            definitions,
            openValues,
            emit,
            isOver,
            execute: (stage) => executeStage(executor, stage),
          });
    return await resultOf(plan, result, signal.aborted, executor);
  } finally {
    store.close();
  }
}

/** What the stages of a run share. */
interface StageExecutor {
  readonly parts: RunParts;
  readonly emit: EventEmitter["emit"];
  readonly definitions: readonly NodeDefinition[];
  readonly references: ResolvedReferences;
  /** The services that have been opened, by name. */
  readonly remotes: Map<string, RemoteService>;
  readonly purchases: Purchases;
  /** What the person pays for once more. */
  readonly again: OrderedAgain | undefined;
  readonly store: RunValues;
  /** What fingerprints were answered, by node. */
  readonly fingerprints: Map<number, string>;
  /** Nodes that others have expanded to. */
  readonly expanded: { nodes: number };
  isAnnounced?: boolean;
}

/** Runs all of a plan, or a part of it whose every input is known. */
async function executeStage(executor: StageExecutor, stage: Stage): Promise<StageResult> {
  const { parts, emit, definitions, references, remotes, purchases, store, fingerprints, expanded } = executor;
  const { shared, options, id, signal } = parts;
  const { host, cache, keysOf, inFlight, slots, loadDefinitions, pictures } = shared;
  const { services, failFast = false } = options;
  const { plan, openValues, counts } = stage;
  const isFirst = !executor.isAnnounced;

  // Key and look: what is cached need not run, and what is paid must be allowed.
  const again = nodesAgain(plan, options);
  const { checkpoints: port } = options;
  const checkpoints = port && { port, path: "", onlyTargets: false, keepsAll: plan.lazy.length > 0 };
  const tools = { services, remotes, cache, keysOf, signal, id, pictures, checkpoints, sha256: host.sha256 };
  const prepared = await prepareStage({ ...stage, definitions, fingerprints, ...(again && { again }) }, tools);
  const { found, work } = prepared;
  const workflow = plan.workflow.name ?? "workflow";
  const mayPay = mostPaid(options);
  const mayAsk = options.budgetUsd !== undefined || counts.paid + work.paid > mayPay;
  const question = { plan, state: found.state, remotes, prices: shared.prices, mayAsk };
  const estimate = isFirst && work.paid > 0 ? await estimateCost(question, options) : {};
  if (isFirst) {
    executor.isAnnounced = true;
    emit?.({
      type: "run.started",
      run: id,
      workflow,
      nodes: plan.nodes.length,
      execute: work.execute,
      paid: work.paid,
      ...estimate,
      targets: parts.plan.targets.map((target) => parts.plan.nodes[target]!.id),
      seeds: references.seeds,
      ...(executor.again && { again: [...executor.again.nodes] }),
    });
    for (const node of parts.plan.pinned) emit?.({ type: "node.pinned", node: parts.plan.nodes[node]!.id });
  }
  const unconfirmed = unconfirmedJobs(counts.paid, work.paid, mayPay, estimate.estimateUsd);
  if (unconfirmed && isFirst) throw unconfirmed;
  if (unconfirmed) return { values: [], errors: [unconfirmed.data], counts: nothing, state: found.state };

  // Execute: what is left.
  const result = await execute({
    ...prepared,
    plan,
    definitions,
    openValues,
    cache,
    inFlight,
    store,
    environment: {
      signal,
      services,
      slots,
      remotes,
      purchases,
      orderedAgain: executor.again,
      info: {
        id,
        workflow,
        inputs: references.inputs,
        seeds: references.seeds,
        ...(options.metadata !== undefined && { metadata: options.metadata }),
        workflowText: () => writeWorkflow(parts.plan.workflow),
      },
      subWorkflows: plan.workflow.workflows,
      now: () => host.now(),
      yieldNow: () => host.yieldNow(),
      setTimer: (callback, ms) => host.setTimer(callback, ms),
      createAbort: () => host.createAbort(),
      emit,
      onOutputs: quiet(options.onOutputs),
    },
    failFast,
    checkpoints,
    sha256: host.sha256,
    paid: paidAllowance(work.paid, mayPay - counts.paid),
    ...(again && { again }),
    expansion: { catalog: shared.catalog, loadDefinitions, services, remotes, pictures, expanded },
  });
  return { ...result, state: found.state };
}

async function resultOf(
  plan: Plan,
  { values, errors, counts }: ExecutionResult,
  aborted: boolean,
  { store, purchases: { costUsd } }: StageExecutor,
): Promise<RunResult> {
  const outputs: Record<string, unknown> = {};
  for (const { name, node, output } of plan.outputs) {
    const made = values[node];
    if (made && !isPartial(made)) outputs[name] = made[output];
  }
  const pinned = plan.pinned.length > 0 && { pinned: plan.pinned.length };
  const status = aborted ? "cancelled" : errors.length > 0 ? "failed" : "succeeded";
  const restored = store.hasSpilled ? await store.restore(outputs) : undefined;
  const counted = { ...counts, ...pinned, ...(costUsd !== undefined && { costUsd }) };
  return { status, outputs: restored ?? outputs, errors, counts: counted };
}

/** A listener's fault is not the run's. */
function quiet(listener: RunOptions["onOutputs"]): RunOptions["onOutputs"] {
  if (!listener) return undefined;
  return (made) => {
    try {
      listener(made);
    } catch {
      return;
    }
  };
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

const noneHeld: Stage["held"] = [];
const noReferences: ResolvedReferences = { values: [], seeds: {}, inputs: {} };
