import { join } from "node:path";
import { expect, test } from "vitest";
import { jobLines, withWorkspace } from "./job-advice.ts";

const unknown = { code: "remote.unknown", message: "", node: "inpaint", ending: "unknown" } as const;
const forget = { ...unknown, suggestion: "If not, `inlay jobs forget 0123abcd` lets the next run submit a new job." };

test("a suggested command names the workspace, so that it can be pasted", () => {
  expect(withWorkspace(forget, join(process.cwd(), "my flows")).suggestion).toBe(
    "If not, `inlay jobs forget 0123abcd --workspace 'my flows'` lets the next run submit a new job.",
  );
});

test("in the current folder a suggested command stays as it is", () => {
  expect(withWorkspace(forget, process.cwd())).toEqual(forget);
});

test("a job in doubt whose error suggests no command is sent to the list of jobs", () => {
  expect(jobLines([unknown, forget], join(process.cwd(), "flows"))).toEqual([
    "  the job of `inpaint` is unknown: see `inlay jobs --workspace flows`",
    "  the job of `inpaint` is unknown",
  ]);
});

test("a job that goes on is collected by the next run; a node that failed by itself needs no line", () => {
  const errors = [
    { ...unknown, ending: "detached", requestId: "r1" } as const,
    { code: "image.empty", message: "", node: "load" },
  ];
  expect(jobLines(errors, process.cwd())).toEqual([
    "  the job of `inpaint` is detached (request r1): it goes on, and is billed if jobs cost money; run the workflow again to collect its result",
  ]);
});
