import { mkdir, writeFile } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { dirname, join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { startServer } from "../../src/http/index.ts";
import type { InlayServer, ServerOptions } from "../../src/http/index.ts";
import type { Workspace } from "../../src/workspace.ts";
import type { AnswerBody } from "./answer-body.ts";
import { testRuntime } from "./test-runtime.ts";
import { tempWorkspace } from "./temp-workspace.ts";
import type { OnEnd } from "./temp-workspace.ts";

export const token = "a-token-of-the-tests";

/** A request as bytes on a socket: no client adds, checks or mends anything. */
export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Default: the owner's token. */
  readonly as?: "owner" | "nobody";
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  readonly json: AnswerBody;
}

export interface TestServer extends InlayServer {
  readonly workspace: Workspace;
  readonly port: number;
  /** Lets go of what the process holds of the workspace. */
  closeHost(): Promise<void>;
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** Writes a file into the workspace. */
  put(path: string, content: string | Uint8Array): Promise<void>;
}

/** A real server on a port of its own, in a workspace of its own; both go away with the test. */
export async function testServer({
  workspace: given,
  onEnd = onTestFinished,
  ...options
}: Partial<ServerOptions> & { readonly workspace?: Workspace; readonly onEnd?: OnEnd } = {}): Promise<TestServer> {
  const workspace = given ?? (await tempWorkspace(onEnd));
  const runtime = await testRuntime(workspace.dir);
  const server = await startServer({
    runtime,
    version: "0.0.0-test",
    port: 0,
    env: { INLAY_TOKEN: token },
    log: pino({ level: process.env["INLAY_TEST_LOG"] ?? "silent" }),
    ...options,
  });
  onEnd(async () => {
    await server.close();
    await runtime.host.close();
  });
  const port = Number(new URL(server.url).port);
  return {
    ...server,
    workspace,
    port,
    closeHost: () => runtime.host.close(),
    ask: (path, ask = {}) => send(port, path, ask),
    async put(path, content) {
      await mkdir(dirname(join(workspace.dir, path)), { recursive: true });
      await writeFile(join(workspace.dir, path), content);
    },
  };
}

export function send(
  port: number,
  path: string,
  { method = "GET", headers = {}, body, as = "owner" }: Ask,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({
      port,
      host: "127.0.0.1",
      path,
      method,
      agent: false,
      headers: {
        ...(as === "owner" && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
        ...headers,
      },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(pieces).toString("utf8");
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, headers: received, text, json: bodyOf(received, text) });
      });
    });
    sent.end(body);
  });
}

/** Of what is no JSON a test looks at nothing. */
function bodyOf(headers: IncomingHttpHeaders, text: string): AnswerBody {
  const isJson = headers["content-type"]?.startsWith("application/json") ?? false;
  return (isJson ? JSON.parse(text) : undefined) as AnswerBody;
}
