import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EngineError } from "@inlay/engine";
import { isEnded } from "../../runs/run-record.ts";
import { notEnded } from "../../runs/run-service.ts";
import { defined } from "../defined.ts";
import type { HttpEnvironment } from "../environment.ts";
import { Run, runViewer } from "../run-view.ts";
import { failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const Id = z.object({ id: z.string().max(64) });

const cancel = createRoute({
  method: "post",
  path: "/api/runs/{id}/cancel",
  summary: "Stop a run",
  request: { params: Id },
  responses: { 202: json(Run, "It stops, or has stopped."), ...failure },
});

const move = createRoute({
  method: "patch",
  path: "/api/runs/{id}",
  summary: "Give a run that waits another priority or place",
  request: {
    params: Id,
    body: jsonBody(
      z
        .strictObject({
          priority: z.int().min(-10).max(10).optional(),
          place: z.int().min(1).max(1_000_000).optional().openapi({ description: "1 is the next of the client's." }),
        })
        .refine(({ priority, place }) => priority !== undefined || place !== undefined, {
          message: "Give `priority`, `place`, or both.",
        }),
    ),
  },
  responses: { 200: json(Run, "The run where it waits now."), ...failure },
});

const retry = createRoute({
  method: "post",
  path: "/api/runs/{id}/retry",
  summary: "Run the same again; what is finished is not run again",
  request: { params: Id },
  responses: { 202: json(Run, "The new run."), ...failure },
});

const tellAgain = createRoute({
  method: "post",
  path: "/api/runs/{id}/webhook",
  summary: "Tell the run's webhook again, also one that was given up or has been told",
  request: { params: Id },
  responses: { 202: json(Run, "It is being told."), ...failure },
});

const pin = createRoute({
  method: "put",
  path: "/api/runs/{id}/pinned",
  summary: "Keep a run from being removed",
  request: { params: Id, body: jsonBody(z.object({ pinned: z.boolean() })) },
  responses: { 200: json(Run, "The run."), ...failure },
});

/** What is done with a run that is there: moved, stopped, repeated, told, kept. */
export function runChangeRoutes(parts: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { runs, store, sender } = parts;
  const seen = runViewer(parts);
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  app.openapi(move, async (c) => {
    const run = await runs.move(c.req.valid("param").id, c.get("client"), defined(c.req.valid("json")));
    return c.json(await seen(run), 200);
  });

  app.openapi(cancel, async (c) =>
    c.json(await seen(await runs.cancel(c.req.valid("param").id, c.get("client"))), 202),
  );

  app.openapi(retry, async (c) => c.json(await seen(await runs.retry(c.req.valid("param").id, c.get("client"))), 202));

  app.openapi(tellAgain, async (c) => {
    const run = await runs.get(c.req.valid("param").id, c.get("client"));
    if (!isEnded(run.status)) throw notEnded(run.id);
    if (!sender.again(run.id)) throw noWebhook(run.id);
    return c.json(await seen(run), 202);
  });

  app.openapi(pin, async (c) => {
    const { id } = await runs.get(c.req.valid("param").id, c.get("client"));
    const pinned = await store.pin(id, c.req.valid("json").pinned);
    return c.json(await seen(pinned!), 200);
  });
  return app;
}

function noWebhook(id: string): EngineError {
  const message = `The run \`${id}\` was started without a webhook.`;
  return new EngineError({ code: "run.no-webhook", message, received: id });
}
