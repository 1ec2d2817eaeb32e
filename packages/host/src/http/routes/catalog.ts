import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ownerOnly } from "../authenticate.ts";
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

const reload = createRoute({
  method: "post",
  path: "/api/catalog/reload",
  summary: "Read the person's own nodes, the packs and the workspace's models anew",
  responses: {
    200: json(
      z.object({
        changed: z.boolean(),
        problems: z.array(z.object({ code: z.string(), message: z.string(), suggestion: z.string().optional() })),
      }),
      "Whether the catalogue is another one now, and which files and nodes cannot be used.",
    ),
    ...failure,
  },
});

/** The nodes that there are, and reading them anew. */
export function catalogRoutes({ catalog: known, runtime, announceCatalog }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>();
  app.openapi(catalog, (c) => {
    const { text, etag } = known();
    c.header("ETag", etag);
    c.header("Cache-Control", "no-cache");
    if (isCurrent(c.req.header("if-none-match"), etag)) return c.body(null, 304);
    // Already JSON, and not to be made again for each request.
    return c.body(text, 200, { "Content-Type": "application/json" }) as never;
  });

  app.use("/api/catalog/reload", ownerOnly);
  app.openapi(reload, async (c) => {
    const { isChanged, problems } = (await runtime.nodes?.reload()) ?? { isChanged: false, problems: [] };
    if (isChanged) announceCatalog();
    return c.json({ changed: isChanged, problems: problems.map(shown) }, 200);
  });
  return app;
}

function shown({ code, message, suggestion }: { code: string; message: string; suggestion?: string }) {
  return { code, message, ...(suggestion !== undefined && { suggestion }) };
}
