import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { errorData } from "@inlay/engine";
import { writeUserToken } from "../../user-token.ts";
import { ownerOnly } from "../authenticate.ts";
import type { HttpEnvironment } from "../environment.ts";
import { publicError } from "../http-error.ts";
import { failure, json, jsonBody, refuseInvalid } from "../schemas.ts";
import type { ServerParts } from "../server-parts.ts";

const Settings = z
  .object({
    service: z.enum(["runcomfy", "sandbox"]).openapi({ description: "Where paid jobs go." }),
    token: z
      .enum(["environment", "configuration", "missing", "own"])
      .openapi({ description: "Where the token comes from; the sandbox has one of its own." }),
  })
  .openapi("Settings");

const read = createRoute({
  method: "get",
  path: "/api/settings",
  summary: "Where paid jobs go, and whether there is a token",
  responses: { 200: json(Settings, "The settings; a token is never told."), ...failure },
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
  summary: "Ask the service something that costs nothing, to see whether token and address work",
  responses: {
    200: json(
      z.object({ ok: z.boolean(), error: z.looseObject({ code: z.string(), message: z.string() }).optional() }),
      "Whether it answered as it should, and what it said otherwise.",
    ),
    ...failure,
  },
});

/** The settings of paid jobs; for the owner only. Addresses come from the environment and from nowhere else. */
export function settingsRoutes({ runtime }: ServerParts): OpenAPIHono<HttpEnvironment> {
  const { service, env } = runtime.host;
  const app = new OpenAPIHono<HttpEnvironment>({ defaultHook: refuseInvalid });
  app.use("/api/settings", ownerOnly);
  app.use("/api/settings/*", ownerOnly);
  app.openapi(read, async (c) => c.json(await service.status(), 200));
  app.openapi(writeToken, async (c) => {
    await writeUserToken(env, c.req.valid("json").token);
    service.renew();
    return c.json(await service.status(), 200);
  });
  app.openapi(check, async (c) => {
    const error = await service.check().then(() => undefined, errorData);
    return c.json(error ? { ok: false, error: publicError({ data: error }) as never } : { ok: true }, 200);
  });
  return app;
}
