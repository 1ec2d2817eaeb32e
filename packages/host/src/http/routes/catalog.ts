import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { hash } from "node:crypto";
import type { HttpEnvironment } from "../environment.ts";
import { isCurrent } from "../if-none-match.ts";
import { failure, json } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const catalog = createRoute({
  method: "get",
  path: "/api/catalog",
  summary: "Every node that can be used",
  responses: {
    200: json(
      z.object({ packs: z.looseObject({}), nodes: z.record(z.string(), z.looseObject({})) }).openapi("NodeCatalog"),
      "The node descriptions by type, and the packs that they come from.",
    ),
    304: { description: "The caller has it." },
    ...failure,
  },
});

/** The node catalogue, as text made once. */
export function catalogRoutes({ catalog: nodes }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const text = JSON.stringify(nodes);
  const etag = `"${hash("sha256", text)}"`;
  const app = new OpenAPIHono<HttpEnvironment>();
  app.openapi(catalog, (c) => {
    c.header("ETag", etag);
    c.header("Cache-Control", "no-cache");
    if (isCurrent(c.req.header("if-none-match"), etag)) return c.body(null, 304);
    // Already JSON, and not to be made again for each request.
    return c.body(text, 200, { "Content-Type": "application/json" }) as never;
  });
  return app;
}
