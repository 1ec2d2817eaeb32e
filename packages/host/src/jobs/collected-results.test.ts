import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempWorkspace } from "../../test/support/temp-workspace.ts";
import { collectedResults } from "./collected-results.ts";

const key = "a".repeat(64);
const files = [
  { bytes: Buffer.from("one"), mime: "image/png" },
  { bytes: Buffer.from("two"), mime: "image/jpeg" },
];

test("keeps a result's files and gives them back for the same request only", async () => {
  const results = collectedResults(await tempWorkspace());
  const paths = await results.put(key, { requestId: "q1", files, costUsd: 0.5 });
  expect(paths.map((path) => path.slice(-5))).toEqual(["1.png", "2.jpg"]);
  expect(await readFile(paths[1]!, "utf8")).toBe("two");
  expect(await results.get(key, "q1")).toEqual({ requestId: "q1", files, costUsd: 0.5 });
  expect(await results.paths(key, "q1")).toEqual(paths);
  expect(await results.get(key, "q2")).toBeUndefined();
  expect(await results.get("b".repeat(64), "q1")).toBeUndefined();
});

test("a file that was changed or is gone makes the result count as never collected", async () => {
  const results = collectedResults(await tempWorkspace());
  const [first] = await results.put(key, { requestId: "q1", files });
  await writeFile(first!, "other");
  expect(await results.get(key, "q1")).toBeUndefined();
  expect(await results.paths(key, "q1")).toBeUndefined();
});

test("an index that leads elsewhere, or is none, is not followed", async () => {
  const workspace = await tempWorkspace();
  const results = collectedResults(workspace);
  await results.put(key, { requestId: "q1", files });
  const index = join(workspace.stateDir, "collected", key, "result.json");
  const file = { name: "../../salt", mime: "image/png", sha256: "0" };
  for (const text of [JSON.stringify({ requestId: "q1", files: [file] }), "{", "[]", '{"requestId":"q1","files":7}']) {
    await writeFile(index, text);
    expect(await results.get(key, "q1")).toBeUndefined();
  }
  expect(await results.get("../../salt", "q1")).toBeUndefined();
});
