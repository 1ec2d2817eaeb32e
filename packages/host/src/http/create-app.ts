import { OpenAPIHono } from "@hono/zod-openapi";
import type { ErrorHandler, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { authenticate } from "./authenticate.ts";
import { boundBodies, cutLater } from "./body-budget.ts";
import type { HttpEnvironment } from "./environment.ts";
import { checkBody, checkHost, checkOrigin, requestLog, safeHeaders } from "./guard.ts";
import { httpError, publicError, statusOf } from "./http-error.ts";
import { catalogRoutes } from "./routes/catalog.ts";
import { checkRoutes } from "./routes/checks.ts";
import { fileRoutes } from "./routes/files.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { maskRoutes } from "./routes/masks.ts";
import { nodeOutputRoutes } from "./routes/node-outputs.ts";
import { parcelRoutes } from "./routes/parcels.ts";
import { pictureRoutes } from "./routes/pictures.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { upkeepRoutes } from "./routes/upkeep.ts";
import { templateRoutes } from "./routes/templates.ts";
import { eventRoutes } from "./routes/events.ts";
import { runChangeRoutes } from "./routes/run-changes.ts";
import { runRoutes } from "./routes/runs.ts";
import { entryRoutes, healthRoutes, sessionRoutes } from "./routes/session.ts";
import { workflowRoutes } from "./routes/workflows.ts";
import type { ServerParts } from "./server-parts.ts";
import { staticFiles } from "./static-files.ts";

/**
 * The whole server as a function from request to response: guards first, then the API, then the editor's files.
 * Every refusal is an error of the one shape, with one of the codes of `docs/http-api.md`.
 */
export function createApp(parts: ServerParts): OpenAPIHono<HttpEnvironment> {
  const app = new OpenAPIHono<HttpEnvironment>();
  const { addresses, access, port, bodies } = parts;

  app.onError((error, c) => {
    // What is refused may still be sent: who sends fast is to see the answer, who dribbles is not waited for.
    cutLater(c.env.incoming, bodies.stallMs);
    return answerError(error, c);
  });
  app.use(requestLog(parts.log), safeHeaders(), checkHost(addresses));
  app.use("/api/*", checkOrigin(addresses), checkBody({ isUpload, isOpen }));
  app.route("/", healthRoutes(parts));
  app.route("/", entryRoutes(parts));

  app.use("/api/*", authenticate(access, port), boundBodies(bodies));
  app.route("/", sessionRoutes(parts));
  app.route("/", catalogRoutes(parts));
  app.route("/", workflowRoutes(parts));
  app.route("/", templateRoutes(parts));
  app.route("/", checkRoutes(parts));
  app.route("/", fileRoutes(parts));
  app.route("/", pictureRoutes(parts));
  app.route("/", parcelRoutes(parts));
  app.route("/", maskRoutes(parts));
  app.route("/", runRoutes(parts));
  app.route("/", runChangeRoutes(parts));
  app.route("/", nodeOutputRoutes(parts));
  app.route("/", jobRoutes(parts));
  app.route("/", settingsRoutes(parts));
  app.route("/", upkeepRoutes(parts));
  app.route("/", eventRoutes(parts));
  app.get("/api/openapi.json", (c) => c.json(app.getOpenAPI31Document(documentInfo(parts))));
  app.all("/api/*", notFound);

  app.get("*", staticFiles(parts.editorDir));
  app.all("*", notFound);
  return app;
}

const answerError: ErrorHandler<HttpEnvironment> = (error, c) => {
  const data = publicError(error instanceof HTTPException ? badRequest(error) : error);
  const status = statusOf(data);
  if (status === 429) c.header("Retry-After", "1");
  if (status === 500) c.get("log").error({ err: error, code: data.code }, "request failed");
  return c.json({ error: data }, status as ContentfulStatusCode);
};

/** What Hono itself refuses: JSON that is none. */
function badRequest({ message }: HTTPException): Error {
  return httpError("request.invalid", message || "The request cannot be read.");
}

const notFound: MiddlewareHandler<HttpEnvironment> = async (c) => {
  throw httpError("request.not-found", "Nothing is served at this address.", { received: c.req.path });
};

const uploads: ReadonlySet<string> = new Set(["/api/uploads", "/api/unpack", "/api/masks/strokes"]);

function isUpload(path: string): boolean {
  return uploads.has(path);
}

/** Where strangers come in. */
function isOpen(path: string): boolean {
  return path === "/api/session";
}

function documentInfo({ version, addresses }: ServerParts) {
  return {
    openapi: "3.1.0",
    info: { title: "Inlay", version, description: "Workflows, runs and events of one workspace." },
    servers: [{ url: addresses.url }],
    security: [{ bearer: [] }, { cookie: [] }],
  };
}
