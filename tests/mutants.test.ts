import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { tempFolder } from "./support/workspace.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
}

/** A fault in a small file that a small test file covers. */
const mutant: Mutant = {
  name: "nothing is near",
  file: "packages/engine/src/diagnostics/suggest.ts",
  find: "return best;",
  replace: "return undefined;",
  tests: ["packages/engine/src/diagnostics/suggest.test.ts"],
};

function mutants(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}scripts/mutants.mjs`, ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

async function listOf(...list: readonly Mutant[]): Promise<string> {
  const path = join(await tempFolder(), "list.json");
  writeFileSync(path, JSON.stringify(list));
  return path;
}

test("every fault of every list can still be made", () => {
  expect(mutants("--check")).toMatchObject({ status: 0, stderr: "" });
});

test.each<[string, Partial<Mutant>, string]>([
  ["a text that is not there", { find: "no such text" }, "the text stands 0 times, not once: no such text"],
  ["a text that is there twice", { find: "best" }, "times, not once: best"],
  ["no change", { replace: mutant.find }, "nothing is changed"],
  ["a test that is not there", { tests: ["packages/none.test.ts"] }, "there is no packages/none.test.ts"],
  ["no test", { tests: [] }, "no test file is named"],
])("%s is refused", async (_what, change, words) => {
  const { status, stderr } = mutants("--check", await listOf({ ...mutant, ...change }));
  expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
});

test.runIf(process.env["INLAY_PROOF"])(
  "a fault that a test notices is fine; one that none does, or that breaks the file, is not",
  async () => {
    const survives = { ...mutant, name: "the same in other words", replace: "return best ?? undefined;" };
    const broken = { ...mutant, name: "no code", replace: "return (" };
    const { status, stdout } = mutants(await listOf(mutant, survives, broken));
    expect(status).toBe(1);
    expect(stdout).toMatch(/nothing is near +noticed +promt is near prompt/);
    expect(stdout).toMatch(/the same in other words +SURVIVED/);
    expect(stdout).toMatch(/no code +BROKEN/);
    expect(stdout).toContain("1 of 3 noticed.");
  },
);
