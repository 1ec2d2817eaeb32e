import { expect, test } from "vitest";
import { idleProcess } from "../test/support/children.ts";
import { ownerRuns, processOwner } from "./process-owner.ts";

test("this process runs, and has another name each time it asks", () => {
  const owner = processOwner(process.pid);
  expect(ownerRuns(owner, Date.now())).toBe(true);
  expect(processOwner(process.pid)).not.toBe(owner);
});

test("a killed process does not run", async () => {
  const child = await idleProcess();
  const owner = processOwner(child.pid);
  expect(ownerRuns(owner, Date.now())).toBe(true);
  await child.kill();
  expect(ownerRuns(owner, Date.now())).toBe(false);
});

test.runIf(process.platform === "linux")("another process with the same id is not the same", () => {
  const [pid, , ...rest] = processOwner(process.pid).split(".");
  expect(ownerRuns([pid, "1", ...rest].join("."), Date.now())).toBe(false);
});

test.runIf(process.platform === "linux")("a process of an earlier boot does not run", () => {
  const [pid, started, , ...rest] = processOwner(process.pid).split(".");
  expect(ownerRuns([pid, started, "other-boot", ...rest].join("."), Date.now())).toBe(false);
});

test("a process that nobody can look up counts as running for ten minutes", () => {
  const [pid, started, boot] = processOwner(process.pid).split(".");
  const elsewhere = [pid, started, boot, "1", "00"].join(".");
  expect(ownerRuns(elsewhere, Date.now() - 60_000)).toBe(true);
  expect(ownerRuns(elsewhere, Date.now() - 3_600_000)).toBe(false);
});
