import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A fault may make a test wait for ever without letting its own time limit speak. */
const longestMs = 180_000;

/**
 * Runs test files in a copy of the repository: `green`, `red` when a test has failed, and `broken` when none could run,
 * which says nothing about the tests.
 */
export function runTests(copy, files) {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    [vitest, "run", "--reporter=json", "--bail=1", "--testTimeout=60000", ...files],
    { cwd: copy, encoding: "utf8", timeout: longestMs, killSignal: "SIGKILL", maxBuffer: 2 ** 28 },
  );
  if (error?.code === "ETIMEDOUT") return { outcome: "red", detail: "the tests never ended" };
  if (status === 0) return { outcome: "green", detail: "" };
  const failed = failedTest(stdout);
  return failed === undefined
    ? { outcome: "broken", detail: (stdout + stderr).slice(-2000) }
    : { outcome: "red", detail: failed };
}

/** The name of the first test that failed. */
function failedTest(report) {
  try {
    const { testResults } = JSON.parse(report.slice(report.indexOf("{")));
    return testResults.flatMap((file) => file.assertionResults).find(({ status }) => status === "failed")?.fullName;
  } catch {
    return undefined;
  }
}
