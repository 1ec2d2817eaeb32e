import { utimes } from "node:fs/promises";
import { expect, test } from "vitest";
import { fileArtifacts } from "../../src/artifacts.ts";
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

test("figures say how many runs there are", async () => {
  const server = await testServer();
  await server.ask("/api/runs?wait=20", { method: "POST", body });
  const { text, headers } = await server.ask("/api/metrics");
  expect(headers["content-type"]).toContain("text/plain");
  expect(text).toContain('inlay_runs{status="succeeded"} 1');
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) |[a-z_]+(\{[a-z]+="[^"]*"\})? [\d.]+$)/);
});
