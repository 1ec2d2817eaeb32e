import { expect, test } from "vitest";
import type { ErrorData } from "@inlay/engine";
import { exitCodeOf } from "./exit-code.ts";

const error = (code: string, more: Partial<ErrorData> = {}): ErrorData => ({ code, message: "", ...more });

test.each<[string, readonly ErrorData[], number]>([
  ["a wrong value from the caller", [error("input.range")], 2],
  ["a workflow that is not valid", [error("workflow.invalid")], 2],
  ["a missing key", [error("secret.missing")], 2],
  ["a base URL that is none", [error("remote.config")], 2],
  ["a sandbox that another process holds", [error("sandbox.in-use")], 2],
  ["a node that failed", [error("image.truncated", { node: "load" })], 3],
  ["an input that a link brought", [error("input.range", { node: "feather" })], 3],
  ["a file that is not there, named by a field", [error("file.not-found", { node: "load", input: "source" })], 2],
  ["a file that a node could not read", [error("file.changed", { node: "load", nodeType: "image/load" })], 3],
  ["too many paid jobs", [error("money/confirm")], 4],
  [
    "a job that may have been accepted, beside another failure",
    [error("image.empty", { node: "a" }), error("remote.unknown", { node: "b", ending: "unknown" })],
    5,
  ],
  ["a job that still runs", [error("remote.stalled", { node: "b", ending: "detached" })], 5],
  ["a fault of our own", [error("node.internal")], 1],
])("%s ends with its own code", (_name, errors, code) => {
  expect(exitCodeOf("failed", errors)).toBe(code);
});

test("a cancelled run ends as a process that a signal ended", () => {
  expect(exitCodeOf("cancelled", [error("remote.detached", { node: "a", ending: "detached" })])).toBe(130);
});

test("a run that succeeded ends with 0", () => {
  expect(exitCodeOf("succeeded", [])).toBe(0);
});
