import { compilePlan, EngineError, openWorkflow, summarizeValue } from "@inlay/engine";
import type { JsonValue, MadeOutputs, Plan, Run, RunServices, Workflow } from "@inlay/engine";
import type { Logger } from "pino";
import { decodeOutputs, encodableOutputs } from "../result-cache/encode-outputs.ts";
import { recordRun } from "../run-record/record-run.ts";
import { callerValues } from "./caller-values.ts";
import type { RunLog } from "./run-log.ts";
import type { RunRecord } from "./run-record.ts";
import type { NodeOutputsUpdate, RunStore } from "./run-store.ts";
import type { Previews } from "./previews.ts";
import type { RunRuntime } from "./runtime.ts";
import { toldEvent } from "./told-event.ts";

export interface AttemptParts {
  readonly run: RunRecord;
  readonly store: RunStore;
  readonly runLog: RunLog;
  readonly previews: Previews;
  readonly runtime: RunRuntime;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Results up to this size are kept with the run; larger ones only if the cache on disk keeps them. */
const mostCheckpointBytes = 256 * 1024;

/**
 * Starts a run, or goes on with one that an earlier process has begun: what was finished then is put back into the cache,
 * and the seeds are those of the first attempt. Fails as reading, planning and the caller's values do.
 */
export async function startAttempt(parts: AttemptParts): Promise<Run> {
  const { run, store, runLog, previews, runtime, signal } = parts;
  const { engine, host, prefetch } = runtime;
  const text = await store.workflowText(run.workflow.sha256);
  const { workflow } = openWorkflow(text ?? "", engine.catalog);
  if (!workflow) throw new EngineError({ code: "workflow.invalid", message: "The workflow cannot be read any more." });
  prefetch(workflow);
  const plan = planOf(workflow, run, runtime);
  const isWriting = plan.nodes.some(({ description }) => description.isOutput);
  if (isWriting) await host.checkOutFolder();
  const inputs = await callerValues(workflow, run.request.inputs, host);
  const { inputs: _inputs, targets: _targets, service, ...options } = run.request;
  if (service !== undefined) host.paid.of(service);
  const services = service === undefined ? host.services : host.servicesOf(service);
  const seeds = await restore(parts);
  const of = { run: run.id, attempt: run.attempt };
  const neverCached = new Set(
    plan.nodes.filter(({ description }) => description.cache === "never").map(({ id }) => id),
  );
  const isWorthARecord = isWriting || plan.nodes.some(({ description }) => description.resource === "remote");
  const recorder = isWorthARecord ? recordRun(host.workspace) : undefined;
  return engine.run(plan, {
    id: run.id,
    services: withSeeds(services, seeds),
    inputs,
    signal,
    onEvent(event) {
      const { seq: _seq, time, ...body } = event;
      runLog.tell(of, toldEvent(body, host.workspace.dir), time);
      recorder?.add(event);
    },
    onOutputs(made) {
      // The engine keeps these from no run to the next, but people want to see them.
      if (neverCached.has(made.node)) void runtime.cache.set(made.key, made.outputs, { ms: 0, paid: false });
      runLog.tellOutputs(of, updateOf(made));
      previews.take(run.id, made);
    },
    ...options,
  });
}

function planOf(workflow: Workflow, { request: { targets } }: RunRecord, { engine }: RunRuntime): Plan {
  const { plan, diagnostics } = compilePlan(workflow, engine.catalog, targets ? { targets } : {});
  if (plan) return plan;
  const [first] = diagnostics;
  throw new EngineError({
    code: "workflow.invalid",
    message: first?.message ?? "The workflow cannot be planned.",
    diagnostics,
  });
}

/** Puts back what earlier attempts, and the run that this one repeats, had finished. @returns the seeds to use again */
async function restore({ run, store, runtime, log }: AttemptParts): Promise<Readonly<Record<string, number>>> {
  const earlier = run.retryOf === undefined ? undefined : await store.get(run.retryOf);
  for (const id of [earlier?.id, run.attempt > 1 ? run.id : undefined]) {
    if (id === undefined) continue;
    const checkpoints = await store.checkpoints(id);
    for (const { key, outputs } of checkpoints) {
      const decoded = decodeOutputs(outputs);
      if (decoded) await runtime.cache.set(key, decoded, { ms: 0, paid: false });
    }
    log.debug({ run: run.id, of: id, results: checkpoints.length }, "results put back");
  }
  return { ...earlier?.seeds, ...run.seeds };
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
  const encodable = encodableOutputs(outputs);
  const isSmall = encodable !== undefined && encodable.byteLength <= mostCheckpointBytes;
  return { node, key, summary, ...(isSmall && { checkpoint: Buffer.concat(encodable.encode()) }) };
}
