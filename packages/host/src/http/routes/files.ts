import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { hash } from "node:crypto";
import { listPictures } from "../../workflows/list-pictures.ts";
import type { HttpEnvironment } from "../environment.ts";
import { failure, json, refuseInvalid } from "../schemas.ts";
import { sendBytes } from "../send-bytes.ts";
import type { ServerParts } from "../server-parts.ts";
import { ThumbnailSize } from "../thumbnails.ts";
import { lookAtVisible, readVisible } from "../visible-file.ts";

const Path = z.object({
  path: z.string().max(1000).openapi({ description: "The file's path in the workspace, percent-encoded as one part." }),
});
const bytes = { description: "The bytes; pictures are shown, everything else is downloaded." };
const answers = {
  200: bytes,
  206: { description: "The range that was asked for." },
  304: { description: "The caller has it." },
  ...failure,
};

const list = createRoute({
  method: "get",
  path: "/api/files",
  summary: "The pictures in the workspace",
  responses: {
    200: json(
      z.object({ files: z.array(z.object({ path: z.string(), size: z.number(), modified: z.iso.datetime() })) }),
      "At most a thousand, the one written last first.",
    ),
    ...failure,
  },
});

const read = createRoute({
  method: "get",
  path: "/api/files/{path}",
  summary: "A file of the workspace",
  request: { params: Path },
  responses: answers,
});

const thumbnail = createRoute({
  method: "get",
  path: "/api/files/{path}/thumbnail",
  summary: "A small copy of a picture in the workspace",
  request: { params: Path, query: ThumbnailSize },
  responses: answers,
});

/** Files that a workflow could name too: those inside of the workspace, and none that hide. */
export function fileRoutes({ workspace, thumbnails }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  app.openapi(list, async (c) => {
    const files = (await listPictures(workspace.dir)).map(({ modified, ...file }) => ({
      ...file,
      modified: new Date(modified).toISOString(),
    }));
    return c.json({ files }, 200);
  });

  app.openapi(read, async (c) => {
    const found = await readVisible(workspace.dir, c.req.valid("param").path);
    return sendBytes(c, found, { etag: `"${hash("sha256", found)}"` }) as never;
  });

  app.openapi(thumbnail, async (c) => {
    const { size } = c.req.valid("query");
    const file = await lookAtVisible(workspace.dir, c.req.valid("param").path);
    return (await thumbnails.send(c, { ...file, size, isImmutable: false })) as never;
  });
  return app;
}
