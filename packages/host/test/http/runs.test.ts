import { request } from "node:http";
import { expect, test } from "vitest";
import { testServer, token } from "../support/test-server.ts";
import type { Answer, TestServer } from "../support/test-server.ts";

type Nodes = Record<string, readonly [type: string, inputs: object]>;

const link = (node: string): object => ({ $link: [node, "value"] });

function workflow(nodes: Nodes, more: object = {}): object {
  const entries = Object.entries(nodes).map(([id, [type, inputs]]) => [id, { type, version: 1, inputs }]);
  const [last = ""] = Object.keys(nodes).slice(-1);
  const outputs = { result: { node: last, output: "value" } };
  return { inlay: 1, name: "A test", outputs, nodes: Object.fromEntries(entries), ...more };
}

const sum = workflow({ a: ["test/number", { value: 1 }], b: ["test/sum", { a: link("a"), b: 2 }] });
const slow = (ms = 60_000) => workflow({ wait: ["test/wait", { ms }] });

function start(server: TestServer, body: object, path = "/api/runs?wait=20", headers = {}): Promise<Answer> {
  return server.ask(path, { method: "POST", body: JSON.stringify(body), headers });
}

async function until(server: TestServer, id: string, status: string): Promise<Answer> {
  for (;;) {
    const answer = await server.ask(`/api/runs/${id}`);
    if (answer.json.status === status) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("a workflow is run to its end while the client waits", async () => {
  const server = await testServer();
  const { status, json, headers } = await start(server, { workflow: sum });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    status: "succeeded",
    outputs: { result: 3 },
    counts: { executed: 2 },
    workflow: { name: "A test" },
    attempt: 1,
  });
  const read = await server.ask(headers.location ?? "");
  expect(read.json.nodes).toMatchObject([
    { node: "a", status: "succeeded", outputs: { value: 1 } },
    { node: "b", status: "succeeded", outputs: { value: 3 } },
  ]);
});

test("a file is run as it was when the run was accepted", async () => {
  const server = await testServer();
  await server.put("workflows/sum.json", JSON.stringify(sum));
  const { json } = await start(server, { file: "workflows/sum.json" });
  expect(json.workflow).toMatchObject({ file: "workflows/sum.json", name: "A test" });
  const { text } = await server.ask(`/api/runs/${json.id}/workflow`);
  expect(text).toBe(JSON.stringify(sum));
});

test("named inputs have the values that the client gives", async () => {
  const server = await testServer();
  const asked = workflow({ a: ["test/number", { value: { $input: "n" } }] }, { inputs: { n: { type: "number" } } });
  expect((await start(server, { workflow: asked, inputs: { n: 7 } })).json.outputs).toEqual({ result: 7 });
});

test.each([
  [{ workflow: sum, inputs: { m: 1 } }, "named-input.unknown"],
  [{ workflow: workflow({ a: ["test/none", {}] }) }, "workflow.invalid"],
  [{ workflow: sum, targets: ["nothing"] }, "workflow.invalid"],
  [{ workflow: { inlay: 99 } }, "workflow.invalid"],
])("what cannot be run is refused before it is accepted: %#", async (body, code) => {
  const server = await testServer();
  const { status, json } = await start(server, body);
  expect([status, json.error.code]).toEqual([422, code]);
  expect((await server.ask("/api/runs")).json.runs).toEqual([]);
});

test("rules between a node's inputs are asked before the run is accepted, and say the place", async () => {
  const server = await testServer();
  const text = JSON.stringify(workflow({ r: ["test/range", { low: 9 }] }), null, 1);
  await server.put("workflows/range.json", text);
  const { status, json } = await start(server, { file: "workflows/range.json" });
  const line = text.split("\n").findIndex((each) => each.includes('"low"')) + 1;
  expect([status, json.error.code]).toEqual([422, "workflow.invalid"]);
  expect(json.error.diagnostics).toMatchObject([{ code: "input.level-range", node: "r", input: "low", line }]);
  const plan = await server.ask("/api/plan", {
    method: "POST",
    body: JSON.stringify({ file: "workflows/range.json" }),
  });
  expect(plan.json.error.code).toBe("workflow.invalid");
});

