import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { ApiError } from "./api-error.ts";
import { requireBearer } from "./auth.ts";
import { readJsonBody } from "./read-body.ts";
import { errorReply, send, type Reply } from "./reply.ts";
import type { Route } from "./routes.ts";

export interface ServerOptions {
  readonly routes: readonly Route[];
  readonly token: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly requestTimeoutMs: number;
  readonly onLog: (message: string) => void;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Ends all connections and stops listening. */
  readonly close: () => Promise<void>;
}

/** Starts to listen; resolved as soon as requests are answered. Rejects if the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, requestTimeoutMs } = options;
  const timeouts = { requestTimeout: requestTimeoutMs, headersTimeout: Math.min(requestTimeoutMs, 20_000) };
  const server = createServer({ ...timeouts, connectionsCheckingInterval: Math.min(requestTimeoutMs, 5_000) });
  server.on("request", (request, response) => {
    response.on("error", () => request.destroy());
    void answer(request, options).then((reply) => send(response, reply));
  });
  server.on("clientError", refuseBrokenRequest);
  await listen(server, host, port);
  return { port: portOf(server), close: () => close(server) };
}

/** The answer to a request; every error becomes an answer too. */
async function answer(request: IncomingMessage, options: ServerOptions): Promise<Reply> {
  try {
    return await dispatch(request, options);
  } catch (error) {
    if (!(error instanceof ApiError)) options.onLog(`internal error: ${String(error)}`);
    return errorReply(error);
  }
}

async function dispatch(request: IncomingMessage, { routes, token }: ServerOptions): Promise<Reply> {
  const [path = "/", query = ""] = splitOnce(request.url ?? "/", "?");
  const here = routes.filter((route) => route.path.test(path));
  if (here.some((route) => route.guarded) || path.startsWith("/v1/")) requireBearer(request, token);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const route = here.find((candidate) => candidate.method === method);
  if (route === undefined) throw noRoute(here);
  return route.answer({
    captured: decodeSegment(route.path.exec(path)?.[1] ?? ""),
    query: new URLSearchParams(query),
    json: () => readJsonBody(request),
  });
}

function noRoute(here: readonly Route[]): ApiError {
  if (here.length === 0) return new ApiError("notFound", "Not found");
  const allow = here.map((route) => route.method);
  return new ApiError("methodNotAllowed", `Only ${allow.join(" and ")} is answered here`, { allow });
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError("invalidId", "Broken percent escape in the path");
  }
}

/** Answers what is not HTTP, or comes too slowly, with an error of the API's shape. */
function refuseBrokenRequest(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const slow = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const { body } = errorReply(
    slow
      ? new ApiError("requestTimeout", "The request took too long to arrive")
      : new ApiError("invalidBody", "Not HTTP"),
  );
  const line = slow ? "408 Request Timeout" : "400 Bad Request";
  const head = `HTTP/1.1 ${line}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${String(body)}`);
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
