import { hash } from "node:crypto";
import { compilePlan, EngineError, openWorkflow, suggestName } from "@inlay/engine";
import type { Diagnostic, JsonValue, Plan, Preview, Workflow } from "@inlay/engine";
import type { Logger } from "pino";
import type { KeptFiles } from "../checkpoints/kept-files.ts";
import { ownerRuns } from "../process-owner.ts";
import type { ServiceName } from "../remote.ts";
import type { WebhookStore } from "../webhooks/webhook-store.ts";
import type { WebhookTargets } from "../webhooks/webhook-target.ts";
import { invalidWorkflow } from "../workflows/invalid-workflow.ts";
import type { WorkflowFolder } from "../workflows/workflow-folder.ts";
import { callerValues } from "./caller-values.ts";
import type { RunLog } from "./run-log.ts";
import type { RunQueue } from "./run-queue.ts";
import { isEnded } from "./run-record.ts";
import type { RunRecord, RunRequest } from "./run-record.ts";
import type { RunStore } from "./run-store.ts";
import type { RunWorker } from "./run-worker.ts";
import type { RunRuntime } from "./runtime.ts";
import type { WorkspaceSettings } from "./workspace-settings.ts";

/** What a client asks to be run. */
interface StartRequest extends RunRequest {
  readonly client: string;
  /** A file of the workspace, … */
  readonly file?: string;
  /** … or the workflow itself. */
  readonly workflow?: JsonValue;
  /** Where its end is told. */
  readonly webhook?: { readonly url: string };
  /** −10 … 10; higher goes first. */
  readonly priority?: number;
  /** The client's own name for this request: a second one with it is the same run. */
  readonly requestKey?: string;
}

/** The runs of a workspace, as its clients use them. A client reaches its own runs and no others. */
export interface RunService {
  /**
   * Accepts a run: when the promise resolves it is on disk and will be run, whatever happens to this process. Fails with
   * `workflow.invalid`, `workflow.not-found`, `named-input.unknown`, `input.type`, `file.*`, `service.unavailable`,
   * `url.*` for where its end is to be told, `queue.full`, or `server.draining`.
   */
  start(request: StartRequest): Promise<RunRecord>;
  /** What a run would do, found out without executing or submitting anything. Fails as `start` does. */
  preview(request: StartRequest): Promise<Preview>;
  /** Accepts a run of the same workflow, inputs and seeds as one that has ended. */
  retry(id: string, client: string): Promise<RunRecord>;
  /** Fails with `run.not-found`. */
  get(id: string, client: string): Promise<RunRecord>;
  /** Gives a run that waits another priority or place. Fails with `run.not-found` or `run.not-waiting`. */
  move(id: string, client: string, to: { readonly priority?: number; readonly place?: number }): Promise<RunRecord>;
  /** Stops a run wherever it stands. Fails with `run.not-found` or `run.ended`. */
  cancel(id: string, client: string): Promise<RunRecord>;
  /** The run when it has ended, or as it is after that many milliseconds, or when nobody waits any longer. */
  wait(id: string, client: string, ms: number, signal?: AbortSignal): Promise<RunRecord>;
  /** Lets what an earlier process has left go on: to be called once, before anything else. */
  recover(): Promise<void>;
  /** Accepts nothing more, and resolves when what is at work has ended. What waits goes on at the next start. */
  drain(): Promise<void>;
  readonly isDraining: boolean;
}

export interface RunServiceParts {
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly runLog: RunLog;
  readonly worker: RunWorker;
  readonly files: KeptFiles;
  readonly runtime: RunRuntime;
  readonly workflows: WorkflowFolder;
  readonly settings: WorkspaceSettings;
  readonly webhooks: WebhookStore;
  readonly webhookTargets: WebhookTargets;
  /** How many runs of one client may wait. */
  readonly maxWaiting: number;
  readonly log: Logger;
}

const idPattern = /^[0-9a-z]{1,64}$/;

