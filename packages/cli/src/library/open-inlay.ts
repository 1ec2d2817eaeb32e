import { resolve } from "node:path";
import {
  compilePlan,
  describeWorkflow,
  EngineError,
  summarizeValue,
  type Engine,
  type ErrorData,
  type JsonValue,
  type MetadataLevel,
  type NodeCatalog,
  type NodePack,
  type Plan,
  type Preview,
  type RunEvent,
  type Workflow,
  type WorkflowDescription,
} from "@inlay/engine";
import { recordRun, type Host } from "@inlay/host";
import {
  checkedWorkflow,
  invalidWorkflow,
  loadWorkflow,
  pathOf,
  requireRules,
  requireValid,
} from "../load-workflow.ts";
import { callerInputs } from "./caller-inputs.ts";
import { openRuntime } from "./open-runtime.ts";
import { prefetchNodes } from "./prefetch-nodes.ts";
import { startRun, type InlayRun } from "./run-handle.ts";

export interface InlayOptions {
  /** The folder that workflow files and the paths in them are relative to. Default: the current folder. */
  readonly workspace?: string;
  /** Where saves go. Default: `outputs` in the workspace. */
  readonly out?: string;
  /** Use the local stand-in for RunComfy, which fills from the surroundings, ignores the prompt and costs nothing. */
  readonly sandbox?: boolean;
  /** Keep results on disk for later processes. Default true. */
  readonly cache?: boolean;
  /**
   * Bytes of results and imported files that the workspace keeps on disk. Default: what the environment's
   * `INLAY_CACHE_SIZE` or the person's configuration says, else 5 GB.
   */
  readonly cacheBytes?: number;
  /** Told about what does not end a run, such as a full disk. Default: a warning of the process. */
  readonly onWarning?: (problem: ErrorData) => void;
  /** More nodes than the built-in ones and the models in the workspace. */
  readonly packs?: readonly NodePack[];
  /** Where settings such as `RUNCOMFY_API_TOKEN` are read. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface InlayRunOptions {
  /** Named outputs or ids of nodes; default: every named output and every save. */
  readonly targets?: readonly string[];
  readonly signal?: AbortSignal;
  readonly failFast?: boolean;
  /**
   * Ids of nodes that run again with all behind them, though their results may be cached. A paid job among them is
   * collected again from its service and not bought again.
   */
  readonly from?: readonly string[];
  /**
   * Ids of paid nodes whose jobs are ordered and paid once more, with all behind them. The new result takes the place of
   * the old one, which stays at the service only.
   */
  readonly again?: readonly string[];
  /** How many paid jobs the run may submit. Default 10, or any number with a budget. */
  readonly maxPaid?: number;
  /**
   * What the run may spend, in US dollars. A job whose price would pass it is not submitted, nor is any after it: the run
   * keeps what is finished and rejects with `money/budget`.
   */
  readonly budgetUsd?: number;
  /**
   * What the saved pictures of this run say about how they were made, whatever the save nodes are set to: `full`, `graph`
   * (the workflow without the values of its inputs) or `none`. Default: as each node is set.
   */
  readonly metadata?: MetadataLevel;
  /** Gets every event as it happens, as iterating over the run does. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** An open workspace that runs workflows. */
export interface Inlay {
  readonly catalog: NodeCatalog;
  /**
   * Runs a workflow file (relative to the workspace) or a workflow in memory.
   *
   * After `close` it rejects with `usage.closed`.
   * @param inputs values of its named inputs; files as paths relative to the current folder
   */
  run(workflow: string | Workflow, inputs?: Readonly<Record<string, unknown>>, options?: InlayRunOptions): InlayRun;
  /**
   * What a run would do, node by node: executes and submits nothing. `isExact` is false when lists or choices show only
   * on the way; the counts are then the least that the run can come to.
   *
   * @example
   * const { counts } = await inlay.plan("workflow.json", { prompt: "an empty saucer" });
   * console.log(`${counts.paid} of ${counts.paid + counts.paidCached} jobs will be paid`);
   */
  plan(
    workflow: string | Workflow,
    inputs?: Readonly<Record<string, unknown>>,
    options?: Pick<InlayRunOptions, "targets" | "from" | "again" | "signal">,
  ): Promise<Preview>;
  /** The named inputs and outputs of a workflow. */
  describe(workflow: string | Workflow): Promise<WorkflowDescription>;
  /** Waits for what is still being written and lets go of files, sockets and the sandbox. */
  close(): Promise<void>;
}

/**
 * Opens a workspace. Two may be open at once; they share nothing.
 *
 * @example
 * const inlay = await openInlay({ workspace: "examples/remove-spoon", sandbox: true });
 * const { result } = await inlay.run("workflow.json", { prompt: "an empty saucer" });
 * await result.toFile("out.png");
 * await inlay.close();
 */
export async function openInlay(options: InlayOptions = {}): Promise<Inlay> {
  return (await openWithHost(options)).inlay;
}

/** An open workspace, and what it lends its runs. */
export async function openWithHost(options: InlayOptions): Promise<{ readonly inlay: Inlay; readonly host: Host }> {
  const workspace = resolve(options.workspace ?? ".");
  const runtime = await openRuntime({ onWarning: warnProcess, ...options, workspace });
  const { catalog, engine, host, packs } = runtime;

  let closed: Promise<void> | undefined;

  const load = async (workflow: string | Workflow): Promise<Workflow> => {
    if (typeof workflow !== "string") return checkedWorkflow(workflow, catalog);
    return requireValid(await loadWorkflow(resolve(workspace, workflow), catalog));
  };

  const inlay: Inlay = {
    catalog,
    async plan(workflow, inputs = {}, { targets, from, again, signal } = {}) {
      if (closed) throw alreadyClosed();
      const loaded = await load(workflow);
      await requireRules(loaded, packs);
      const plan = planOf(loaded, engine, targets);
      const given = await callerInputs(loaded, inputs, host);
      return engine.preview(plan, {
        services: host.services,
        inputs: given,
        ...(from !== undefined && { from }),
        ...(again !== undefined && { again }),
        ...(signal !== undefined && { signal }),
      });
    },
    describe: async (workflow) => describeWorkflow(await load(workflow), catalog),
    run: (workflow, inputs = {}, runOptions = {}) =>
      startRun(async (onEvent, signal) => {
        if (closed) throw alreadyClosed();
        const loaded = await load(workflow);
        prefetchNodes(loaded);
        await requireRules(loaded, packs);
        const plan = planOf(loaded, engine, runOptions.targets);
        if (writesResults(plan)) await host.checkOutFolder();
        const given = await callerInputs(loaded, inputs, host);
        const recorder = isWorthARecord(plan) ? recordRun(host.workspace, { inputs: shown(given) }) : undefined;
        const run = engine.run(plan, {
          ...engineRunOptions(runOptions),
          services: host.services,
          inputs: given,
          signal,
          onEvent: tee(tee(onEvent, recorder?.add), runOptions.onEvent),
        });
        return { run, record: run.finished.then(() => recorder?.finished()) };
      }, runOptions.signal),
    close() {
      closed ??= runtime.close();
      return closed;
    },
  };
  return { inlay, host };
}

function warnProcess({ code, message }: ErrorData): void {
  process.emitWarning(message, { type: "InlayWarning", code });
}

function planOf(workflow: Workflow, engine: Engine, targets: readonly string[] | undefined): Plan {
  const { plan, diagnostics } = compilePlan(workflow, engine.catalog, targets ? { targets } : {});
  if (plan) return plan;
  // What the caller asked for stands nowhere in the file.
  const found = diagnostics.map((diagnostic) =>
    diagnostic.code.startsWith("target.") ? { ...diagnostic, path: [] } : diagnostic,
  );
  throw invalidWorkflow(pathOf(workflow), found);
}

function alreadyClosed(): EngineError {
  return new EngineError({
    code: "usage.closed",
    message: "This Inlay has been closed and runs nothing any more.",
    suggestion: "Close it after its last run, or open another one.",
  });
}

/** Values of inputs as a record shows them: files by their names and hashes. */
function shown(given: Readonly<Record<string, unknown>>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, summarizeValue(value)]));
}

/** Whether a run may need the output folder; one that only computes runs without. */
function writesResults({ nodes }: Plan): boolean {
  return nodes.some(({ description }) => description.isOutput);
}

/** A run that only computes leaves nothing behind. */
function isWorthARecord(plan: Plan): boolean {
  return writesResults(plan) || plan.nodes.some(({ description }) => description.resource === "remote");
}

function engineRunOptions({
  failFast,
  maxPaid,
  budgetUsd,
  from,
  again,
  metadata,
}: InlayRunOptions): Pick<InlayRunOptions, "failFast" | "maxPaid" | "budgetUsd" | "from" | "again" | "metadata"> {
  return {
    ...(failFast !== undefined && { failFast }),
    ...(maxPaid !== undefined && { maxPaid }),
    ...(budgetUsd !== undefined && { budgetUsd }),
    ...(from !== undefined && { from }),
    ...(again !== undefined && { again }),
    ...(metadata !== undefined && { metadata }),
  };
}

function tee(
  first: (event: RunEvent) => void,
  second: ((event: RunEvent) => void) | undefined,
): (event: RunEvent) => void {
  if (!second) return first;
  return (event) => {
    first(event);
    second(event);
  };
}
