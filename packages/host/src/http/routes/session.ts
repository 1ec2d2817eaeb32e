import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { basename } from "node:path";
import { closeSession, openSession } from "../authenticate.ts";
import type { HttpEnvironment } from "../environment.ts";
import { failure, json, jsonBody, refuseInvalid, Service } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const health = createRoute({
  method: "get",
  path: "/api/health",
  summary: "Whether the server is there",
  security: [],
  responses: {
    200: json(z.object({ status: z.literal("ok") }), "It is."),
    503: json(z.object({ status: z.literal("draining") }), "It is about to stop."),
  },
});

const session = createRoute({
  method: "get",
  path: "/api/session",
  summary: "Who asks, and what is open",
  responses: {
    200: json(
      z
        .object({
          client: z.string(),
          workspace: z.string(),
          version: z.string(),
          service: Service,
          services: z.array(Service),
        })
        .openapi("Session"),
      "The client, the name of the workspace's folder, the version of Inlay, where paid jobs go, and where they may go.",
    ),
    ...failure,
  },
});

const leave = createRoute({
  method: "delete",
  path: "/api/session",
  summary: "Make the cookie worthless",
  responses: { 204: { description: "It is." }, ...failure },
});

const enter = createRoute({
  method: "post",
  path: "/api/session",
  summary: "Exchange a one-time key for a cookie",
  security: [],
  request: { body: jsonBody(z.object({ key: z.string().max(200) })) },
  responses: { 204: { description: "The cookie is set." }, ...failure },
});

/** The only route that needs neither cookie nor token. */
export function healthRoutes({ runs }: ServerParts): OpenAPIHono<HttpEnvironment> {
  return new OpenAPIHono<HttpEnvironment>().openapi(health, (c) =>
    runs.isDraining ? c.json({ status: "draining" as const }, 503) : c.json({ status: "ok" as const }, 200),
  );
}

/** Who asks, and going away. */
export function sessionRoutes({
  access,
  port,
  workspace,
  version,
  settings,
  runtime,
}: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  const { names } = runtime.host.paid;
  app.openapi(session, (c) => {
    const services = { service: settings.service(names), services: [...names] };
    return c.json({ client: c.get("client"), workspace: basename(workspace.dir), version, ...services }, 200);
  });
  app.openapi(leave, async (c) => {
    await closeSession(c, access, port);
    return c.body(null, 204);
  });
  return app;
}

/** Coming in: the address that `inlay serve` prints, and the same for pages. */
export function entryRoutes({ access, port }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  app.openapi(enter, async (c) => {
    await openSession(c, access, { key: c.req.valid("json").key, port });
    return c.body(null, 204);
  });
  app.get("/open", async (c) => {
    // A look at the headers must not use the key up.
    if (c.req.method === "GET") await openSession(c, access, { key: c.req.query("key") ?? "", port });
    return c.redirect("/", 303);
  });
  return app;
}
