import { z } from "@hono/zod-openapi";
import { metadataLevels } from "@inlay/engine";
import type { NodeRecord, RunRecord } from "../runs/run-record.ts";
import type { Webhook } from "../webhooks/webhook-store.ts";
import { Service } from "./schemas.ts";
import type { ServerParts } from "./server-parts.ts";

const phases = ["queued", "running", "cancelling", "succeeded", "failed", "cancelled", "interrupted"] as const;
export const Phase = z.enum(phases).openapi("RunStatus");

const ErrorData = z.looseObject({ code: z.string(), message: z.string() }).openapi("ErrorData");
const Summary = z.record(z.string(), z.any());

const RunNode = z
  .object({
    node: z.string(),
    status: z.enum(["running", "succeeded", "cached", "failed", "skipped"]),
    ms: z.number().optional(),
    from: z.enum(["memory", "disk", "run"]).optional(),
    progress: z.object({ value: z.number(), total: z.number(), note: z.string().optional() }).optional(),
    remote: z
      .object({ state: z.string(), requestId: z.string().optional(), queuePosition: z.number().optional() })
      .optional(),
    costUsd: z.number().optional(),
    error: ErrorData.optional(),
    outputs: Summary.optional(),
  })
  .openapi("RunNode");

const WebhookView = z
  .object({
    host: z.string().openapi({ description: "The receiver; its whole address may hold a secret and is never told." }),
    state: z.enum(["waiting", "delivered", "failed"]),
    attempts: z.number(),
    next: z.iso.datetime().optional().openapi({ description: "When it is tried again." }),
    delivered: z.iso.datetime().optional(),
    error: ErrorData.optional().openapi({ description: "Why the last attempt failed." }),
  })
  .openapi("Webhook");

/** A run as clients see it. */
export const Run = z
  .object({
    id: z.string(),
    status: Phase,
    workflow: z.object({ sha256: z.string(), name: z.string(), file: z.string().optional() }),
    inputs: Summary,
    targets: z.array(z.string()).optional(),
    service: Service.optional().openapi({ description: "Where its paid jobs go." }),
    maxPaid: z.number().optional(),
    budgetUsd: z.number().optional(),
    failFast: z.boolean().optional(),
    metadata: z.enum(metadataLevels).optional(),
    from: z.array(z.string()).optional(),
    again: z.array(z.string()).optional(),
    order: z.string().optional().openapi({ description: "The run whose order of `again` this one repeats." }),
    retryOf: z.string().optional(),
    priority: z.number(),
    place: z.number().optional().openapi({ description: "While it waits: 1 is the next of the client's." }),
    attempt: z.number(),
    pinned: z.boolean(),
    created: z.iso.datetime(),
    started: z.iso.datetime().optional(),
    finished: z.iso.datetime().optional(),
    ms: z.number().optional(),
    counts: z
      .object({
        executed: z.number(),
        cached: z.number(),
        failed: z.number(),
        skipped: z.number(),
        paid: z.number(),
        costUsd: z.number().optional(),
        pinned: z.number().optional().openapi({ description: "Nodes whose outputs the file pins." }),
      })
      .optional(),
    costUsd: z.number().optional(),
    seeds: z.record(z.string(), z.number()),
    outputs: Summary,
    files: z.array(
      z.object({
        node: z.string(),
        role: z.enum(["result", "preview"]),
        path: z.string().optional(),
        sha256: z.string(),
        size: z.number(),
        mime: z.string(),
      }),
    ),
    webhook: WebhookView.optional(),
    error: ErrorData.optional(),
    eventId: z.number().openapi({ description: "The place of the last event that is told here." }),
    nodes: z.array(RunNode).optional(),
  })
  .openapi("Run");

type RunView = z.infer<typeof Run>;

/** What is told of a run beside itself. */
interface RunDetails {
  readonly nodes?: readonly NodeRecord[];
  /** The runs of its client that wait, in their order. */
  readonly waiting?: readonly string[];
  readonly webhook?: Webhook | undefined;
}

/** What clients are told of a run. */
export function runView(run: RunRecord, { nodes, waiting, webhook }: RunDetails = {}): RunView {
  const place = run.status === "queued" ? (waiting?.indexOf(run.id) ?? -1) + 1 : 0;
  const {
    created,
    started,
    finished,
    client: _client,
    seq: _seq,
    stalled: _stalled,
    submitted: _submitted,
    isPinned,
    request,
    ...same
  } = run;
  const view = {
    ...same,
    ...request,
    pinned: isPinned,
    ...(place > 0 && { place }),
    ...(webhook && { webhook: webhookView(webhook) }),
    created: iso(created),
    ...(started !== undefined && { started: iso(started) }),
    ...(finished !== undefined && { finished: iso(finished) }),
    ...(nodes && { nodes: nodes.map(({ key: _key, ...node }) => node) }),
  };
  return view as RunView;
}

/** Views of runs with their place in the queue and their webhook. */
export function runViewer({ queue, webhooks }: Pick<ServerParts, "queue" | "webhooks">) {
  return async (run: RunRecord, nodes?: readonly NodeRecord[]): Promise<RunView> => {
    const waiting = run.status === "queued" ? await queue.waiting(run.client) : [];
    return runView(run, { waiting, webhook: webhooks.get(run.id), ...(nodes && { nodes }) });
  };
}

function webhookView({ url, state, attempts, nextAt, deliveredAt, error }: Webhook): z.infer<typeof WebhookView> {
  return {
    host: new URL(url).host,
    state,
    attempts,
    ...(nextAt !== undefined && { next: iso(nextAt) }),
    ...(deliveredAt !== undefined && { delivered: iso(deliveredAt) }),
    ...(error && { error: { ...error } }),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
