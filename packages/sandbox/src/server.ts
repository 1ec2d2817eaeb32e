import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { ApiError } from "./api-error.ts";
import { requireBearer, tokenSeen } from "./auth.ts";
import { readJsonBody } from "./read-body.ts";
import { errorReply, type Reply } from "./reply.ts";
import type { Route } from "./routes.ts";
import type { SandboxDialect } from "./dialect.ts";
import type { ReceivedCall } from "./received-call.ts";
import { carryOut } from "./faults/carry-out.ts";
import type { Fault } from "./faults/fault.ts";
import type { FaultSource } from "./faults/fault-source.ts";

export interface ServerOptions {
  readonly routes: readonly Route[];
  readonly token: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly requestTimeoutMs: number;
  readonly dialect: SandboxDialect;
  /** What goes wrong with each call. */
  readonly faults: FaultSource;
  /** Told of every request before it is answered. */
  readonly onCall: (call: ReceivedCall) => void;
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
  const numbers = new WeakMap<object, number>();
  let connections = 0;
  server.on("connection", (socket) => numbers.set(socket, ++connections));
  server.on("request", (request, response) => {
    response.on("error", () => request.destroy());
    void serve({ request, response, connection: numbers.get(request.socket) ?? 0 }, options).catch((error: unknown) => {
      options.onLog(`internal error: ${String(error)}`);
      response.destroy();
    });
  });
  server.on("clientError", refuseBrokenRequest);
  await listen(server, host, port);
  return { port: portOf(server), close: () => close(server) };
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: number;
}

/** Answers a request, or does to it what a fault says. */
async function serve({ request, response, connection }: Incoming, options: ServerOptions): Promise<void> {
  const { routes, faults, dialect, token, onCall } = options;
  const [path = "/"] = splitOnce(request.url ?? "/", "?");
  const method = methodOf(request);
  const call = routes.find((route) => route.method === method && route.path.test(path))?.call;
  const fault: Fault = call === undefined ? { fault: "none" } : faults.next(call);
  const at = Date.now();
  onCall({ call: call ?? "other", method, path, at, connection, token: tokenSeen(request, token), fault: fault.fault });
  await carryOut(fault, { request, response, dialect, handle: () => answer(request, fault, options) });
}

/** The answer to a request; every error becomes an answer too. */
async function answer(request: IncomingMessage, fault: Fault, options: ServerOptions): Promise<Reply> {
  try {
    return await dispatch(request, fault, options);
  } catch (error) {
    if (!(error instanceof ApiError)) options.onLog(`internal error: ${String(error)}`);
    const reply = errorReply(error);
    const inBody = options.dialect.errors === "body" && request.url?.startsWith("/v1/");
    return inBody ? { ...reply, status: 200 } : reply;
  }
}

function methodOf(request: IncomingMessage): string {
  return request.method === "HEAD" ? "GET" : (request.method ?? "");
}

async function dispatch(request: IncomingMessage, fault: Fault, { routes, token }: ServerOptions): Promise<Reply> {
  const [path = "/", query = ""] = splitOnce(request.url ?? "/", "?");
  const here = routes.filter((route) => route.path.test(path));
  if (here.some((route) => route.guarded) || path.startsWith("/v1/")) requireBearer(request, token);
  const method = methodOf(request);
  const route = here.find((candidate) => candidate.method === method);
  if (route === undefined) throw noRoute(here);
  return route.answer({
    captured: decodeSegment(route.path.exec(path)?.[1] ?? ""),
    query: new URLSearchParams(query),
    json: () => readJsonBody(request),
    fault,
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
