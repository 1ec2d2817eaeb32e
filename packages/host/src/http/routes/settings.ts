import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { errorData } from "@inlay/engine";
import { writeUserToken } from "../../user-token.ts";
import { ownerOnly } from "../authenticate.ts";
import type { HttpEnvironment } from "../environment.ts";
import { publicError } from "../http-error.ts";
import { failure, json, jsonBody, refuseInvalid, Service } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const Settings = z
  .object({
    service: Service.openapi({ description: "Where paid jobs go when a run does not say." }),
    services: z.array(Service).openapi({ description: "Where they may go." }),
    token: z
      .enum(["environment", "configuration", "missing", "own"])
      .openapi({ description: "Where RunComfy's token comes from; `own`: there is only the sandbox, with its own." }),
  })
  .openapi("Settings");

const read = createRoute({
  method: "get",
  path: "/api/settings",
  summary: "Where paid jobs go, and whether there is a token",
  responses: { 200: json(Settings, "The settings; a token is never told."), ...failure },
});

const choose = createRoute({
  method: "put",
  path: "/api/settings",
  summary: "Choose where the workspace's paid jobs go when a run does not say",
  request: { body: jsonBody(z.strictObject({ service: Service })) },
  responses: { 200: json(Settings, "It counts for the runs that are started from now on."), ...failure },
});

const writeToken = createRoute({
  method: "put",
  path: "/api/settings/token",
  summary: "Write the service's token into the person's configuration; an empty one removes it",
  request: {
    body: jsonBody(
      z.strictObject({
        token: z
          .string()
          .max(4096)
          .regex(/^[\x21-\x7e]*$/, "A token has neither spaces nor other characters than ASCII."),
      }),
    ),
  },
  responses: { 200: json(Settings, "It is used from now on, unless the environment has one."), ...failure },
});

const check = createRoute({
  method: "post",
  path: "/api/settings/test",
  summary: "Ask a service something that costs nothing, to see whether token and address work",
  request: {
    body: {
      required: false,
      content: {
        "application/json": {
          schema: z.strictObject({ service: Service.optional().openapi({ description: "Default: the workspace's." }) }),
        },
      },
    },
  },
  responses: {
    200: json(
      z.object({ ok: z.boolean(), error: z.looseObject({ code: z.string(), message: z.string() }).optional() }),
      "Whether it answered as it should, and what it said otherwise.",
    ),
    ...failure,
  },
});

/** The settings of paid jobs; for the owner only. Addresses come from the environment and from nowhere else. */
export function settingsRoutes({ runtime, settings }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { paid, env } = runtime.host;
  const view = async () => {
    const service = settings.service(paid.names);
    return { service, services: [...paid.names], token: await paid.token() };
  };
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  app.use("/api/settings", ownerOnly);
  app.use("/api/settings/*", ownerOnly);
  app.openapi(read, async (c) => c.json(await view(), 200));
  app.openapi(choose, async (c) => {
    const { service } = c.req.valid("json");
    paid.of(service);
    settings.setService(service);
    return c.json(await view(), 200);
  });
  app.openapi(writeToken, async (c) => {
    await writeUserToken(env, c.req.valid("json").token);
    paid.renew();
    return c.json(await view(), 200);
  });
  app.openapi(check, async (c) => {
    const { service = settings.service(paid.names) } = c.req.valid("json") ?? {};
    const error = await paid
      .of(service)
      .check()
      .then(() => undefined, errorData);
    return c.json(error ? { ok: false, error: publicError({ data: error }) as never } : { ok: true }, 200);
  });
  return app;
}
