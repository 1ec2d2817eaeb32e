import { expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const workflow = { file: "workflows/my cup.json" };

test("a run of a file is a command, with what a shell would read otherwise in quotes", () => {
  expect(runCommand({ workflow, inputs: { prompt: "a cup's saucer", seed: 3 } })).toBe(
    String.raw`inlay run 'workflows/my cup.json' --workspace . --input 'prompt=a cup'\''s saucer' --input seed=3`,
  );
});

test("what was no file, or took a picture of its own, has no command", () => {
  expect(runCommand({ workflow: {}, inputs: {} })).toBeUndefined();
  expect(runCommand({ workflow, inputs: { photo: { $artifact: "ab" } } })).toBeUndefined();
});
