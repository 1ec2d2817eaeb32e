import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { HttpEnvironment } from "../environment.ts";
import { failure, json, refuseInvalid } from "../schemas.ts";
import { sendBytes } from "../send-bytes.ts";
import type { ServerParts } from "../server-parts.ts";
import { ThumbnailSize } from "../thumbnails.ts";
import { takeUpload } from "../take-upload.ts";

const Sha256 = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const picture = { description: "The bytes; pictures are shown, everything else is downloaded." };
const answers = {
  200: picture,
  206: { description: "The range that was asked for." },
  304: { description: "The caller has it." },
  ...failure,
};

const Uploaded = z
  .object({
    sha256: z.string(),
    size: z.number(),
    mime: z.string(),
    name: z.string(),
    width: z.number(),
    height: z.number(),
    path: z.string().optional(),
  })
  .openapi("Upload");

const upload = {
  method: "post",
  path: "/api/uploads",
  summary: "Take a picture in, under the SHA-256 of its bytes",
  request: {
    query: z.object({
      name: z.string().max(200).optional().openapi({ description: "What it is called, such as `cup.png`." }),
      folder: z.string().max(200).optional().openapi({ description: "Also put it into this folder of the workspace." }),
    }),
    body: {
      required: true,
      content: { "application/octet-stream": { schema: z.any().openapi({ type: "string", format: "binary" }) } },
    },
  },
  responses: { 201: json(Uploaded, "It is kept; the same bytes are kept once."), ...failure },
} as const;

const artifact = createRoute({
  method: "get",
  path: "/api/artifacts/{sha256}",
  summary: "Bytes by their SHA-256",
  request: { params: Sha256 },
  responses: answers,
});

const artifactThumbnail = createRoute({
  method: "get",
  path: "/api/artifacts/{sha256}/thumbnail",
  summary: "A small copy of a picture",
  request: { params: Sha256, query: ThumbnailSize },
  responses: answers,
});

/** Pictures that came in, and what was made of them. */
export function pictureRoutes({ runtime, thumbnails, bodies }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { artifacts } = runtime.host;
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  app.openAPIRegistry.registerPath(upload);
  app.post("/api/uploads", async (c) => {
    const name = c.req.query("name") ?? "picture";
    const folder = c.req.query("folder");
    const parts = { runtime, thumbnails, bodies };
    return c.json(await takeUpload(c, parts, { name, ...(folder !== undefined && { folder }) }), 201);
  });

  app.openapi(artifact, async (c) => {
    const { sha256 } = c.req.valid("param");
    return sendBytes(c, await artifacts.get(sha256), { etag: `"${sha256}"`, isImmutable: true }) as never;
  });

  app.openapi(artifactThumbnail, async (c) => {
    const { sha256 } = c.req.valid("param");
    const { size } = c.req.valid("query");
    const read = () => artifacts.get(sha256);
    return (await thumbnails.send(c, {
      name: sha256,
      size,
      isImmutable: true,
      read,
      sha256: () => sha256,
    })) as never;
  });
  return app;
}
