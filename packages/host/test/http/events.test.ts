import { expect, test } from "vitest";
import { listenTo } from "../support/event-client.ts";
import type { HeardEvent } from "../support/event-client.ts";
import { testServer, token } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";
import { tempWorkspace } from "../support/temp-workspace.ts";

const nodes = (entries: Record<string, [string, object]>): object => ({
  inlay: 1,
  nodes: Object.fromEntries(Object.entries(entries).map(([id, [type, inputs]]) => [id, { type, version: 1, inputs }])),
  outputs: { result: { node: Object.keys(entries).at(-1), output: "value" } },
});
const steps = nodes({
  a: ["test/number", { value: 1 }],
  s: ["test/steps", { value: { $link: ["a", "value"] }, steps: 20 }],
});

async function start(server: TestServer, workflow: object): Promise<string> {
  return (await server.ask("/api/runs", { method: "POST", body: JSON.stringify({ workflow }) })).json.id;
}

const types = (events: readonly HeardEvent[]): string[] => events.map(({ data }) => data.type);
const isOver = (events: readonly HeardEvent[]): boolean => events.at(-1)?.data.type === "run.finished";

test("the stream of a run has all its events, numbered without gaps, and ends with the last", async () => {
  const server = await testServer();
  const id = await start(server, steps);
  const live = await listenTo(server.port, `/api/runs/${id}/events`);
  await live.ended;
  expect(live.events.map(({ data }) => data.seq)).toEqual(live.events.map((_, i) => i + 1));
  expect(types(live.events).filter((type) => type !== "node.progress")).toEqual([
    "run.queued",
    "run.started",
    "node.started",
    "node.finished",
    "node.started",
    "node.finished",
    "run.finished",
  ]);
  const later = await listenTo(server.port, `/api/runs/${id}/events`);
  await later.ended;
  expect(later.events).toEqual(live.events);
});

test("progress is told at most twenty times a second", async () => {
  const server = await testServer();
  const { events, ended } = await listenTo(server.port, `/api/runs/${await start(server, steps)}/events`);
  await ended;
  // Twenty steps of 5 ms or more: told one by one they would be twenty.
  const told = types(events).filter((type) => type === "node.progress");
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(20);
});

test("a client that comes back gets what it missed, once and in order", async () => {
  const server = await testServer();
  const path = `/api/runs/${await start(server, steps)}/events`;
  const first = await listenTo(server.port, path);
  await first.until((events) => events.length >= 3);
  first.close();
  const known = first.events.slice(0, 3);
  const second = await listenTo(server.port, path, { lastEventId: known.at(-1)!.id });
  await second.ended;
  const seen = [...known, ...second.events];
  expect(seen.map(({ data }) => data.seq)).toEqual(seen.map((_, i) => i + 1));
  expect(isOver(seen)).toBe(true);
});

test("who knows the last event of a run that has ended is told not to come again", async () => {
  const server = await testServer();
  const path = `/api/runs/${await start(server, steps)}/events`;
  const { events, ended } = await listenTo(server.port, path);
  await ended;
  expect((await listenTo(server.port, path, { lastEventId: events.at(-1)!.id })).status).toBe(204);
});

test("the stream of all runs begins with the next event, or behind the place that is named", async () => {
  const server = await testServer();
  const before = await start(server, steps);
  await server.ask(`/api/runs/${before}?wait=20`);
  const live = await listenTo(server.port, "/api/events");
  const id = await start(server, steps);
  await live.until(isOver);
  expect(new Set(live.events.map(({ data }) => data.run))).toEqual(new Set([id]));
  const all = await listenTo(server.port, "/api/events?after=0");
  await all.until((events) => events.at(-1)?.id === live.events.at(-1)?.id);
  expect(new Set(all.events.map(({ data }) => data.run))).toEqual(new Set([before, id]));
  expect(all.events.map((event) => event.id)).toEqual(all.events.map((event) => event.id).toSorted((a, b) => a - b));
});

test("no client's stream has events of another's runs", async () => {
  const server = await testServer({ env: { INLAY_TOKEN: token, INLAY_TOKENS: "shop=the-token-of-the-shop" } });
  const headers = { authorization: "Bearer the-token-of-the-shop" };
  const shop = await listenTo(server.port, "/api/events?after=0", { headers });
  const run = async (as = {}): Promise<string> =>
    (await server.ask("/api/runs?wait=20", { method: "POST", body: JSON.stringify({ workflow: steps }), headers: as }))
      .json.id;
  const [own, foreign, last] = [await run(headers), await run(), await run(headers)];
  // When the last event of the last run is here, all before it would be.
  await shop.until((events) => isOver(events) && events.at(-1)?.data.run === last);
  expect([...new Set(shop.events.map(({ data }) => data.run))]).toEqual([own, last]);
  const again = await listenTo(server.port, "/api/events?after=0", { headers });
  await again.until((events) => events.at(-1)?.id === shop.events.at(-1)?.id);
  expect(again.events).toEqual(shop.events);
  const asked = await server.ask(`/api/runs/${foreign}/events`, { headers });
  expect([asked.status, asked.json.error.code]).toEqual([404, "run.not-found"]);
});

test("a client may have so many streams, all together so many, and one that ends makes room", async () => {
  const tokens = "shop=the-token-of-the-shop,mill=the-token-of-the-mill";
  const server = await testServer({
    env: { INLAY_TOKEN: token, INLAY_TOKENS: tokens },
    patience: { streams: { all: 3, ofClient: 2 } },
  });
  const as = (client: string) => ({ headers: { authorization: `Bearer the-token-of-the-${client}` } });
  const open = [await listenTo(server.port, "/api/events"), await listenTo(server.port, "/api/events")];
  const refused = await server.ask("/api/events");
  expect([refused.status, refused.json.error.code, refused.headers["retry-after"]]).toEqual([429, "server.busy", "1"]);
  expect((await listenTo(server.port, "/api/events", as("shop"))).status).toBe(200);
  expect((await server.ask("/api/events", as("mill"))).json.error.code).toBe("server.busy");
  open[0]!.close();
  await expect.poll(async () => (await listenTo(server.port, "/api/events")).status).toBe(200);
  expect((await server.ask("/api/session")).status).toBe(200);
});

test("a place that is none is refused", async () => {
  const server = await testServer();
  const { status, json } = await server.ask("/api/events?after=x");
  expect([status, json.error.code]).toEqual([400, "request.invalid"]);
});

test("a server that starts again goes on with its runs, and its streams where they stood", async () => {
  const workspace = await tempWorkspace();
  const before = await testServer({ workspace });
  const id = await start(
    before,
    nodes({ a: ["test/number", { value: 1 }], w: ["test/wait", { value: { $link: ["a", "value"] }, ms: 500 }] }),
  );
  const first = await listenTo(before.port, `/api/runs/${id}/events`);
  await first.until((events) => types(events).filter((type) => type === "node.started").length === 2);
  await before.close();
  const server = await testServer({ workspace });
  const second = await listenTo(server.port, `/api/runs/${id}/events`, { lastEventId: first.events.at(-1)!.id });
  await second.ended;
  const seen = [...first.events, ...second.events];
  expect(seen.map(({ data }) => data.seq)).toEqual(seen.map((_, i) => i + 1));
  expect(types(second.events)).toEqual([
    "run.resumed",
    "run.started",
    "node.cached",
    "node.started",
    "node.finished",
    "run.finished",
  ]);
  expect((await server.ask(`/api/runs/${id}`)).json).toMatchObject({
    status: "succeeded",
    attempt: 2,
    outputs: { result: 1 },
  });
});
