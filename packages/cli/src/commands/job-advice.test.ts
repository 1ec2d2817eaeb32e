import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHost } from "@inlay/host";
import { expect, onTestFinished, test } from "vitest";
import { jobAdvice } from "./job-advice.ts";

const unknown = { code: "remote.unknown", message: "", node: "inpaint", ending: "unknown" } as const;

async function workspaceWith(...keys: readonly string[]): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), "inlay advice-"));
  onTestFinished(() => rm(workspace, { recursive: true, force: true }));
  const host = await openHost({ workspace });
  for (const key of keys) {
    const journal = await host.journal();
    const { record } = await journal.claim({ key, provider: "p", account: "a", model: "m" });
    await journal.move(record, { state: "unknown" });
  }
  await host.close();
  return workspace;
}

test("a job in doubt comes with commands to paste: its key and its workspace", async () => {
  const workspace = await workspaceWith("0123456789abcdef");
  const [line] = await jobAdvice([unknown], workspace);
  expect(line).toContain(`\`inlay jobs forget 0123456789abcdef --workspace '${workspace}'\``);
});

test("when several jobs are in doubt, the list of jobs tells the key", async () => {
  const workspace = await workspaceWith("0123456789abcdef", "fedcba9876543210");
  expect((await jobAdvice([unknown], workspace))[0]).toContain(
    `\`inlay jobs --workspace '${workspace}'\` shows its KEY`,
  );
});

test("a job that goes on needs no key; a node that failed by itself needs no line", async () => {
  const errors = [
    { ...unknown, ending: "detached", requestId: "r1" } as const,
    { code: "image.empty", message: "", node: "load" },
  ];
  expect(await jobAdvice(errors, process.cwd())).toEqual([
    "  the job of `inpaint` is detached (request r1): it goes on and will be billed; run the workflow again to collect its result",
  ]);
});
