import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { metadataLevels } from "@inlay/engine";
import { isEnded } from "../../runs/run-record.ts";
import type { RunRecord } from "../../runs/run-record.ts";
import type { RunService } from "../../runs/run-service.ts";
import { defined } from "../defined.ts";
import type { HttpEnvironment } from "../environment.ts";
import { httpError } from "../http-error.ts";
import { jsonMember } from "../json-member.ts";
import { failure, json, jsonBody, refuseInvalid, Service } from "../schemas.ts";
import { Phase, Run, runView, runViewer } from "../run-view.ts";
import type { ServerParts } from "../server-parts.ts";

const mostWaitSeconds = 60;
const Id = z.object({ id: z.string().max(64) });
const Wait = z.object({ wait: z.coerce.number().min(0).max(mostWaitSeconds).optional() });

const StartBody = z
  .strictObject({
    file: z.string().max(1000).optional(),
    workflow: jsonMember().optional(),
    inputs: jsonMember().default({}),
    service: Service.optional().openapi({ description: "Where paid jobs go; default: the workspace's choice." }),
    targets: z.array(z.string().max(200)).min(1).max(10_000).optional(),
    maxPaid: z.int().min(0).max(1_000_000).optional(),
    budgetUsd: z.number().min(0).max(1e9).optional(),
    failFast: z.boolean().optional(),
    metadata: z.enum(metadataLevels).optional().openapi({
      description:
        "What saved pictures say about how they were made: `graph` is the workflow alone. Default: as each save node is set.",
    }),
    from: z.array(z.string().max(200)).max(10_000).optional(),
    again: z.array(z.string().max(200)).max(1000).optional().openapi({
      description: "Paid nodes whose jobs are ordered and paid once more, though the same were paid before.",
    }),
    priority: z.int().min(-10).max(10).optional(),
    webhook: z
      .strictObject({ url: z.string().max(2000) })
      .optional()
      .openapi({ description: "Told when the run has ended." }),
  })
  .refine(({ file, workflow }) => (file === undefined) !== (workflow === undefined), {
    message: "A run takes either `file` or `workflow`.",
  })
  .openapi("RunRequest");

const start = createRoute({
  method: "post",
  path: "/api/runs",
  summary: "Run a workflow",
  request: {
    headers: z.object({ "idempotency-key": z.string().min(1).max(128).optional() }),
    query: Wait,
    body: jsonBody(StartBody),
  },
  responses: {
    200: json(Run, "It has ended, within the time that was waited."),
    202: json(Run, "It is on disk and will be run."),
    ...failure,
  },
});

const plan = createRoute({
  method: "post",
  path: "/api/plan",
  summary: "What a run would do and cost, without running it",
  request: { body: jsonBody(StartBody) },
  responses: {
    200: json(
      z
        .looseObject({
          nodes: z.array(z.looseObject({ node: z.string(), action: z.string(), paid: z.number() })),
          counts: z.looseObject({ execute: z.number(), cached: z.number(), paid: z.number() }),
          isExact: z.boolean(),
          estimateUsd: z.number().optional(),
          problems: z.array(z.looseObject({ code: z.string(), message: z.string() })),
        })
        .openapi("Plan"),
      "The engine's preview: what each node would do, how many paid jobs there would be, and what they cost.",
    ),
    ...failure,
  },
});

const list = createRoute({
  method: "get",
  path: "/api/runs",
  summary: "The client's runs, the newest first",
  request: {
    query: z.object({
      status: z.string().max(200).optional(),
      file: z.string().max(1000).optional(),
      text: z.string().max(200).optional().openapi({ description: "Stands in name, file, inputs or error." }),
      before: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(
      z.object({ runs: z.array(Run), next: z.string().optional() }),
      "`next` is the `before` of the next page.",
    ),
    ...failure,
  },
});

const read = createRoute({
  method: "get",
  path: "/api/runs/{id}",
  summary: "A run with its nodes",
  request: { params: Id, query: Wait },
  responses: { 200: json(Run, "The run."), ...failure },
});

const workflow = createRoute({
  method: "get",
  path: "/api/runs/{id}/workflow",
  summary: "The exact workflow that ran",
  request: { params: Id },
  responses: { 200: json(z.looseObject({}), "The workflow's text."), ...failure },
});

/** Runs: started, foreseen, listed and read. */
export function runRoutes(parts: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { runs, store, queue, webhooks } = parts;
  const seen = runViewer(parts);
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  app.openapi(start, async (c) => {
    const requestKey = c.req.valid("header")["idempotency-key"];
    const asked = defined(c.req.valid("json"));
    const client = c.get("client");
    const run = await runs.start({ ...asked, client, ...(requestKey !== undefined && { requestKey }) });
    const { wait } = c.req.valid("query");
    const now = wait ? await awaited(c, runs, run, wait) : run;
    c.header("Location", `/api/runs/${run.id}`);
    return c.json(await seen(now), isEnded(now.status) ? 200 : 202);
  });

  app.openapi(plan, async (c) => {
    const preview = await runs.preview({ ...defined(c.req.valid("json")), client: c.get("client") });
    return c.json(preview as never, 200);
  });

  app.openapi(list, async (c) => {
    const { status, limit, file, text, before } = c.req.valid("query");
    const statuses = status?.split(",").map(phaseOf);
    const found = await store.list({
      client: c.get("client"),
      limit: limit + 1,
      ...(statuses && { statuses }),
      ...(file !== undefined && { file }),
      ...(text !== undefined && { text }),
      ...(before !== undefined && { before }),
    });
    const page = found.slice(0, limit);
    const told = webhooks.of(page.map(({ id }) => id));
    const waiting = page.some((run) => run.status === "queued") ? await queue.waiting(c.get("client")) : [];
    const next = found.length > limit ? page.at(-1)?.id : undefined;
    return c.json(
      {
        runs: page.map((run) => runView(run, { waiting, webhook: told.get(run.id) })),
        ...(next !== undefined && { next }),
      },
      200,
    );
  });

  app.openapi(read, async (c) => {
    const run = await runs.get(c.req.valid("param").id, c.get("client"));
    const { wait } = c.req.valid("query");
    const now = wait ? await awaited(c, runs, run, wait) : run;
    return c.json(await seen(now, await store.nodes(run.id)), 200);
  });

  app.openapi(workflow, async (c) => {
    const run = await runs.get(c.req.valid("param").id, c.get("client"));
    const text = (await store.workflowText(run.workflow.sha256)) ?? "null";
    c.header("ETag", `"${run.workflow.sha256}"`);
    return c.body(text, 200, { "Content-Type": "application/json" }) as never;
  });

  return app;
}

/** The run at its end, or as it is when the time is over or the client has gone. */
function awaited(c: Context<HttpEnvironment>, runs: RunService, run: RunRecord, seconds: number): Promise<RunRecord> {
  const gone = new AbortController();
  c.env.outgoing.once("close", () => gone.abort());
  return runs.wait(run.id, c.get("client"), seconds * 1000, gone.signal);
}

function phaseOf(text: string): z.infer<typeof Phase> {
  const { data } = Phase.safeParse(text.trim());
  if (data) return data;
  const expected = Phase.options.join(", ");
  throw httpError("request.invalid", "`status` names no status of runs.", { expected, received: text });
}
