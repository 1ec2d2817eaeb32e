import type { FileAccess } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { fileRef } from "../../test/pictures.ts";
import files from "./files.ts";
import { globMatcher } from "./glob.ts";

const folder = Object.fromEntries(
  ["b.png", "photo 10.jpg", "photo 2.JPG", "notes.txt", "sub/c.webp"].map((name) => [
    `inputs/${name}`,
    Buffer.from(name),
  ]),
);
const listed = async (inputs: Record<string, unknown> = {}) =>
  testNode(files, inputs, { files: memoryFiles(folder).files });

test("pictures come in the order of their numbers, with their names", async () => {
  const { outputs } = await listed();
  expect(outputs.names).toEqual(["b", "photo 2", "photo 10"]);
  expect(outputs.files).toEqual(
    ["b.png", "photo 2.JPG", "photo 10.jpg"].map((name) => fileRef(name, Buffer.from(name))),
  );
  expect(outputs.count).toBe(3);
});

test.each([
  [{ recursive: true }, ["b", "photo 2", "photo 10", "sub/c"]],
  [{ order: "descending" }, ["photo 10", "photo 2", "b"]],
  [{ pattern: "*.txt" }, ["notes"]],
  [{ pattern: "sub/*", recursive: true }, ["sub/c"]],
])("the folder is listed as asked: %o", async (inputs, names) => {
  expect((await listed(inputs)).outputs.names).toEqual(names);
});

test("nothing that fits is an empty list, with a warning", async () => {
  const { outputs, logs } = await listed({ pattern: "*.gif" });
  expect(outputs).toEqual({ files: [], names: [], count: 0 });
  expect(logs).toEqual(["No file of `inputs` fits the pattern, so nothing runs."]);
});

test("the fingerprint changes with a name, a content and the number of files, and with nothing else", async () => {
  const fingerprint = (content: Record<string, Uint8Array>) => {
    const access = { files: memoryFiles(content).files as FileAccess, signal: undefined as never };
    const inputs = { folder: "inputs", pattern: "*", recursive: false, order: "ascending" };
    return files.fingerprint!(inputs, { ...access, artifacts: undefined as never, secrets: {} });
  };
  const first = await fingerprint({ "inputs/a": Buffer.from("1") });
  expect(await fingerprint({ "inputs/a": Buffer.from("1"), "other/b": Buffer.from("2") })).toBe(first);
  for (const changed of [
    { "inputs/b": Buffer.from("1") },
    { "inputs/a": Buffer.from("2") },
    { "inputs/a": Buffer.from("1"), "inputs/b": Buffer.from("2") },
  ] as Record<string, Uint8Array>[]) {
    expect(await fingerprint(changed)).not.toBe(first);
  }
});

test.each([
  ["*.png", "Cup.PNG", true],
  ["*.png", "sub/cup.png", true],
  ["*.png", "cup.png.txt", false],
  ["cup-?.png", "cup-1.png", true],
  ["cup-?.png", "cup-10.png", false],
  ["*.{png,jpg}", "a.jpg", true],
  ["a+(b)[c].png", "a+(b)[c].png", true],
  ["{a", "{a", true],
  ["sub/*.png", "sub/a.png", true],
  ["sub/*.png", "sub/more/a.png", false],
  ["**/a.png", "x/y/a.png", true],
  ["**/a.png", "a.png", true],
  ["ü.png", "u\u0308.png", true],
])("pattern %s and %s: %o", (pattern, path, fits) => {
  expect(globMatcher(pattern)(path)).toBe(fits);
});
