import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { createFile, temporaryBeside } from "../../atomic-file.ts";
import { parcelLimits } from "../../parcel/manifest.ts";
import { packWorkflow } from "../../parcel/pack-workflow.ts";
import { unpackWorkflow } from "../../parcel/unpack-workflow.ts";
import { makeStateFolder } from "../../workspace.ts";
import type { Workspace } from "../../workspace.ts";
import type { HttpEnvironment } from "../environment.ts";
import { httpError } from "../http-error.ts";
import { failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const pack = createRoute({
  method: "post",
  path: "/api/pack",
  summary: "A workflow with the files of the workspace that it names, as one file",
  request: {
    body: jsonBody(
      z.strictObject({
        text: z.string().openapi({ description: "The workflow file, as it is or as it will be saved." }),
        path: z.string().min(1).max(1000).openapi({ description: "Where it lies or is to lie, in a workspace." }),
      }),
    ),
  },
  responses: { 200: { description: "A parcel: a ZIP archive with a list of what is in it." }, ...failure },
});

const unpack = {
  method: "post",
  path: "/api/unpack",
  summary: "Take a parcel into the workspace: all of it or nothing; what is there stays",
  request: {
    body: {
      required: true,
      content: { "application/zip": { schema: z.any().openapi({ type: "string", format: "binary" }) } },
    },
  },
  responses: {
    201: json(
      z
        .object({
          workflow: z.string(),
          files: z.array(
            z.object({
              path: z.string(),
              size: z.number(),
              state: z.enum(["new", "unchanged", "replaced"]),
              was: z.string().optional(),
            }),
          ),
        })
        .openapi("Unpacked"),
      "Where the workflow and its files are; `was` is a file's name in the parcel, where that was taken.",
    ),
    ...failure,
  },
} as const;

/** Workflows with their pictures as one file, out of the workspace and into it. */
export function parcelRoutes({ workspace }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  app.openapi(pack, async (c) => {
    const { text, path } = c.req.valid("json");
    const parcel = await packWorkflow({ text: Buffer.from(text), path, dir: workspace.dir });
    c.header("Content-Type", "application/zip");
    c.header("Content-Disposition", "attachment");
    return c.body(ReadableStream.from(parcel.pieces()) as never) as never;
  });

  app.openAPIRegistry.registerPath(unpack);
  app.post("/api/unpack", async (c) => {
    const file = await takeIn(workspace, c.env.incoming);
    try {
      const options = { file, dir: workspace.dir, onExists: "number", workflowFolder: "workflows" } as const;
      return c.json(await unpackWorkflow(options), 201);
    } finally {
      await rm(file, { force: true });
    }
  });
  return app;
}

/** Keeps a request's body as a file for as long as it is unpacked. */
async function takeIn(workspace: Workspace, body: AsyncIterable<unknown>): Promise<string> {
  const file = temporaryBeside(join(await makeStateFolder(workspace, "parcels"), "parcel"));
  await createFile(file, limited(body), { durable: false });
  return file;
}

/** A parcel is never larger than what it unpacks to, give or take its list. */
const mostBytes = parcelLimits.total + 64 * 2 ** 20;

async function* limited(pieces: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of pieces) {
    size += (piece as Buffer).length;
    if (size > mostBytes) {
      const details = { expected: `at most ${mostBytes} bytes`, received: `${size}` };
      throw httpError("request.too-large", "The parcel is too large.", details);
    }
    yield piece as Buffer;
  }
}