export function runService(parts: RunServiceParts): RunService {
  const { store, queue, runLog, worker, runtime, workflows, settings, webhooks, maxWaiting, log } = parts;
  let isDraining = false;

  const get = async (id: string, client: string): Promise<RunRecord> => {
    const run = idPattern.test(id) ? await store.get(id) : undefined;
    if (run?.client === client) return run;
    throw new EngineError({ code: "run.not-found", message: `There is no run \`${id}\`.`, received: id });
  };

  /** By client, runs that are being accepted: not in the queue yet. */
  const accepting = new Map<string, number>();

  const accept = async (run: Parameters<RunStore["add"]>[0]): Promise<RunRecord> => {
    if (isDraining) throw draining();
    const { client } = run;
    const others = accepting.get(client) ?? 0;
    accepting.set(client, others + 1);
    try {
      if ((await queue.counts(client)).waiting + others >= maxWaiting) throw queueFull(maxWaiting);
      const added = await store.add(run);
      runLog.publish(added.events);
      if (added.isNew) {
        await queue.add({ run: added.run.id, client, priority: run.priority });
        worker.wake();
      }
      return added.run;
    } finally {
      accepting.set(client, accepting.get(client)! - 1);
    }
  };

  /** The service that was asked for, or the one that is meant when nobody asks. */
  const chosen = (asked: ServiceName | undefined): ServiceName => {
    const { paid } = runtime.host;
    if (asked !== undefined) paid.of(asked);
    return asked ?? settings.service(paid.names);
  };

  const read = async ({ file, workflow }: StartRequest): Promise<{ text: string; file?: string }> => {
    if (file !== undefined) {
      const { bytes, path } = await workflows.read(file);
      return { text: Buffer.from(bytes).toString("utf8"), file: path };
    }
    return { text: JSON.stringify(workflow ?? null) };
  };

  return {
    get,

    async start(request) {
      if (isDraining) throw draining();
      const { client, requestKey, priority = 0, webhook, file: _file, workflow: _workflow, ...asked } = request;
      const told = webhook && parts.webhookTargets.check(webhook.url).href;
      const service = chosen(asked.service);
      const { text, file } = await read(request);
      const { workflow } = await requireRunnable(file ?? "workflow", text, asked, runtime);
      requireKnownInputs(workflow, asked.inputs);
      await callerValues(workflow, asked.inputs, runtime.host);
      return accept({
        id: runtime.host.host.newRunId(),
        client,
        priority,
        created: Date.now(),
        text,
        workflow: {
          sha256: hash("sha256", text),
          name: workflow.name ?? "workflow",
          ...(file !== undefined && { file }),
        },
        request: { ...asked, service },
        ...(requestKey !== undefined && { requestKey }),
        ...(told !== undefined && { webhook: told }),
      });
    },

    async preview(request) {
      const services = runtime.host.servicesOf(chosen(request.service));
      const { text, file } = await read(request);
      const { engine, validate } = runtime;
      const { workflow, plan } = await requireRunnable(file ?? "workflow", text, request, { engine, validate });
      const inputs = await callerValues(workflow, request.inputs, runtime.host);
      const { from, again } = request;
      return engine.preview(plan, { services, inputs, ...(from && { from }), ...(again && { again }) });
    },

    async retry(id, client) {
      const { status, workflow, request, priority } = await get(id, client);
      if (!isEnded(status)) throw notEnded(id);
      chosen(request.service);
      const text = (await store.workflowText(workflow.sha256)) ?? "";
      const webhook = webhooks.get(id)?.url;
      const again = { id: runtime.host.host.newRunId(), client, priority, created: Date.now(), retryOf: id };
      // What was ordered once more is not ordered another time: the repeated run has the same order.
      const repeated = request.again ? { ...request, order: request.order ?? id } : request;
      return accept({ ...again, text, workflow, request: repeated, ...(webhook !== undefined && { webhook }) });
    },

    async move(id, client, to) {
      const { attempt } = await get(id, client);
      const priority = await queue.move(id, to);
      if (priority === undefined) throw notWaiting(id);
      runLog.tell({ run: id, attempt }, { type: "run.moved", priority });
      await runLog.flush();
      return get(id, client);
    },

    async cancel(id, client) {
      const { status, attempt } = await get(id, client);
      if (isEnded(status)) throw ended(id);
      const of = { run: id, attempt };
      if (await queue.remove(id)) {
        const counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
        runLog.tell(of, { type: "run.finished", run: id, status: "cancelled", ms: 0, counts, outputs: {} });
      } else worker.cancel(id, "cancelled by the client");
      // The engine tells that it is being cancelled, as soon as it hears of it.
      await new Promise((resolve) => setImmediate(resolve));
      await runLog.flush();
      return get(id, client);
    },

    async wait(id, client, ms, signal) {
      const first = await get(id, client);
      if (isEnded(first.status) || ms <= 0) return first;
      await untilLast(id, runLog, ms, signal);
      return get(id, client);
    },

    async recover() {
      await parts.files.sweep(async (run) => {
        const named = (await store.checkpoints(run)).map(({ file }) => file);
        return new Set(named.filter((file) => file !== undefined));
      });
      const freed = await queue.recover(ownerRuns);
      const statuses = ["queued", "running", "cancelling"] as const;
      for (const { id, client, priority } of (await store.list({ statuses, limit: 1_000_000 })).toReversed()) {
        // Accepted in the last moment of a process, before it was queued.
        if (!(await queue.has(id))) await queue.add({ run: id, client, priority });
      }
      if (freed.length > 0) log.info({ runs: freed.length }, "runs of an earlier process go on");
      worker.wake();
    },

    async drain() {
      isDraining = true;
      await worker.drain();
      await runLog.flush();
    },

    get isDraining() {
      return isDraining;
    },
  };
}

