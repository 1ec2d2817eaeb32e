import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { send, testServer, token } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";
import { tempFolder, tempWorkspace } from "../support/temp-workspace.ts";

interface Heard {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A receiver on this machine that answers with these statuses, one after the other, the last one for ever. */
async function receiver(...statuses: number[]) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString("utf8")));
    request.on("end", () => {
      response.writeHead(statuses[Math.min(heard.length, statuses.length - 1)] ?? 204).end();
      heard.push({ path: request.url ?? "", headers: request.headers, body });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { heard, host, url: `http://${host}/hook?token=secret` };
}

const sum = {
  inlay: 1,
  name: "A sum",
  inputs: { n: { type: "number" } },
  outputs: { result: { node: "a", output: "value" } },
  nodes: { a: { type: "test/sum", version: 1, inputs: { a: { $input: "n" }, b: 2 } } },
};

async function room(hosts: string) {
  const config = await tempFolder();
  return { config, env: { INLAY_TOKEN: token, INLAY_CONFIG_DIR: config, INLAY_WEBHOOK_HOSTS: hosts } };
}

const start = (server: TestServer, body: object) =>
  server.ask("/api/runs?wait=20", { method: "POST", body: JSON.stringify(body) });

/** The run, as soon as its webhook is in this state. */
async function until(server: TestServer, id: string, isIt: (webhook: { state: string; attempts: number }) => boolean) {
  for (;;) {
    const { json } = await server.ask(`/api/runs/${id}`);
    if (isIt(json.webhook)) return json;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("the end of a run is told, signed, without inputs or secrets, and the run says that it was", async () => {
  const { heard, host, url } = await receiver(204);
  const { config, env } = await room(host);
  const server = await testServer({ env });
  const { json } = await start(server, { workflow: sum, inputs: { n: 40 }, webhook: { url } });
  const run = await until(server, json.id, ({ state }) => state === "delivered");
  expect(run.webhook).toEqual({ host, state: "delivered", attempts: 1, delivered: expect.any(String) });

  const [{ headers, body, path }] = heard as [Heard];
  expect(path).toBe("/hook?token=secret");
  expect(JSON.parse(body)).toMatchObject({
    type: "run.finished",
    timestamp: run.finished,
    data: { id: json.id, status: "succeeded", workflow: { name: "A sum" }, outputs: { result: 42 } },
  });
  expect(body).not.toContain("inputs");
  const secret = (await readFile(join(config, "webhook-secret"), "utf8")).trim();
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  expect(headers["webhook-id"]).toBe(`run_${json.id}`);

  // Nobody is told the address again, which may hold a secret.
  for (const at of [`/api/runs/${json.id}`, "/api/runs", `/api/runs/${json.id}/events`]) {
    expect((await server.ask(at)).text).not.toContain("token=secret");
  }
});

test("a receiver that fails is told again, after a restart too, under the same id", async () => {
  const { heard, host, url } = await receiver(500, 204);
  const { env } = await room(host);
  const workspace = await tempWorkspace();
  const first = await testServer({ env, workspace });
  const { json } = await start(first, { workflow: sum, inputs: { n: 1 }, webhook: { url } });
  const failed = await until(first, json.id, ({ attempts }) => attempts === 1);
  expect(failed.webhook).toMatchObject({
    state: "waiting",
    next: expect.any(String),
    error: { code: "webhook.status", received: "HTTP 500" },
  });
  await first.close();

  const second = await testServer({ env, workspace });
  const again = await second.ask(`/api/runs/${json.id}/webhook`, { method: "POST" });
  expect(again.status).toBe(202);
  const told = await until(second, json.id, ({ state }) => state === "delivered");
  expect(told.webhook.error).toBeUndefined();
  expect(heard.map(({ headers }) => headers["webhook-id"])).toEqual([`run_${json.id}`, `run_${json.id}`]);
});

test("a run that a server leaves at work is told by the next one; that of a repeated request is told once", async () => {
  const { heard, host, url } = await receiver(204);
  const { env } = await room(host);
  const workspace = await tempWorkspace();
  const slow = {
    inlay: 1,
    nodes: { w: { type: "test/wait", version: 1, inputs: { ms: 300 } } },
    outputs: { result: { node: "w", output: "value" } },
  };
  const first = await testServer({ env, workspace });
  const ask = () =>
    first.ask("/api/runs", {
      method: "POST",
      headers: { "idempotency-key": "k" },
      body: JSON.stringify({ workflow: slow, webhook: { url } }),
    });
  const [{ json }] = await Promise.all([ask(), ask()]);
  expect(json.webhook).toEqual({ host, state: "waiting", attempts: 0 });
  await first.close();
  const second = await testServer({ env, workspace });
  await until(second, json.id, ({ state }) => state === "delivered");
  expect(heard).toHaveLength(1);
});

test("a run that failed is told as well, and so is its retry", async () => {
  const { heard, host, url } = await receiver(204);
  const { env } = await room(host);
  const server = await testServer({ env });
  const failing = { inlay: 1, nodes: { f: { type: "test/fail", version: 1, inputs: {} } } };
  const outputs = { result: { node: "f", output: "value" } };
  const failed = await start(server, { workflow: { ...failing, outputs }, webhook: { url } });
  const { json } = await server.ask(`/api/runs/${failed.json.id}/retry`, { method: "POST" });
  for (const id of [failed.json.id, json.id]) await until(server, id, ({ state }) => state === "delivered");
  const told = new Map(heard.map(({ body }) => [JSON.parse(body).data.id, JSON.parse(body).data]));
  expect(told.get(failed.json.id)).toMatchObject({ status: "failed", error: { code: "test.failed" } });
  expect(told.get(json.id)).toMatchObject({ status: "failed", retryOf: failed.json.id });
});

test.each([
  ["https://127.0.0.1/", 422, "url.private"],
  ["https://localhost:8288/api/runs", 422, "url.private"],
  ["http://hooks.example.com/", 422, "url.invalid"],
  ["https://user:secret@hooks.example.com/", 422, "url.invalid"],
])("a run that would tell %s is refused, and not accepted", async (url, status, code) => {
  const server = await testServer();
  const answer = await start(server, { workflow: sum, inputs: { n: 1 }, webhook: { url } });
  expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  expect(answer.text).not.toContain("secret");
  expect((await server.ask("/api/runs")).json.runs).toEqual([]);
});

test("a file cannot bring a webhook, nor can another client tell one", async () => {
  const { heard, host, url } = await receiver(204);
  const { env } = await room(host);
  const server = await testServer({ env: { ...env, INLAY_TOKENS: "shop=the-token-of-the-shop" } });
  await server.put("workflows/sum.json", JSON.stringify({ ...sum, webhook: { url } }));
  const { json } = await start(server, { file: "workflows/sum.json", inputs: { n: 1 } });
  expect([json.status, json.webhook, heard]).toEqual(["succeeded", undefined, []]);
  const none = await server.ask(`/api/runs/${json.id}/webhook`, { method: "POST" });
  expect([none.status, none.json.error.code]).toEqual([404, "run.no-webhook"]);
  const shop = { authorization: "Bearer the-token-of-the-shop" };
  const foreign = await send(server.port, `/api/runs/${json.id}/webhook`, { method: "POST", headers: shop });
  expect(foreign.json.error.code).toBe("run.not-found");
});
