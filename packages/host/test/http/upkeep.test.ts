import { expect, test } from "vitest";
import { testServer } from "../support/test-server.ts";

const workflow = { inlay: 1, nodes: { a: { type: "test/number", version: 1, inputs: { value: 1 } } } };
const body = JSON.stringify({ workflow, targets: ["a"] });

test("old runs go, those that are pinned stay", async () => {
  const server = await testServer();
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.push((await server.ask("/api/runs?wait=20", { method: "POST", body })).json.id);
  await server.ask(`/api/runs/${ids[0]}/pinned`, { method: "PUT", body: '{"pinned":true}' });
  const { json } = await server.ask("/api/gc", { method: "POST", body: '{"keepRuns":1}' });
  expect(json).toMatchObject({ runs: 2, removed: 0 });
  const left = (await server.ask("/api/runs")).json.runs.map(({ id }: { id: string }) => id);
  expect(left).toEqual([ids[3], ids[0]]);
});

test("figures say how many runs there are", async () => {
  const server = await testServer();
  await server.ask("/api/runs?wait=20", { method: "POST", body });
  const { text, headers } = await server.ask("/api/metrics");
  expect(headers["content-type"]).toContain("text/plain");
  expect(text).toContain('inlay_runs{status="succeeded"} 1');
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) |[a-z_]+(\{[a-z]+="[^"]*"\})? [\d.]+$)/);
});
