import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ExpectedVersion } from "../../workflows/workflow-folder.ts";
import type { HttpEnvironment } from "../environment.ts";
import { httpError } from "../http-error.ts";
import { isCurrent } from "../if-none-match.ts";
import { Diagnostic, failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const PathParam = z.object({
  path: z.string().max(1000).openapi({ description: "The file's path in the workspace, percent-encoded as one part." }),
});
const Workflow = z.looseObject({ inlay: z.number() }).openapi("Workflow");
const Version = z.object({ "if-match": z.string().optional(), "if-none-match": z.string().optional() });

const list = createRoute({
  method: "get",
  path: "/api/workflows",
  summary: "The workflow files of the workspace",
  responses: {
    200: json(
      z.object({
        workflows: z.array(
          z
            .object({
              path: z.string(),
              name: z.string().optional(),
              etag: z.string(),
              size: z.number(),
              modified: z.iso.datetime(),
            })
            .openapi("WorkflowEntry"),
        ),
      }),
      "Those in the root and under `workflows`, the one written last first.",
    ),
    ...failure,
  },
});

const read = createRoute({
  method: "get",
  path: "/api/workflows/{path}",
  summary: "A workflow file, byte for byte",
  request: { params: PathParam },
  responses: {
    200: json(Workflow, "The file; its ETag is the SHA-256 of its bytes."),
    304: { description: "The caller has it." },
    ...failure,
  },
});

const Written = z
  .object({ path: z.string(), etag: z.string(), diagnostics: z.array(Diagnostic) })
  .openapi("WorkflowWritten");

/** Its body is kept byte for byte, so that nothing parses it on the way. */
const write = {
  method: "put",
  path: "/api/workflows/{path}",
  summary: "Write a workflow file, byte for byte, in the place of the version that the caller knows",
  request: { params: PathParam, headers: Version, body: jsonBody(Workflow) },
  responses: { 200: json(Written, "It is written."), 201: json(Written, "The file is new."), ...failure },
} as const;

const remove = createRoute({
  method: "delete",
  path: "/api/workflows/{path}",
  summary: "Move a workflow file to the workspace's trash",
  request: { params: PathParam, headers: Version },
  responses: { 204: { description: "It is gone." }, ...failure },
});

/** The workflow files: read and written by version, so that nobody's work is overwritten. */
export function workflowRoutes({ workflows }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  app.openapi(list, async (c) => {
    const entries = (await workflows.list()).map(({ sha256, modified, ...entry }) => ({
      ...entry,
      etag: `"${sha256}"`,
      modified: new Date(modified).toISOString(),
    }));
    return c.json({ workflows: entries }, 200);
  });

  app.openapi(read, async (c) => {
    const { bytes, sha256 } = await workflows.read(c.req.valid("param").path);
    const etag = `"${sha256}"`;
    c.header("ETag", etag);
    c.header("Cache-Control", "no-cache");
    if (isCurrent(c.req.header("if-none-match"), etag)) return c.body(null, 304);
    return c.body(new Uint8Array(bytes), 200, { "Content-Type": "application/json" }) as never;
  });

  app.openAPIRegistry.registerPath(write);
  app.put("/api/workflows/:path", async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const { sha256, created, ...written } = await workflows.write(c.req.param("path"), bytes, expectedVersion(c));
    const etag = `"${sha256}"`;
    c.header("ETag", etag);
    return c.json({ ...written, etag }, created ? 201 : 200);
  });

  app.openapi(remove, async (c) => {
    const expected = expectedVersion(c);
    if (expected === "new") throw noVersion();
    await workflows.remove(c.req.valid("param").path, expected);
    return c.body(null, 204);
  });
  return app;
}

/** Which version the caller knows, from `If-Match: "sha256"`; `If-None-Match: *` says that there must be none. */
function expectedVersion(c: Context): ExpectedVersion {
  if (c.req.header("if-none-match") === "*") return "new";
  const [, sha256] = /^"([0-9a-f]{64})"$/.exec(c.req.header("if-match") ?? "") ?? [];
  if (sha256 === undefined) throw noVersion();
  return { sha256 };
}

function noVersion(): Error {
  return httpError("request.precondition", "A write says which version of the file it replaces.", {
    expected: 'If-Match: "…" with the ETag that you read, or If-None-Match: * for a new file',
  });
}
