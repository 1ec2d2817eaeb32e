import { compilePlan, EngineError, openWorkflow, summarizeValue } from "@inlay/engine";
import type { Engine, JsonValue, MadeOutputs, Plan, Run, RunServices, Workflow } from "@inlay/engine";
import type { Logger } from "pino";
import { attemptCheckpoints, neverCachedIn } from "../checkpoints/run-checkpoints.ts";
import type { KeptFiles } from "../checkpoints/kept-files.ts";
import { recordRun } from "../run-record/record-run.ts";
import { callerValues } from "./caller-values.ts";
import type { RunLog } from "./run-log.ts";
import type { RunRecord } from "./run-record.ts";
import type { NodeOutputsUpdate, RunStore } from "./run-store.ts";
import type { Previews } from "./previews.ts";
import { resumeRun } from "./resume-run.ts";
import type { RunRuntime } from "./runtime.ts";
import { toldEvent } from "./told-event.ts";

export interface AttemptParts {
  readonly run: RunRecord;
  readonly store: RunStore;
  readonly runLog: RunLog;
  readonly previews: Previews;
  readonly files: KeptFiles;
  readonly runtime: RunRuntime;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/**
 * Starts a run, or goes on with one that an earlier process has begun: what was finished then is found, and the seeds are
 * those of the first attempt. Fails as reading, planning and the caller's values do.
 */
export async function startAttempt(parts: AttemptParts): Promise<Run> {
  const { run, runLog, previews, store, runtime, signal } = parts;
  const { engine, host, prefetch } = runtime;
  const text = await store.workflowText(run.workflow.sha256);
  const { workflow } = openWorkflow(text ?? "", engine.catalog);
  if (!workflow) throw new EngineError({ code: "workflow.invalid", message: "The workflow cannot be read any more." });
  prefetch(workflow);
  const plan = planOf(workflow, run, engine);
  const isWriting = plan.nodes.some(({ description }) => description.isOutput);
  if (isWriting) await host.checkOutFolder();
  const inputs = await callerValues(workflow, run.request.inputs, host);
  const { inputs: _inputs, targets: _targets, service, ...options } = run.request;
  if (service !== undefined) host.paid.of(service);
  const services = service === undefined ? host.services : host.servicesOf(service);
  const of = { run: run.id, attempt: run.attempt };
  const checkpoints = await attemptCheckpoints(of, plan, parts);
  const { seeds, complete, events } = await resumeRun(run, plan, { ...parts, checkpoints });
  const neverCached = neverCachedIn(plan);
  // Which item of a list a file is of is not told.
  const singles = new Set(plan.nodes.filter(({ each }) => each === undefined).map(({ id }) => id));
  const isWorthARecord = isWriting || plan.nodes.some(({ description }) => description.resource === "remote");
  const record = { inputs: run.request.inputs, ...(service !== undefined && { service }) };
  const recorder = isWorthARecord ? recordRun(host.workspace, record) : undefined;
  for (const event of events) recorder?.add(event);
  const begun = engine.run(plan, {
    id: run.id,
    services: withSeeds(services, seeds),
    inputs,
    signal,
    checkpoints,
    onEvent(made) {
      const event = complete(made);
      const { seq, time, ...body } = event;
      const told = toldEvent(body, host.workspace.dir);
      runLog.tell(of, told, time);
      recorder?.add({ seq, time, ...told });
      if (event.type === "node.file" && event.shows !== undefined && singles.has(event.node))
        previews.link(event.sha256, { run: run.id, node: event.node, output: event.shows });
    },
    onOutputs(made) {
      // The engine keeps these from no run to the next, but people want to see them.
      const taken = neverCached.get(made.node);
      if (taken) void runtime.cache.set(made.key, made.outputs, { ms: 0, paid: false });
      runLog.tellOutputs(of, updateOf(made));
      previews.take(run.id, made);
    },
    ...options,
  });
  // The run is over when its record says so, too.
  const recorded = begun.finished.then(async (result) => (await recorder?.finished(), result));
  return { ...begun, finished: recorded };
}

function planOf(workflow: Workflow, { request: { targets } }: RunRecord, engine: Engine): Plan {
  const { plan, diagnostics } = compilePlan(workflow, engine.catalog, targets ? { targets } : {});
  if (plan) return plan;
  const [first] = diagnostics;
  throw new EngineError({
    code: "workflow.invalid",
    message: first?.message ?? "The workflow cannot be planned.",
    diagnostics,
  });
}

/** A seed that was drawn stays what it was. */
function withSeeds(services: RunServices, seeds: Readonly<Record<string, number>>): RunServices {
  return {
    ...services,
    nextSeed: (mode, place) => (Object.hasOwn(seeds, place) ? seeds[place]! : services.nextSeed(mode, place)),
  };
}

function updateOf({ node, key, outputs }: MadeOutputs): NodeOutputsUpdate {
  const summary: Record<string, JsonValue> = {};
  for (const name in outputs) summary[name] = summarizeValue(outputs[name]);
  return { node, key, summary };
}
