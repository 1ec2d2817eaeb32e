import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { isEnded } from "../../runs/run-record.ts";
import type { HttpEnvironment } from "../environment.ts";
import { httpError } from "../http-error.ts";
import { failure, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const From = {
  headers: z.object({ "last-event-id": z.string().max(20).optional() }),
  query: z.object({ after: z.string().max(20).optional() }),
};
const stream = {
  description: "Server-Sent Events: `id` is the event's place, `data` the event as JSON.",
  content: { "text/event-stream": { schema: z.string() } },
};

const all = createRoute({
  method: "get",
  path: "/api/events",
  summary: "What happens in the client's runs, as it happens",
  request: From,
  responses: { 200: stream, ...failure },
});

const ofRun = createRoute({
  method: "get",
  path: "/api/runs/{id}/events",
  summary: "What happened and happens in one run",
  request: { params: z.object({ id: z.string().max(64) }), ...From },
  responses: {
    200: stream,
    204: { description: "The run has ended and the client knows its last event." },
    ...failure,
  },
});

/** Events, live and from before. */
export function eventRoutes({ runs, store, streams }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  app.openapi(all, async (c) => {
    const last = await store.lastEventId();
    return streams.open(c, { after: Math.min(placeOf(c) ?? last, last) }) as never;
  });
  app.openapi(ofRun, async (c) => {
    const { id, status, eventId } = await runs.get(c.req.valid("param").id, c.get("client"));
    const after = placeOf(c) ?? 0;
    // EventSource comes again after every end but this.
    if (isEnded(status) && after >= eventId) return c.body(null, 204);
    return streams.open(c, { after, run: id }) as never;
  });
  return app;
}

/** The place that a client says that it knows; a browser's own header counts more than the address. */
function placeOf(c: Context): number | undefined {
  const text = c.req.header("last-event-id") ?? c.req.query("after");
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw httpError("request.invalid", "The place to go on from is no number.", { received: text });
}
