import type { ResultCache } from "../cache/result-cache.ts";
import { errorData, type ErrorData } from "../errors.ts";
import type { EngineHost, RemoteService, Signal } from "../host.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { NodeCatalog } from "../node/description.ts";
import type { PictureCodec } from "../node/pack.ts";
import { settlePaid } from "../plan/paid-when.ts";
import type { PlanKeys } from "../plan/cache-keys.ts";
import type { Plan } from "../plan/plan.ts";
import type { DefinitionLoader } from "./definition-loader.ts";
import { eventEmitter, type EventEmitter } from "./event-emitter.ts";
import { checkRules } from "./check-rules.ts";
import { executeInStages, type Stage, type StageResult } from "./execute-in-stages.ts";
import { execute } from "./execution.ts";
import type { InFlight } from "./in-flight.ts";
import { paidAllowance } from "./paid-allowance.ts";
import { openRemotes, prepareStage } from "./prepare-stage.ts";
import { resolveReferences, type ResolvedReferences } from "./resolve-references.ts";
import { nodesAgain, type OrderedAgain, orderedAgain } from "./ordered-again.ts";
import type { Slots } from "./slots.ts";
import { unconfirmedJobs } from "./unconfirmed-jobs.ts";
import type { PriceBook } from "../money/price-book.ts";
import { createPurchases, mostPaid, type Purchases } from "../money/purchases.ts";
import { estimateCost } from "../money/estimate-cost.ts";
import type { RunValues, ValueStore } from "./value-store.ts";
import { writeWorkflow } from "../workflow/write-workflow.ts";
import { refuseUnknownInputs } from "./known-inputs.ts";
import type { RunOptions, RunResult } from "./run-options.ts";
import { nothing, resultOf, resultOfError, summarize } from "./run-result.ts";

/** What the runs of an engine share, whatever its nodes are. */
export interface Common {
  readonly host: EngineHost;
  readonly cache: ResultCache;
  readonly slots: Slots;
  readonly inFlight: InFlight;
  /** The keys of each plan's last run, so that the next one hashes only what has changed. */
  readonly keysOf: WeakMap<Plan, PlanKeys>;
  readonly prices: PriceBook;
  readonly values: ValueStore;
}

export interface Shared extends Common {
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
export async function runPlan(parts: RunParts): Promise<RunResult> {
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

const noneHeld: Stage["held"] = [];
const noReferences: ResolvedReferences = { values: [], seeds: {}, inputs: {} };
