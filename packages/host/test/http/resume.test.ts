import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testServer } from "../support/test-server.ts";
import { tempWorkspace } from "../support/temp-workspace.ts";

// A run that outlives its server: the next one goes on where it stands.

test("what was saved is not saved again, and the run's record tells all of it", async () => {
  const workspace = await tempWorkspace();
  const file = join(workspace.dir, "notes.txt");
  const workflow = {
    inlay: 1,
    name: "Two saves",
    inputs: { n: { type: "number" } },
    outputs: { early: { node: "first", output: "value" }, late: { node: "second", output: "value" } },
    nodes: {
      first: { type: "test/save", version: 1, inputs: { value: { $input: "n" }, file } },
      wait: { type: "test/wait", version: 1, inputs: { value: { $link: ["first", "value"] }, ms: 2000 } },
      second: { type: "test/save", version: 1, inputs: { value: { $link: ["wait", "value"] }, file } },
    },
  };
  const server = await testServer({ workspace });
  const body = JSON.stringify({ workflow, inputs: { n: 7 } });
  const { id } = (await server.ask("/api/runs", { method: "POST", body })).json;
  const isSaved = async (): Promise<boolean> =>
    (await server.ask(`/api/runs/${id}`)).json.nodes.some(
      (node: { node: string; status: string }) => node.node === "first" && node.status === "succeeded",
    );
  while (!(await isSaved())) await new Promise((resolve) => setTimeout(resolve, 10));
  await server.close();

  const next = await testServer({ workspace });
  const run = (await next.ask(`/api/runs/${id}?wait=30`)).json;
  expect(run).toMatchObject({
    status: "succeeded",
    attempt: 2,
    outputs: { early: 7, late: 7 },
    counts: { executed: 2, cached: 1 },
  });
  expect(run.files.map(({ node }: { node: string }) => node)).toEqual(["first", "second"]);
  const notes = (await readFile(file, "utf8")).trim().split("\n");
  expect(notes).toEqual([`${id} first`, `${id} second`]);

  // As a server does before it ends.
  await next.drain();
  const record = JSON.parse(await readFile(join(workspace.stateDir, "runs", id, "run.json"), "utf8"));
  expect(record).toMatchObject({
    run: id,
    workflow: "Two saves",
    status: "succeeded",
    service: "runcomfy",
    inputs: { n: 7 },
    nodes: { first: { status: "succeeded" }, second: { status: "succeeded" } },
  });
  expect(record.files.map(({ node, path }: { node: string; path: string }) => [node, path])).toEqual([
    ["first", "notes.txt"],
    ["second", "notes.txt"],
  ]);
});

test("pixels that were faster made than kept are not made again, one by one or in a list, and are gone with the run", async () => {
  const workspace = await tempWorkspace();
  const file = join(workspace.dir, "notes.txt");
  const workflow = {
    inlay: 1,
    name: "Pictures",
    inputs: {},
    outputs: {
      one: { node: "level", output: "value" },
      all: { node: "levels", output: "value" },
    },
    nodes: {
      first: { type: "test/picture", version: 1, inputs: { level: 3, file } },
      each: { type: "test/picture", version: 1, inputs: { level: { $link: ["range", "values"] }, file } },
      range: { type: "test/values", version: 1, inputs: { values: [4, 5] } },
      level: { type: "test/level", version: 1, inputs: { image: { $link: ["first", "image"] }, ms: 1500 } },
      last: { type: "test/count", version: 1, inputs: { images: { $link: ["each", "image"] }, ms: 1500 } },
      levels: { type: "test/sum", version: 1, inputs: { a: { $link: ["last", "value"] } } },
    },
  };
  const server = await testServer({ workspace });
  const { id } = (await server.ask("/api/runs", { method: "POST", body: JSON.stringify({ workflow }) })).json;
  const made = async (): Promise<readonly string[]> =>
    (await server.ask(`/api/runs/${id}`)).json.nodes
      .filter(({ status }: { status: string }) => status === "succeeded")
      .map(({ node }: { node: string }) => node);
  while ((await made()).length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  await server.close();
  expect((await readdir(join(workspace.stateDir, "kept", id))).length).toBe(3);

  const next = await testServer({ workspace });
  const run = (await next.ask(`/api/runs/${id}?wait=30`)).json;
  expect(run).toMatchObject({ status: "succeeded", attempt: 2, outputs: { one: 3, all: 2 } });
  const notes = (await readFile(file, "utf8")).trim().split("\n");
  expect(notes.toSorted()).toEqual([`${id} each`, `${id} each`, `${id} first`]);
  await next.drain();
  await next.close();
  expect(await readdir(join(workspace.stateDir, "kept"))).toEqual([]);
});
