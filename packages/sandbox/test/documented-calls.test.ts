import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { sandboxForTest, type Json } from "./support/sandboxes.ts";

const script = fileURLToPath(new URL("fixtures/four-calls.sh", import.meta.url));
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

test.skipIf(!hasCurl)("the documentation's four calls work with curl", async () => {
  const sandbox = await sandboxForTest({ timing: { queuedMs: 60_000 } });
  const env = { ...process.env, BASE: sandbox.url, TOKEN: sandbox.token };
  const { stdout } = await promisify(execFile)("sh", [script], { env });
  const [submitted, status, result, cancelled] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
  const request_id = submitted?.["request_id"];
  expect(sandbox.ledger().map((entry) => entry.request_id)).toEqual([request_id]);
  expect(submitted?.["status_url"]).toBe(`${sandbox.url}/v1/requests/${String(request_id)}/status`);
  expect(status).toMatchObject({ request_id, status: "in_queue", queue_position: expect.any(Number) });
  expect(result).toMatchObject({ request_id, status: "in_queue" });
  expect(cancelled).toEqual({ request_id, status: "cancelled", outcome: "cancelled" });
});
