import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWorkspace } from "../../src/workspace.ts";
import { tempFolder } from "../support/temp-workspace.ts";
import { smallDisk } from "../support/small-disk.ts";
import { testServer } from "../support/test-server.ts";

const workflow = (ms: number): string =>
  JSON.stringify({
    workflow: { inlay: 1, nodes: { a: { type: "test/wait", version: 1, inputs: { ms } } } },
    targets: ["a"],
  });

test("a full disk refuses what is new, loses nothing, and is over when there is space again", async ({ skip }) => {
  const disk = smallDisk() ?? skip("needs the right to mount a small disk");
  const server = await testServer({ workspace: await openWorkspace({ dir: disk.dir }) });
  const begun = await server.ask("/api/runs", { method: "POST", body: workflow(300) });
  const filler = join(disk.dir, "filler");
  await writeFile(filler, Buffer.alloc(2 ** 20)).catch(() => undefined);
  let refused = begun;
  for (let i = 0; i < 2000 && refused.status === 202; i++) {
    refused = await server.ask("/api/runs", { method: "POST", body: workflow(0) });
  }
  expect([refused.status, refused.json.error.code]).toEqual([507, "disk.full"]);
  expect((await server.ask("/api/health")).status).toBe(200);
  await rm(filler);
  const ended = await server.ask(`/api/runs/${begun.json.id}?wait=20`);
  expect(ended.json.status).toBe("succeeded");
  const again = await server.ask("/api/runs?wait=20", { method: "POST", body: workflow(1) });
  expect(again.json.status).toBe("succeeded");
});

test("a run whose pixels have no room to be kept for a restart goes on, and leaves nothing half-written", async ({
  skip,
}) => {
  const disk = smallDisk() ?? skip("needs the right to mount a small disk");
  const outside = await tempFolder();
  const server = await testServer({ workspace: await openWorkspace({ dir: disk.dir }) });
  const body = JSON.stringify({
    workflow: {
      inlay: 1,
      outputs: { level: { node: "level", output: "value" } },
      nodes: {
        picture: { type: "test/picture", version: 1, inputs: { level: 5, file: join(outside, "notes.txt") } },
        level: { type: "test/level", version: 1, inputs: { image: { $link: ["picture", "image"] }, ms: 200 } },
      },
    },
  });
  const run = await server.ask("/api/runs?wait=30", { method: "POST", body });
  expect(run.json).toMatchObject({ status: "succeeded", outputs: { level: 5 } });
  await server.drain();
  await server.close();
  expect(await readdir(join(disk.dir, ".inlay", "kept")).catch(() => [])).toEqual([]);
});