/** The workflow, when it can be run for these targets; the rules of its nodes are asked too. */
async function requireRunnable(
  place: string,
  text: string,
  { targets }: RunRequest,
  { engine: { catalog }, validate }: Pick<RunRuntime, "engine" | "validate">,
): Promise<{ readonly workflow: Workflow; readonly plan: Plan }> {
  const { workflow, diagnostics, locate } = openWorkflow(text, catalog);
  if (!workflow || hasErrors(diagnostics)) throw invalidWorkflow(place, diagnostics);
  const rules = locate(await validate(workflow));
  if (hasErrors(rules)) throw invalidWorkflow(place, rules);
  const { plan, diagnostics: planned } = compilePlan(workflow, catalog, targets ? { targets } : {});
  if (!plan) throw invalidWorkflow(place, planned);
  return { workflow, plan };
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function requireKnownInputs({ inputs }: Workflow, given: RunRequest["inputs"]): void {
  const names = Object.keys(inputs);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(inputs, name)) continue;
    const nearest = suggestName(name, names);
    throw new EngineError({
      code: "named-input.unknown",
      message: `The workflow has no named input \`${name}\`.`,
      input: name,
      expected: names.map((known) => `\`${known}\``).join(", ") || "no inputs",
      ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
    });
  }
}

/** Resolves with the last event of a run, after a time, or when nobody waits any longer. */
function untilLast(id: string, runLog: RunLog, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const stop = runLog.listen((events) => {
      if (events.some(({ run, isLast }) => isLast && run === id)) done();
    });
    signal?.addEventListener("abort", done, { once: true });
    if (signal?.aborted) done();
  });
}

function draining(): EngineError {
  return new EngineError({
    code: "server.draining",
    message: "The server is about to stop and accepts no more runs.",
    suggestion: "Ask again when it has started again.",
  });
}

function queueFull(most: number): EngineError {
  return new EngineError({
    code: "queue.full",
    message: `${most} runs of this client wait already.`,
    expected: `at most ${most} runs that wait`,
    suggestion: "Ask again when some of them have begun; `inlay serve --max-waiting` allows more.",
  });
}

function ended(id: string): EngineError {
  return new EngineError({ code: "run.ended", message: `The run \`${id}\` has ended already.`, received: id });
}

function notWaiting(id: string): EngineError {
  return new EngineError({
    code: "run.not-waiting",
    message: `The run \`${id}\` does not wait any more.`,
    received: id,
  });
}

export function notEnded(id: string): EngineError {
  return new EngineError({
    code: "run.active",
    message: `The run \`${id}\` has not ended yet.`,
    received: id,
    suggestion: "Wait for its end, or cancel it.",
  });
}
