import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { removeOldRuns } from "../../runs/remove-old-runs.ts";
import { collectGarbage, totalSize } from "../../storage/collect-garbage.ts";
import { ownerOnly } from "../authenticate.ts";
import type { HttpEnvironment } from "../environment.ts";
import { metricsText } from "../metrics.ts";
import { failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const metrics = createRoute({
  method: "get",
  path: "/api/metrics",
  summary: "Figures for Prometheus",
  responses: {
    200: { description: "Prometheus text.", content: { "text/plain": { schema: z.string() } } },
    ...failure,
  },
});

const gc = createRoute({
  method: "post",
  path: "/api/gc",
  summary: "Make room: old runs, results not used for longest, files that nothing refers to",
  request: {
    body: jsonBody(
      z.strictObject({
        maxBytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
        keepRuns: z.int().min(0).max(1_000_000).optional(),
      }),
    ),
  },
  responses: {
    200: json(
      z.object({ runs: z.number(), removed: z.number(), freed: z.number(), kept: z.number() }),
      "How many runs and files went, the bytes that are free now, and those that stay.",
    ),
    ...failure,
  },
});

const defaultMaxBytes = 5e9;
const defaultKeepRuns = 1000;

/** What keeps a server in order; for its owner only. */
export function upkeepRoutes(parts: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { workspace } = parts;
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  app.use("/api/metrics", ownerOnly);
  app.use("/api/gc", ownerOnly);
  app.openapi(metrics, async (c) => {
    c.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return c.body(await metricsText(parts)) as never;
  });
  app.openapi(gc, async (c) => {
    const { maxBytes = defaultMaxBytes, keepRuns = defaultKeepRuns } = c.req.valid("json");
    const runs = await removeOldRuns(parts, keepRuns);
    const report = await collectGarbage({ workspace, above: maxBytes, downTo: maxBytes, paid: false });
    const freed = totalSize(report.removed);
    return c.json({ runs, removed: report.removed.length, freed, kept: report.bytes - freed }, 200);
  });
  return app;
}
