import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server received it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Counts the server's connections: two requests with one number came over one socket. */
  readonly connection: number;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, request: Received) => void | Promise<void>;

/** Answers for each call, in turn; the last one answers all later requests too. */
export interface Script {
  readonly submit?: readonly Answer[];
  readonly status?: readonly Answer[];
  readonly result?: readonly Answer[];
  readonly cancel?: readonly Answer[];
  readonly model?: readonly Answer[];
  /** For every other path. */
  readonly file?: readonly Answer[];
}

type Call = keyof Script;

/** A server on loopback that does what a script says. */
export interface ScriptedServer {
  readonly url: string;
  /** Every request, in the order of arrival. */
  readonly received: readonly Received[];
  /** The requests of one call. */
  of(call: Call): readonly Received[];
  close(): Promise<void>;
}

const OK_PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A PNG of one pixel. */
export const png: Uint8Array = OK_PIXEL;

/** Starts a server; what the script leaves out works: accepted as `r1`, completed, one PNG. */
export async function startServer(script: Script = {}): Promise<ScriptedServer> {
  const received: Received[] = [];
  const turns = new Map<Call, number>();
  let connections = 0;
  const numbers = new WeakMap<object, number>();
  const server = createServer((request, response) => {
    void readRequest(request, numbers.get(request.socket) ?? 0).then((seen) => {
      received.push(seen);
      const call = callOf(seen);
      const turn = turns.get(call) ?? 0;
      turns.set(call, turn + 1);
      const answers = script[call] ?? defaults[call];
      return answers[Math.min(turn, answers.length - 1)]?.(response, seen);
    });
  });
  server.on("connection", (socket) => numbers.set(socket, ++connections));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    of: (call) => received.filter((request) => callOf(request) === call),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(request: IncomingMessage, connection: number): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "", url = "", headers } = request;
  return { method, url, headers, body: Buffer.concat(chunks).toString("utf8"), connection };
}

function callOf({ method, url }: Received): Call {
  if (url.startsWith("/v1/models/")) return method === "POST" ? "submit" : "model";
  const name = /^\/v1\/requests\/[^/]+\/(status|result|cancel)(?:\?|$)/.exec(url)?.[1];
  return name === "status" || name === "result" || name === "cancel" ? name : "file";
}

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: { readonly [name: string]: string } = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers with these bytes. */
export function bytes(body: Uint8Array, headers: { readonly [name: string]: string } = {}): Answer {
  return (response) => {
    response.writeHead(200, { "content-length": String(body.length), ...headers });
    response.end(body);
  };
}

/** Breaks the connection instead of answering. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

/** Begins an answer and breaks off in its middle. */
export const truncated: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"request_id": "r');
  setImmediate(() => response.socket?.destroy());
};

/** What a proxy says when it is unwell. */
export const html: Answer = (response) => {
  response.writeHead(200, { "content-type": "text/html" });
  response.end("<html><body>Bad gateway</body></html>");
};

/** Never answers. */
export const silence: Answer = () => {};

/** Accepts a job. */
export const accepted = (id = "r1"): Answer =>
  json({ request_id: id, status_url: "https://elsewhere.invalid/s", result_url: "x", cancel_url: "y" });

/** The request that is asked about. */
const askedAbout = ({ url }: Received): string => /^\/v1\/requests\/([^/]+)/.exec(url)?.[1] ?? "r1";

/** Answers with JSON about the request that is asked about. */
const aboutIt =
  (body: object): Answer =>
  (response, request) =>
    json({ request_id: askedAbout(request), ...body })(response, request);

/** Tells a status. */
export const state = (status: string, more: object = {}): Answer => aboutIt({ status, ...more });

/** A completed result whose files lie on this server. */
export const completed =
  (output: (origin: string) => object = (origin) => ({ image: `${origin}/out.png` })): Answer =>
  (response, request) =>
    aboutIt({ status: "completed", output: output(`http://${request.headers.host}`) })(response, request);

/** A job that waits in the queue until it is cancelled, and then says so. */
export function waitsUntilCancelled(): Script {
  let word = "in_queue";
  const cancelled = aboutIt({ status: "cancelled", outcome: "cancelled" });
  return {
    status: [(...args) => state(word)(...args)],
    cancel: [
      (...args) => {
        word = "cancelled";
        return cancelled(...args);
      },
    ],
  };
}

const defaults: { readonly [call in Call]: readonly Answer[] } = {
  submit: [accepted()],
  status: [state("completed")],
  result: [completed()],
  cancel: [aboutIt({ status: "cancelled", outcome: "cancelled" })],
  model: [json({ model_id: "owner/model" })],
  file: [bytes(png, { "content-type": "image/png" })],
};