test("a run that outlasts the time that is waited is answered as it is, and goes on", async () => {
  const server = await testServer();
  const { status, json } = await start(server, { workflow: slow() }, "/api/runs?wait=0.01");
  expect([status, ["queued", "running"].includes(json.status)]).toEqual([202, true]);
  const read = await server.ask(`/api/runs/${json.id}?wait=0.01`);
  expect([read.status, ["queued", "running"].includes(read.json.status)]).toEqual([200, true]);
  await server.ask(`/api/runs/${json.id}/cancel`, { method: "POST" });
  expect((await server.ask(`/api/runs/${json.id}?wait=20`)).json.status).toBe("cancelled");
});

test("a client that goes away while it waits loses nothing: its run goes on, and it finds it again", async () => {
  const server = await testServer();
  const gone = request({
    port: server.port,
    host: "127.0.0.1",
    path: "/api/runs?wait=60",
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": "k" },
  });
  gone.on("error", () => undefined);
  const body = JSON.stringify({ workflow: slow(300) });
  gone.setHeader("content-length", Buffer.byteLength(body)).end(body);
  await expect.poll(async () => (await server.ask("/api/runs")).json.runs.length).toBe(1);
  await new Promise((resolve) => gone.once("close", resolve).destroy());
  const found = await start(server, { workflow: slow(300) }, "/api/runs?wait=60", { "idempotency-key": "k" });
  expect(found.json).toMatchObject({ status: "succeeded", attempt: 1 });
  expect((await server.ask("/api/runs")).json.runs).toHaveLength(1);
});

test("a repeated request with one key is one run", async () => {
  const server = await testServer();
  const asks = () => start(server, { workflow: sum }, "/api/runs", { "idempotency-key": "k" });
  const [one, two] = await Promise.all([asks(), asks()]);
  expect(one.json.id).toBe(two.json.id);
  expect((await server.ask("/api/runs")).json.runs).toHaveLength(1);
});

test("a run that fails says why, and retrying it runs only what is not finished", async () => {
  const server = await testServer();
  const failing = workflow({
    a: ["test/number", { value: 1 }],
    f: ["test/fail", { value: link("a"), unless: "INLAY_TEST_GOES_WELL" }],
  });
  const failed = await start(server, { workflow: failing });
  expect(failed.json).toMatchObject({ status: "failed", error: { code: "test.failed", node: "f" } });
  process.env["INLAY_TEST_GOES_WELL"] = "1";
  const { json } = await server.ask(`/api/runs/${failed.json.id}/retry`, { method: "POST" });
  const retried = await server.ask(`/api/runs/${json.id}?wait=20`);
  delete process.env["INLAY_TEST_GOES_WELL"];
  expect(retried.json.error).toBeUndefined();
  expect(retried.json).toMatchObject({ status: "succeeded", retryOf: failed.json.id, counts: { executed: 1 } });
});

test("a running run is cancelled without touching another", async () => {
  const server = await testServer();
  const [one, two] = [
    await start(server, { workflow: slow() }, "/api/runs"),
    await start(server, { workflow: slow(300) }, "/api/runs"),
  ];
  await until(server, one.json.id, "running");
  const { status } = await server.ask(`/api/runs/${one.json.id}/cancel`, { method: "POST" });
  expect(status).toBe(202);
  expect((await server.ask(`/api/runs/${one.json.id}?wait=20`)).json.status).toBe("cancelled");
  expect((await server.ask(`/api/runs/${two.json.id}?wait=20`)).json.status).toBe("succeeded");
  const again = await server.ask(`/api/runs/${one.json.id}/cancel`, { method: "POST" });
  expect([again.status, again.json.error.code]).toEqual([409, "run.ended"]);
});

test("a waiting run is cancelled and never begins", async () => {
  const server = await testServer({ maxRuns: 1 });
  const first = await start(server, { workflow: slow() }, "/api/runs");
  const second = await start(server, { workflow: sum }, "/api/runs");
  const cancelled = await server.ask(`/api/runs/${second.json.id}/cancel`, { method: "POST" });
  expect(cancelled.json).toMatchObject({ status: "cancelled", attempt: 0 });
  await server.ask(`/api/runs/${first.json.id}/cancel`, { method: "POST" });
});

