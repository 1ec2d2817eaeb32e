import { errorData } from "../errors.ts";
import type { Signal } from "../host.ts";
import type { JsonValue } from "../json.ts";
import type { Plan } from "../plan/plan.ts";
import type { RunCounts } from "./events.ts";
import type { ExecutionResult } from "./execution.ts";
import { isPartial } from "./list-items.ts";
import type { Purchases } from "../money/purchases.ts";
import { summarizeValue } from "./summarize-value.ts";
import type { RunValues } from "./value-store.ts";
import type { RunResult } from "./run-options.ts";

/** The counts of a run in which nothing has happened. */
export const nothing: RunCounts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };

/** What went wrong before any node started. */
export function resultOfError(error: unknown, { aborted, reason }: Signal): RunResult {
  const errors = aborted && error === reason ? [] : [errorData(error)];
  return { status: aborted ? "cancelled" : "failed", outputs: {}, errors, counts: nothing };
}

/** A JSON summary of each output. */
export function summarize(outputs: RunResult["outputs"]): Record<string, JsonValue> {
  const summary: Record<string, JsonValue> = {};
  for (const name in outputs) summary[name] = summarizeValue(outputs[name]);
  return summary;
}

/** The values of the named outputs, all of them in memory, and how the run ended. */
export async function resultOf(
  plan: Plan,
  { values, errors, counts }: ExecutionResult,
  aborted: boolean,
  { store, purchases: { costUsd } }: { readonly store: RunValues; readonly purchases: Purchases },
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
