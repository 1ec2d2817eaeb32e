import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { hash } from "node:crypto";
import type { Context } from "hono";
import { withNamedSchema, writeWorkflow } from "@inlay/engine";
import type { Workflow } from "@inlay/engine";
import type { WorkflowFolder } from "../../workflows/workflow-folder.ts";
import type { HttpEnvironment } from "../environment.ts";
import { Diagnostic, failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import { sendBytes } from "../send-bytes.ts";
import type { ServerParts } from "../server-parts.ts";

const Id = z.object({ id: z.string().max(64) });

const list = createRoute({
  method: "get",
  path: "/api/templates",
  summary: "Workflows to begin from",
  responses: {
    200: json(
      z.object({
        templates: z.array(
          z
            .object({ id: z.string(), name: z.string(), description: z.string(), picture: z.string().optional() })
            .openapi("Template"),
        ),
      }),
      "The templates; `picture` is the address of one that shows what it does.",
    ),
    ...failure,
  },
});

const picture = createRoute({
  method: "get",
  path: "/api/templates/{id}/picture",
  summary: "A picture of what a template does",
  request: { params: Id },
  responses: { 200: { description: "The picture." }, ...failure },
});

const create = createRoute({
  method: "post",
  path: "/api/workflows",
  summary: "Make a workflow file: empty, or from a template with its pictures",
  request: {
    body: jsonBody(
      z.strictObject({
        template: z.string().max(64).optional(),
        path: z.string().max(1000).optional().openapi({ description: "Default: a free name in `workflows`." }),
        name: z.string().max(200).optional(),
      }),
    ),
  },
  responses: {
    201: json(z.object({ path: z.string(), etag: z.string(), diagnostics: z.array(Diagnostic) }), "It is written."),
    ...failure,
  },
});

/** Workflows to begin from. */
export function templateRoutes({ templates, workflows, workspace }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  app.openapi(list, async (c) => {
    const found = (await templates.list()).map(({ hasPicture, ...template }) => ({
      ...template,
      ...(hasPicture && { picture: `/api/templates/${template.id}/picture` }),
    }));
    return c.json({ templates: found }, 200);
  });

  app.openapi(picture, async (c: Context<HttpEnvironment>) => {
    const bytes = await templates.picture(c.req.param("id") ?? "");
    return sendBytes(c, bytes, { etag: `"${hash("sha256", bytes)}"` }) as never;
  });

  app.openapi(create, async (c) => {
    const { template, path, name } = c.req.valid("json");
    const wanted = path ?? `workflows/${template ?? "workflow"}.json`;
    const made = template === undefined ? emptyWorkflow(name) : await templates.copyInto(workspace, template);
    const text = writeWorkflow(withNamedSchema(made, wanted));
    const written = await writeNew(workflows, { text, wanted, isFixed: path !== undefined });
    return c.json(
      {
        path: written.path,
        etag: `"${written.sha256}"`,
        diagnostics: written.diagnostics as z.infer<typeof Diagnostic>[],
      },
      201,
    );
  });
  return app;
}

function emptyWorkflow(name = "Untitled"): Workflow {
  return { inlay: 1, name, inputs: {}, outputs: {}, packs: {}, assets: {}, nodes: {}, workflows: {}, view: {} };
}

const mostNames = 10_000;

/** Under the name that was asked for, or the first free one beside it. */
async function writeNew(
  workflows: WorkflowFolder,
  { text, wanted, isFixed }: { readonly text: string; readonly wanted: string; readonly isFixed: boolean },
) {
  for (let number = 1; ; number++) {
    const path = number === 1 ? wanted : wanted.replace(/\.json$/, `-${number}.json`);
    try {
      return await workflows.write(path, Buffer.from(text), "new");
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "workflow.changed";
      if (!isTaken || isFixed || number === mostNames) throw error;
    }
  }
}