test("higher priorities go first, and clients take turns", async () => {
  const server = await testServer({
    maxRuns: 1,
    env: { INLAY_TOKEN: token, INLAY_TOKENS: "shop=the-token-of-the-shop" },
  });
  const shop = { authorization: "Bearer the-token-of-the-shop" };
  const first = await start(server, { workflow: slow() }, "/api/runs");
  const begin = async (name: string, headers: object, priority = 0) =>
    [name, (await start(server, { workflow: { ...sum, name }, priority }, "/api/runs", headers)).json.id] as const;
  const runs = [
    await begin("a1", {}),
    await begin("a2", {}),
    await begin("b1", shop),
    await begin("b2", shop),
    await begin("high", {}, 5),
  ];
  await server.ask(`/api/runs/${first.json.id}/cancel`, { method: "POST" });
  const ended = await Promise.all(
    runs.map(async ([name, id]) => {
      const headers = name.startsWith("b") ? shop : {};
      return [name, (await server.ask(`/api/runs/${id}?wait=20`, { headers })).json.started] as const;
    }),
  );
  const order = ended.toSorted(([, x], [, y]) => (x < y ? -1 : 1)).map(([name]) => name);
  expect(order).toEqual(["high", "b1", "a1", "b2", "a2"]);
});

test("waiting runs say their place and are moved; one at work is not", async () => {
  const server = await testServer({
    maxRuns: 1,
    env: { INLAY_TOKEN: token, INLAY_TOKENS: "shop=the-token-of-the-shop" },
  });
  const shop = { authorization: "Bearer the-token-of-the-shop" };
  const first = await start(server, { workflow: slow() }, "/api/runs");
  await until(server, first.json.id, "running");
  await start(server, { workflow: sum }, "/api/runs", shop);
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) ids.push((await start(server, { workflow: sum }, "/api/runs")).json.id);
  const move = (id: string, body: object, headers = {}) =>
    server.ask(`/api/runs/${id}`, { method: "PATCH", body: JSON.stringify(body), headers });

  expect((await server.ask(`/api/runs/${ids[2]}`)).json.place).toBe(3);
  expect((await move(ids[2]!, { place: 1 })).json).toMatchObject({ status: "queued", place: 1, priority: 0 });
  expect((await move(ids[1]!, { priority: 3 })).json).toMatchObject({ place: 1, priority: 3 });
  const { runs } = (await server.ask("/api/runs?status=queued")).json;
  const places = runs.map(({ id, place }: { id: string; place: number }) => [ids.indexOf(id), place]);
  expect(places).toEqual([
    [2, 2],
    [1, 1],
    [0, 3],
  ]);
  expect([(await move(first.json.id, { place: 1 })).json.error.code, (await move(ids[0]!, {})).status]).toEqual([
    "run.not-waiting",
    400,
  ]);
  expect((await move(ids[0]!, { place: 1 }, shop)).json.error.code).toBe("run.not-found");
  await server.ask(`/api/runs/${first.json.id}/cancel`, { method: "POST" });
  const ended = [];
  for (const id of ids) ended.push((await server.ask(`/api/runs/${id}?wait=20`)).json);
  const order = ended.toSorted((a, b) => (a.started < b.started ? -1 : 1)).map(({ id }) => ids.indexOf(id));
  expect(order).toEqual([1, 2, 0]);
});

test("a client sees its own runs and no others", async () => {
  const server = await testServer({ env: { INLAY_TOKEN: token, INLAY_TOKENS: "shop=the-token-of-the-shop" } });
  const shop = { headers: { authorization: "Bearer the-token-of-the-shop" } };
  const { json } = await start(server, { workflow: sum });
  expect((await server.ask("/api/runs", shop)).json.runs).toEqual([]);
  for (const path of ["", "/workflow", "/events"]) {
    const answer = await server.ask(`/api/runs/${json.id}${path}`, shop);
    expect([answer.status, answer.json.error.code]).toEqual([404, "run.not-found"]);
  }
  expect((await server.ask(`/api/runs/${json.id}/cancel`, { method: "POST", ...shop })).status).toBe(404);
});

test("the list is the newest first, filtered, a page at a time", async () => {
  const server = await testServer();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) ids.unshift((await start(server, { workflow: sum })).json.id);
  const first = await server.ask("/api/runs?limit=2&status=succeeded,failed");
  expect(first.json.runs.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  const second = await server.ask(`/api/runs?limit=2&before=${first.json.next}`);
  expect(second.json).toMatchObject({ runs: [{ id: ids[2] }] });
  expect(second.json.next).toBeUndefined();
  expect((await server.ask("/api/runs?status=failed")).json.runs).toEqual([]);
  expect((await server.ask("/api/runs?status=bad")).json.error.code).toBe("request.invalid");
});

test("a pinned run says so", async () => {
  const server = await testServer();
  const { json } = await start(server, { workflow: sum });
  const pinned = await server.ask(`/api/runs/${json.id}/pinned`, { method: "PUT", body: '{"pinned":true}' });
  expect(pinned.json.pinned).toBe(true);
});
