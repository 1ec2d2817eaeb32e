import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { describeWorkflow, openWorkflow } from "@inlay/engine";
import { invalidWorkflow } from "../../workflows/invalid-workflow.ts";
import type { HttpEnvironment } from "../environment.ts";
import { jsonMember } from "../json-member.ts";
import { Diagnostic, failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const Subject = z
  .strictObject({
    file: z.string().max(1000).optional(),
    workflow: jsonMember().optional(),
    text: z.string().optional().openapi({ description: "A workflow's text: findings then have line and column." }),
  })
  .refine((given) => Object.values(given).filter((value) => value !== undefined).length === 1, {
    message: "Give one of `file`, `workflow` and `text`.",
  })
  .openapi("WorkflowSubject");

const validate = createRoute({
  method: "post",
  path: "/api/validate",
  summary: "Everything that is to say about a workflow, without running it",
  request: { body: jsonBody(Subject) },
  responses: {
    200: json(z.object({ diagnostics: z.array(Diagnostic) }), "What was found; nothing when it can run."),
    ...failure,
  },
});

const describe = createRoute({
  method: "post",
  path: "/api/describe",
  summary: "A workflow's named inputs and outputs",
  request: { body: jsonBody(Subject) },
  responses: {
    200: json(
      z
        .looseObject({ inputs: z.array(z.looseObject({})), outputs: z.array(z.looseObject({})) })
        .openapi("WorkflowDescription"),
      "Its form.",
    ),
    ...failure,
  },
});

/** Looking at workflows without running them. */
export function checkRoutes({ workflows, runtime }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });

  const textOf = async ({ file, workflow, text }: z.infer<typeof Subject>): Promise<string> => {
    if (file !== undefined) return Buffer.from((await workflows.read(file)).bytes).toString("utf8");
    return text ?? JSON.stringify(workflow);
  };

  app.openapi(validate, async (c) => {
    const text = await textOf(c.req.valid("json"));
    const { workflow, diagnostics, locate } = openWorkflow(text, runtime.engine.catalog);
    const isBroken = diagnostics.some(({ severity }) => severity === "error");
    const rules = workflow && !isBroken ? locate(await runtime.validate(workflow)) : [];
    return c.json({ diagnostics: [...diagnostics, ...rules] as z.infer<typeof Diagnostic>[] }, 200);
  });

  app.openapi(describe, async (c) => {
    const subject = c.req.valid("json");
    const text = await textOf(subject);
    const { catalog } = runtime.engine;
    const { workflow, diagnostics } = openWorkflow(text, catalog);
    if (!workflow) throw invalidWorkflow(subject.file ?? "workflow", diagnostics);
    return c.json(describeWorkflow(workflow, catalog) as never, 200);
  });
  return app;
}
