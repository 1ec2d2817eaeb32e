import { expect, test } from "vitest";
import type { Diagnostic } from "./diagnostic.ts";
import { formatDiagnostic, formatPath } from "./format-diagnostic.ts";

const plain: Diagnostic = {
  severity: "error",
  code: "input.unknown",
  message: "Unknown input `promt` of `inpaint`.",
  path: ["nodes", "inpaint", "inputs", "promt"],
};

test("the first line holds place, severity, code and message", () => {
  expect(formatDiagnostic({ ...plain, line: 12, column: 7 }, "workflow.json")).toBe(
    "workflow.json:12:7 error input.unknown: Unknown input `promt` of `inpaint`.",
  );
});

test("what was expected and what to do have lines of their own", () => {
  const text = formatDiagnostic({
    ...plain,
    expected: "`prompt`",
    received: "`promt`",
    suggestion: "Did you mean `prompt`?",
  });
  expect(text.split("\n").slice(1)).toEqual(["  expected `prompt`, received `promt`", "  Did you mean `prompt`?"]);
});

test("without a line the JSON path is the place", () => {
  expect(formatDiagnostic(plain)).toMatch(/^nodes\.inpaint\.inputs\.promt error /);
});

test("without file, line and path nothing stands before the severity", () => {
  expect(formatDiagnostic({ ...plain, path: [] })).toMatch(/^error /);
});

test("array indices stand in brackets", () => {
  expect(formatPath(["nodes", "mask", "inputs", "points", 3, 0])).toBe("nodes.mask.inputs.points[3][0]");
});

test("a key of the file cannot begin a line or an escape sequence", () => {
  expect(formatDiagnostic({ ...plain, path: [], received: "`a\n\u001b[2J`" }).split("\n")[1]).toBe(
    "  received `a\\u000a\\u001b[2J`",
  );
});
