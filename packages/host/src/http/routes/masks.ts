import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { ImageValue } from "@inlay/engine";
import { isPicture } from "../../runs/is-picture.ts";
import { decodedPictures } from "../decoded-pictures.ts";
import type { HttpEnvironment } from "../environment.ts";
import { httpError } from "../http-error.ts";
import { outputGone, outputValue } from "../output-value.ts";
import { failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";
import { takeStrokes } from "../take-strokes.ts";

const Source = z
  .union([
    z.strictObject({ file: z.string().max(1000) }),
    z.strictObject({ run: z.string().max(64), node: z.string().max(1000), output: z.string().max(100) }),
  ])
  .openapi("PictureSource", { description: "A picture file of the workspace, or what a node gave in a run." });

const Span = z.tuple([z.number(), z.number(), z.number()]);

const similar = createRoute({
  method: "post",
  path: "/api/masks/similar",
  summary: "The pixels of about one colour, from the picture's raw pixels",
  request: {
    body: jsonBody(
      z.strictObject({
        source: Source,
        point: z.tuple([z.int().min(0), z.int().min(0)]).optional(),
        tolerance: z.number().min(0).max(255).default(32),
        contiguous: z.boolean().default(true),
      }),
    ),
  },
  responses: {
    200: json(
      z.object({ width: z.number(), height: z.number(), spans: z.array(Span) }),
      "Spans of rows, as strokes of a mask keep them. Without a point none: the pixels are only made ready.",
    ),
    ...failure,
  },
});

const strokes = {
  method: "post",
  path: "/api/masks/strokes",
  summary: "Keep a long list of strokes as a file beside the workflows, as an asset",
  request: {
    query: z.object({ name: z.string().max(100) }),
    body: {
      required: true,
      content: { "application/gzip": { schema: z.any().openapi({ type: "string", format: "binary" }) } },
    },
  },
  responses: {
    201: json(
      z.object({ sha256: z.string(), size: z.number(), path: z.string() }).openapi("KeptStrokes"),
      "It is kept; the same bytes are kept once.",
    ),
    ...failure,
  },
} as const;

/** What the mask editor asks of the server. */
export function maskRoutes(parts: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { runs, runtime, workspace } = parts;
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  const decoded = decodedPictures(workspace.dir, runtime.pictures);

  const pixelsOf = async (source: z.infer<typeof Source>, client: string): Promise<ImageValue> => {
    if ("file" in source) return decoded.get(source.file);
    const { id } = await runs.get(source.run, client);
    const value = await outputValue(parts, { run: id, node: source.node, output: source.output });
    if (isPicture(value) && value.kind === "image") return value;
    throw outputGone(source.node, source.output);
  };

  app.openapi(similar, async (c) => {
    const { source, point, tolerance, contiguous } = c.req.valid("json");
    const image = await pixelsOf(source, c.get("client"));
    const found = point ? await runtime.pictures.similar(image, { point, tolerance, contiguous }) : [];
    const body = JSON.stringify({ width: image.width, height: image.height, spans: found });
    return c.body(body, 200, { "Content-Type": "application/json" }) as never;
  });

  app.openAPIRegistry.registerPath(strokes);
  app.post("/api/masks/strokes", async (c) => {
    const name = c.req.query("name") ?? "";
    if (!/^[\w-]{1,100}$/.test(name))
      throw httpError("request.invalid", "`name` is not made of letters, digits, `-` and `_`.", { received: name });
    return c.json(await takeStrokes(c, runtime, name), 201);
  });
  return app;
}
