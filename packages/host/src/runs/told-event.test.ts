import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { toldEvent } from "./told-event.ts";

const workspace = resolve("/pictures");
const file = { type: "node.file", node: "save", sha256: "ab" };

test("a file of the workspace is told by its path in it", () => {
  const path = join(workspace, "outputs", "a", "cup.png");
  expect(toldEvent({ ...file, path }, workspace)).toEqual({ ...file, path: "outputs/a/cup.png" });
});

test("where a file outside of the workspace lies is not told", () => {
  expect(toldEvent({ ...file, path: resolve("/elsewhere/cup.png") }, workspace)).toEqual(file);
  expect(toldEvent({ ...file, path: resolve("/pictures-2/cup.png") }, workspace)).toEqual(file);
});

test("other events, and files without a path, stay as they are", () => {
  const started = { type: "node.started", node: "save" };
  expect(toldEvent(started, workspace)).toBe(started);
  expect(toldEvent(file, workspace)).toBe(file);
});
