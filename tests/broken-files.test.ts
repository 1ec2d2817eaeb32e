import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const fixtures = `${root}packages/engine/fixtures/broken/`;

/** Broken only for the nodes that the engine's own tests define. */
const fineForBuiltIns = "node.bypass.json";

function validate(file: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`${root}packages/cli/bin/inlay.js`, "validate", "--json", fixtures + file],
    { encoding: "utf8" },
  );
  const { valid, diagnostics } = JSON.parse(stdout) as {
    valid: boolean;
    diagnostics: { code: string; message: string; line?: number }[];
  };
  return { status, valid, diagnostics, stderr };
}

test(
  "every broken file ends the command with exit code 2 and stable codes, never with a stack",
  { timeout: 120_000 },
  () => {
    const codes = new Set<string>();
    for (const file of readdirSync(fixtures).filter((name) => name !== fineForBuiltIns)) {
      const { status, valid, diagnostics, stderr } = validate(file);
      expect([file, status, valid, stderr]).toEqual([file, 2, false, ""]);
      for (const { code, message } of diagnostics) {
        codes.add(code);
        expect(message).not.toMatch(/\n\s+at /);
      }
    }
    expect(codes.size).toBeGreaterThanOrEqual(15);
  },
);

test.each([
  [["frobnicate"], "usage.unknown-command"],
  [["run", "nowhere.json"], "workflow.not-found"],
  [["run", "examples/remove-spoon/workflow.json", "--sandbox", "--input", "promt=x"], "named-input.unknown"],
  [["run", "examples/remove-spoon/workflow.json", "--sandbox", "--max-paid", "many"], "usage.invalid"],
  [["run", "examples/remove-spoon/workflow.json", "--sandbox", "--target", "reslt"], "workflow.invalid"],
  [["nodes", "image/lod"], "usage.invalid"],
])("%j is refused with exit code 2 and one clear error", (args, code) => {
  const { status, stderr } = spawnSync(process.execPath, [`${root}packages/cli/bin/inlay.js`, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status).toBe(2);
  if (code !== "workflow.invalid") expect(stderr).toContain(code);
  expect(stderr).not.toMatch(/\n\s+at /);
});
