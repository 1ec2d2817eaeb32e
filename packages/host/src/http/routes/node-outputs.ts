import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { summarizeValue } from "@inlay/engine";
import { hash } from "node:crypto";
import { isPicture } from "../../runs/is-picture.ts";
import { previewSide } from "../../runs/previews.ts";
import type { HttpEnvironment } from "../environment.ts";
import { outputGone, outputValue } from "../output-value.ts";
import { failure, refuseInvalid } from "../schemas.ts";
import { sendBytes } from "../send-bytes.ts";
import type { ServerParts } from "../server-parts.ts";

const Place = z.object({ id: z.string().max(64), node: z.string().max(1000), output: z.string().max(100) });
const Item = z.object({ index: z.coerce.number().int().min(0).max(100_000).default(0) });

const whole = createRoute({
  method: "get",
  path: "/api/runs/{id}/nodes/{node}/outputs/{output}",
  summary: "What a node gave: pictures and masks as PNG, everything else as JSON",
  request: { params: Place, query: Item },
  responses: { 200: { description: "The value, of a list the item `index`." }, ...failure },
});

const preview = createRoute({
  method: "get",
  path: "/api/runs/{id}/nodes/{node}/outputs/{output}/preview",
  summary: "A small copy of a picture that a node gave",
  request: { params: Place, query: Item },
  responses: { 200: { description: "WebP of at most 256 pixels a side." }, ...failure },
});

/** The values between the nodes, for people who want to see them. */
export function nodeOutputRoutes(parts: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { runs, previews, runtime } = parts;
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  const valueOf = (run: string, node: string, output: string, index: number): Promise<unknown> =>
    outputValue(parts, { run, node, output, index });

  app.openapi(whole, async (c) => {
    const { id, node, output } = c.req.valid("param");
    const run = await runs.get(id, c.get("client"));
    const value = await valueOf(run.id, node, output, c.req.valid("query").index);
    if (!isPicture(value)) return c.json(asJson(value), 200) as never;
    const bytes = await runtime.pictures.encode(value);
    return sendBytes(c, bytes, { etag: `"${hash("sha256", bytes)}"` }) as never;
  });

  app.openapi(preview, async (c) => {
    const { id, node, output } = c.req.valid("param");
    const { index } = c.req.valid("query");
    const run = await runs.get(id, c.get("client"));
    const kept = await previews.get({ run: run.id, node, output, item: index });
    const bytes = kept ?? (await makeNow(await valueOf(run.id, node, output, index)));
    if (!bytes) throw outputGone(node, output);
    return sendBytes(c, bytes, { etag: `"${hash("sha256", bytes)}"` }) as never;
  });

  const makeNow = async (value: unknown): Promise<Uint8Array | undefined> =>
    isPicture(value) ? runtime.pictures.preview(value, previewSide) : undefined;

  return app;
}

/** Lists keep their values; pixels in them are told by their size. */
function asJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === "object" && value !== null && "kind" in value) return summarizeValue(value);
  return value ?? null;
}
