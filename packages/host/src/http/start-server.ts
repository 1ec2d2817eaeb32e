import { realpath } from "node:fs/promises";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { ServerType } from "@hono/node-server";
import { EngineError } from "@inlay/engine";
import type { Logger } from "pino";
import { errno } from "../file-error.ts";
import { collectInBackground, type CollectorParts } from "../jobs/background-collector.ts";
import type { Environment } from "../remote.ts";
import { removeOldRuns } from "../runs/remove-old-runs.ts";
import { openRunRoom } from "../runs/open-run-room.ts";
import type { RunRuntime } from "../runs/runtime.ts";
import { keepSchema } from "../workflows/keep-schema.ts";
import { templatesIn } from "../workflows/templates.ts";
import { webhookPost } from "../webhooks/post-webhook.ts";
import { webhookSecret } from "../webhooks/webhook-secret.ts";
import { webhookSender } from "../webhooks/webhook-sender.ts";
import { catalogText, type CatalogText } from "./catalog-text.ts";
import { createAccess } from "./access.ts";
import { bodyLimits, type BodyLimits } from "./body-budget.ts";
import { addressesOf } from "./addresses.ts";
import { createApp } from "./create-app.ts";
import { eventStreams, streamLimits, type StreamLimits } from "./event-stream.ts";
import { prepareInputs } from "./prepare-inputs.ts";
import { sqlSessions } from "./sessions.ts";
import { thumbnails } from "./thumbnails.ts";

export interface ServerOptions {
  /** Engine, host and pictures of the workspace that is served; closed by who made it, after the server. */
  readonly runtime: RunRuntime;
  /** Shown to clients. */
  readonly version: string;
  /** Default 127.0.0.1. Every other address lets the network in, which then needs the cookie or the token. */
  readonly host?: string;
  /** Default 8288; 0 takes a free one. */
  readonly port?: number;
  /** `INLAY_TOKEN` and `INLAY_TOKENS` are read from it. */
  readonly env: Environment;
  /** The folder of the built editor; it need not exist. */
  readonly editorDir?: string;
  /** The folder of templates, a folder each. */
  readonly templatesDir?: string;
  /** How many runs may be at work at once; default 64. */
  readonly maxRuns?: number;
  /** Runs of one client that may wait; default 1,000. */
  readonly maxWaiting?: number;
  /** How slow a client may be, and how much it may have open; defaults that suit people, for tests to shorten. */
  readonly patience?: {
    readonly headersMs?: number;
    readonly requestMs?: number;
    readonly bodies?: Partial<BodyLimits>;
    readonly streams?: Partial<StreamLimits>;
  };
  readonly log: Logger;
}

/** A server that accepts requests. */
export interface InlayServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** The owner's token, when the environment had none: to be shown once. */
  readonly madeToken: string | undefined;
  /** A new address that lets one browser in. */
  newEntry(): string;
  /** Accepts no more runs, and resolves when those at work have ended. What waits goes on at the next start. */
  drain(): Promise<void>;
  /** Stops accepting, ends what is connected and closes the database. Runs at work go on at the next start. */
  close(): Promise<void>;
}

const defaultPort = 8288;

/** How long a request may take to arrive, without its body and with it. */
const headersMs = 10_000;
const requestMs = 300_000;
/** So that files and database can still be opened when somebody opens connections without end. */
const mostConnections = 1000;

/** More ended runs than these are forgotten when the server starts, the oldest first, unless they are pinned. */
const mostRuns = 5000;

/**
 * Opens a workspace to HTTP: the API, its runs, and the editor where it has been built. Runs that an earlier process has
 * left go on.
 *
 * Fails with `server.port` when the address cannot be had, `auth.tokens` for tokens that are none, and with what files
 * and database say.
 * @example
 * const server = await startServer({ runtime, version: "1.0.0", env: process.env, log: serverLog("info") });
 * console.log(server.newEntry());
 */
