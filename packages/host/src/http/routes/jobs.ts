import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { JobRecord } from "@inlay/runcomfy";
import type { HttpEnvironment } from "../environment.ts";
import { ownerOnly } from "../authenticate.ts";
import { failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const Key = z.object({
  key: z.string().max(200).openapi({ description: "The job's key, its beginning, or a request id." }),
});

const Job = z
  .object({
    key: z.string(),
    state: z.string(),
    attempt: z.number(),
    provider: z.string(),
    model: z.string(),
    requestId: z.string().optional(),
    message: z.string().optional(),
    created: z.iso.datetime(),
    updated: z.iso.datetime(),
  })
  .openapi("RemoteJob");

const list = createRoute({
  method: "get",
  path: "/api/jobs",
  summary: "The paid jobs of the workspace",
  responses: { 200: json(z.object({ jobs: z.array(Job) }), "The latest change first."), ...failure },
});

const collect = createRoute({
  method: "post",
  path: "/api/jobs/{key}/collect",
  summary: "Fetch what a job has made, so that the next run has it; submits nothing",
  request: { params: Key },
  responses: {
    200: json(
      z.object({ key: z.string(), requestId: z.string(), files: z.number(), costUsd: z.number().optional() }),
      "What it has made is kept: the next run has it without asking.",
    ),
    ...failure,
  },
});

const attach = createRoute({
  method: "post",
  path: "/api/jobs/{key}/attach",
  summary: "Give a job in doubt the request id that a person found",
  request: { params: Key, body: jsonBody(z.strictObject({ requestId: z.string().max(128) })) },
  responses: { 200: json(Job, "The next run collects it."), ...failure },
});

const forget = createRoute({
  method: "post",
  path: "/api/jobs/{key}/forget",
  summary: "Free the key of a job that is over",
  request: { params: Key },
  responses: { 200: json(Job, "The next run may order it anew."), ...failure },
});

const resubmit = createRoute({
  method: "post",
  path: "/api/jobs/{key}/resubmit",
  summary: "Free the key of a job that may live: it may be paid twice",
  request: { params: Key, body: jsonBody(z.strictObject({ mayPayTwice: z.boolean() })) },
  responses: { 200: json(Job, "The next run orders and pays anew."), ...failure },
});

/** What was paid for, and the decisions that only a person can make. */
export function jobRoutes({ runtime }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { jobs } = runtime.host;
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  app.use("/api/jobs/*", ownerOnly);
  app.use("/api/jobs", ownerOnly);
  app.openapi(collect, async (c) => {
    const { key, requestId, paths, costUsd } = await jobs.collect(c.req.valid("param").key);
    return c.json({ key, requestId, files: paths.length, ...(costUsd !== undefined && { costUsd }) }, 200);
  });
  app.openapi(list, async (c) => c.json({ jobs: (await jobs.list()).map(jobView) }, 200));
  app.openapi(attach, async (c) => {
    const { requestId } = c.req.valid("json");
    return c.json(jobView(await jobs.attach(c.req.valid("param").key, requestId)), 200);
  });
  app.openapi(forget, async (c) => c.json(jobView(await jobs.forget(c.req.valid("param").key)), 200));
  app.openapi(resubmit, async (c) => {
    const { key } = c.req.valid("param");
    return c.json(jobView(await jobs.resubmit(key, c.req.valid("json"))), 200);
  });
  return app;
}

function jobView({ key, state, attempt, provider, model, requestId, message, createdAt, updatedAt }: JobRecord) {
  return {
    key,
    state,
    attempt,
    provider,
    model,
    ...(requestId !== undefined && { requestId }),
    ...(message !== undefined && { message }),
    created: new Date(createdAt).toISOString(),
    updated: new Date(updatedAt).toISOString(),
  };
}
