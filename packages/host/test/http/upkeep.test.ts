import { utimes } from "node:fs/promises";
import { expect, test } from "vitest";
import { fileArtifacts } from "../../src/artifacts.ts";
import { diskResultCache } from "../../src/result-cache/disk-result-cache.ts";
import { collectGarbage } from "../../src/storage/collect-garbage.ts";
import { storedFiles } from "../../src/storage/stored-files.ts";
import type { Workspace } from "../../src/workspace.ts";
import { tempWorkspace } from "../support/temp-workspace.ts";
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

/** What goes when everything must that may, as if nothing had been used for long. */
async function removed(workspace: Workspace): Promise<string[]> {
  for (const { path } of await storedFiles(workspace)) await utimes(path, 1, 1);
  const report = await collectGarbage({ workspace, above: 0, downTo: 0, paid: true });
  return report.removed.map(({ name }) => name);
}

test("the upload of a run that waits or is pinned stays, though no server runs; it goes with the run's end", async () => {
  const workspace = await tempWorkspace();
  const artifacts = fileArtifacts(workspace);
  const { sha256 } = await artifacts.put(Buffer.from("a picture"), { mime: "image/png" });
  await artifacts.close();
  const wait = { type: "test/wait", version: 1, inputs: { ms: 60_000 } };
  const asked = {
    workflow: { inlay: 1, inputs: { photo: { type: "file" } }, nodes: { wait } },
    targets: ["wait"],
    inputs: { photo: { $artifact: sha256 } },
  };
  const server = await testServer({ workspace });
  const { id } = (await server.ask("/api/runs", { method: "POST", body: JSON.stringify(asked) })).json;
  await server.close();
  await server.closeHost();
  expect(await removed(workspace)).toEqual([]);

  const next = await testServer({ workspace });
  await next.ask(`/api/runs/${id}/cancel`, { method: "POST" });
  await next.ask(`/api/runs/${id}?wait=20`);
  await next.ask(`/api/runs/${id}/pinned`, { method: "PUT", body: '{"pinned":true}' });
  await next.closeHost();
  expect(await removed(workspace)).toEqual([]);
  await next.ask(`/api/runs/${id}/pinned`, { method: "PUT", body: '{"pinned":false}' });
  expect(await removed(workspace)).toEqual([sha256]);
});

test("a server that makes room removes what nobody needs, and nothing that is pinned, at work or paid for", async () => {
  const workspace = await tempWorkspace();
  const [artifacts, cache] = [fileArtifacts(workspace), await diskResultCache({ workspace })];
  const put = async (text: string) => (await artifacts.put(Buffer.from(text), { mime: "text/plain" })).sha256;
  await put("nobody's");
  const [pinned, atWork] = [await put("pinned"), await put("at work")];
  const [paid, unpaid] = ["a".repeat(64), "b".repeat(64)];
  await cache.set(paid, { value: 1, data: new Uint8Array(5000) }, { ms: 1000, paid: true });
  await cache.set(unpaid, { value: 2, data: new Uint8Array(5000) }, { ms: 1000, paid: false });
  await cache.idle();
  await artifacts.close();
  const server = await testServer({ workspace });
  const run = async (photo: string, ms: number, path: string) => {
    const wait = { type: "test/wait", version: 1, inputs: { ms } };
    const asked = { inlay: 1, inputs: { photo: { type: "file" } }, nodes: { wait } };
    const order = { workflow: asked, targets: ["wait"], inputs: { photo: { $artifact: photo } } };
    return (await server.ask(path, { method: "POST", body: JSON.stringify(order) })).json.id as string;
  };
  const kept = await run(pinned, 0, "/api/runs?wait=20");
  await server.ask(`/api/runs/${kept}/pinned`, { method: "PUT", body: '{"pinned":true}' });
  const working = await run(atWork, 60_000, "/api/runs");
  await expect.poll(async () => (await server.ask(`/api/runs/${working}`)).json.status).toBe("running");
  for (const { path } of await storedFiles(workspace)) await utimes(path, 1, 1);

  const { json } = await server.ask("/api/gc", { method: "POST", body: '{"maxBytes":0,"keepRuns":0}' });
  expect(json).toMatchObject({ runs: 0, removed: 2 });
  const left = (await storedFiles(workspace)).map(({ name }) => name);
  expect(left.toSorted()).toEqual([paid, pinned, atWork].toSorted());
  await server.ask(`/api/runs/${working}/cancel`, { method: "POST" });
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