export async function startServer(options: ServerOptions): Promise<InlayServer> {
  const { runtime, version, env, log, maxRuns, maxWaiting, patience = {} } = options;
  const hostname = options.host ?? "127.0.0.1";
  const room = await openRunRoom({
    runtime,
    env,
    log,
    ...(maxRuns !== undefined && { maxRuns }),
    ...(maxWaiting !== undefined && { maxWaiting }),
  });
  try {
    const { workspace } = runtime.host;
    const access = createAccess(env, sqlSessions(room.db));
    // The port is known when it has been had, and the app's rules depend on it.
    const ready: { app?: ReturnType<typeof createApp> } = {};
    const server = createAdaptorServer({
      fetch: (request, bindings) => ready.app?.fetch(request, bindings as never) ?? new Response(null, { status: 503 }),
      overrideGlobalObjects: false,
      serverOptions: {
        headersTimeout: patience.headersMs ?? headersMs,
        requestTimeout: patience.requestMs ?? requestMs,
        connectionsCheckingInterval: Math.min(5000, patience.headersMs ?? headersMs),
      },
    });
    (server as Server).maxConnections = mostConnections;
    const port = await listen(server, options.port ?? defaultPort, hostname);
    const addresses = addressesOf(hostname, port);
    const editorDir = options.editorDir && (await realpath(options.editorDir).catch(() => undefined));
    const catalog = catalogText(() => runtime.engine.catalog);
    const { workflows, runs, store, queue, previews, files, settings, webhooks, targets } = room;
    const streams = eventStreams({
      ...room,
      greeting: () => catalogEvent(catalog()),
      limits: { ...streamLimits, ...patience.streams },
    });
    const keepCatalogSchema = (): Promise<void> =>
      keepSchema(workspace, runtime.engine.catalog).catch((error: unknown) =>
        log.warn({ err: error }, "the schema of workflows could not be written"),
      );
    let schema = Promise.resolve();
    const announceCatalog = (): void => {
      streams.announce(catalogEvent(catalog()));
      schema = schema.then(keepCatalogSchema);
    };
    const templates = templatesIn(options.templatesDir, () => runtime.engine.catalog);
    const sender = webhookSender({
      webhooks,
      store,
      runLog: room.runLog,
      post: webhookPost({ targets }),
      secret: () => webhookSecret(env),
      log,
    });
    const parts = {
      version,
      workspace,
      catalog,
      announceCatalog,
      workflows,
      runs,
      store,
      queue,
      previews,
      files,
      runtime,
      templates,
      settings,
      webhooks,
      sender,
      thumbnails: thumbnails(runtime.pictures, previews),
      streams,
      bodies: { ...bodyLimits, ...patience.bodies },
      access,
      addresses,
      port,
      editorDir,
      log,
    };
    ready.app = createApp(parts);
    const unprepare = prepareInputs(workspace, parts.thumbnails);
    await runs.recover();
    const collector = collectInBackground({ ...jobsToCollect(runtime.host), log });
    removeOldRuns(room, mostRuns).catch((error: unknown) => log.error({ err: error }, "old runs stay"));
    schema = keepCatalogSchema();
    const unwatch = runtime.nodes?.watch(({ problems }) => {
      for (const { code, message } of problems) log.warn({ code }, message);
      announceCatalog();
    });
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      unwatch?.();
      unprepare();
      streams.closeAll();
      await stop(server);
      await sender.close();
      await collector.stop();
      await schema;
      await room.close();
    };
    return {
      url: addresses.url,
      madeToken: access.madeToken,
      newEntry: () => `${addresses.url}/open?key=${access.newKey()}`,
      drain: () => runs.drain(),
      close: () => (closed ??= close()),
    };
  } catch (error) {
    await room.close();
    throw error;
  }
}

/**
 * A sandbox is not started for a job that nobody waits for, unless jobs go there anyway: it would keep other processes
 * from theirs, and nothing is lost.
 */
function jobsToCollect({ jobs, paid }: RunRuntime["host"]): Omit<CollectorParts, "log"> {
  const isStarted = paid.names[0] === "sandbox";
  return {
    jobs: {
      abandoned: async () =>
        (await jobs.abandoned()).filter(({ provider }) => isStarted || !provider.startsWith("sandbox:")),
      collect: (key) => jobs.collect(key),
    },
    look: (record) => paid.look(record),
  };
}

/** A named event without a place: those who look for runs' events alone do not hear it. */
function catalogEvent({ etag }: CatalogText): string {
  return `event: catalog\ndata: ${JSON.stringify({ etag })}\n\n`;
}

function listen(server: ServerType, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(portError(port, hostname, cause)));
    server.listen(port, hostname, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function portError(port: number, hostname: string, cause: unknown): EngineError {
  const isTaken = errno(cause) === "EADDRINUSE";
  return new EngineError(
    {
      code: "server.port",
      message: isTaken
        ? `Another program listens at ${hostname}:${port}.`
        : `The server cannot listen at ${hostname}:${port} (${errno(cause) ?? "unknown"}).`,
      received: `${hostname}:${port}`,
      suggestion: "Choose another with --port; 0 takes a free one.",
    },
    { cause },
  );
}

function stop(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
