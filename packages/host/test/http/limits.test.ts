import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { testServer, token } from "../support/test-server.ts";

// What a client may not do, however long it tries: fill the queue, the memory or the connections.

const shop = { authorization: "Bearer the-token-of-the-shop" };
const env = { INLAY_TOKEN: token, INLAY_TOKENS: "shop=the-token-of-the-shop" };
const workflow = (ms: number): string =>
  JSON.stringify({
    workflow: { inlay: 1, nodes: { a: { type: "test/wait", version: 1, inputs: { ms } } } },
    targets: ["a"],
  });

test("more runs than may wait are refused, of this client alone, until one has left", async () => {
  const server = await testServer({ env, maxRuns: 1, maxWaiting: 2 });
  const order = (headers = {}) => server.ask("/api/runs", { method: "POST", body: workflow(60_000), headers });
  const first = await order();
  // It waits until the worker has taken it.
  while ((await server.ask(`/api/runs/${first.json.id}`)).json.status === "queued");
  const answers = await Promise.all([order(), order(), order(), order()]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 202, 429, 429]);
  const refused = answers.find(({ status }) => status === 429)!;
  expect([refused.json.error.code, refused.headers["retry-after"]]).toEqual(["queue.full", "1"]);
  expect((await order(shop)).status).toBe(202);
  const waiting = answers.find(({ status }) => status === 202)!;
  await server.ask(`/api/runs/${waiting.json.id}/cancel`, { method: "POST" });
  // A run that is repeated waits like any other.
  const again = await server.ask(`/api/runs/${waiting.json.id}/retry`, { method: "POST" });
  expect(again.status).toBe(202);
  const more = await server.ask(`/api/runs/${waiting.json.id}/retry`, { method: "POST" });
  expect([more.status, more.json.error.code]).toEqual([429, "queue.full"]);
});

test("bodies beyond what a client may have on their way wait, and are refused when that lasts", async () => {
  const server = await testServer({ env, patience: { bodies: { bytes: 1000, waitMs: 200, stallMs: 60_000 } } });
  const slow = open(server.port, `${head("/api/validate", 900)}{`);
  const body = `{"workflow":{"inlay":1,"nodes":{}},"x":"${"x".repeat(300)}"}`;
  // The other one may not have arrived yet.
  let refused = await server.ask("/api/validate", { method: "POST", body });
  while (refused.status !== 429) refused = await server.ask("/api/validate", { method: "POST", body });
  expect([refused.json.error.code, refused.headers["retry-after"]]).toEqual(["server.busy", "1"]);
  expect((await server.ask("/api/session")).status).toBe(200);
  const other = await server.ask("/api/validate", { method: "POST", body, headers: shop });
  expect(other.status).not.toBe(429);
  slow.destroy();
  let later = refused;
  while (later.status === 429) later = await server.ask("/api/validate", { method: "POST", body });
  expect(later.status).toBe(other.status);
});

test("a body that stalls is cut, and what it held is free", async () => {
  const server = await testServer({ env, patience: { bodies: { bytes: 1000, waitMs: 30_000, stallMs: 200 } } });
  const slow = open(server.port, `${head("/api/validate", 900)}{`);
  const body = `{"workflow":{"inlay":1,"nodes":{}},"x":"${"x".repeat(300)}"}`;
  expect((await server.ask("/api/validate", { method: "POST", body })).status).not.toBe(429);
  await closed(slow);
});

test("a body that is dribbled is cut when the request takes too long", async () => {
  const server = await testServer({ env, patience: { headersMs: 200, requestMs: 500 } });
  const slow = open(server.port, `${head("/api/validate", 900)}{`);
  const dribble = setInterval(() => slow.write(" "), 20);
  await closed(slow);
  clearInterval(dribble);
  expect((await server.ask("/api/session")).status).toBe(200);
});

test("headers that are dribbled, or never come, are cut", async () => {
  const server = await testServer({ env, patience: { headersMs: 200, requestMs: 500 } });
  const slow = open(server.port, "GET /api/session HTTP/1.1\r\nhost: x\r\na: ");
  const silent = open(server.port, "");
  const dribble = setInterval(() => slow.write("a"), 20);
  await Promise.all([closed(slow), closed(silent)]);
  clearInterval(dribble);
  expect((await server.ask("/api/session")).status).toBe(200);
});

test("a stranger's body is answered before it has come, and not waited for", async () => {
  const server = await testServer({ env, patience: { bodies: { stallMs: 200 } } });
  const slow = open(server.port, `${head("/api/validate", 900, "Bearer of-somebody-who-is-not-known")}{`);
  let answer = "";
  slow.on("data", (piece) => (answer += String(piece)));
  const dribble = setInterval(() => slow.write(" "), 20);
  await closed(slow);
  clearInterval(dribble);
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
});

test("a picture that does not say how long it is is cut at the limit, and nothing of it is kept", async () => {
  const server = await testServer({ env, patience: { bodies: { upload: 1000 } } });
  const lines = [
    "POST /api/uploads HTTP/1.1",
    "host: HOST",
    `authorization: Bearer ${token}`,
    "content-type: image/png",
  ];
  const piece = `258\r\n${"x".repeat(0x258)}\r\n`;
  const socket = open(
    server.port,
    `${[...lines, "transfer-encoding: chunked"].join("\r\n")}\r\n\r\n${piece}${piece}0\r\n\r\n`,
  );
  let answer = "";
  socket.on("data", (bytes) => (answer += String(bytes)));
  await expect.poll(() => answer).toMatch(/^HTTP\/1\.1 413 [^]*"code":"request.too-large"/);
  const folder = join(server.workspace.stateDir, "artifacts");
  await expect.poll(() => readdir(folder)).toEqual([]);
});

function head(path: string, length: number, authorization = `Bearer ${token}`): string {
  const lines = [
    `POST ${path} HTTP/1.1`,
    "host: HOST",
    `authorization: ${authorization}`,
    "content-type: application/json",
    `content-length: ${length}`,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** A socket that has sent this much of a request. */
function open(port: number, text: string): Socket {
  const socket = connect(port, "127.0.0.1", () => socket.write(text.replace("HOST", `127.0.0.1:${port}`)));
  socket.on("error", () => undefined);
  // Whether anybody reads or not, its end is noticed.
  socket.resume();
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Resolves when the connection is no more, however it was ended. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once("close", () => resolve())));
}
