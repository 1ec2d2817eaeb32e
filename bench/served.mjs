// A built `inlay serve` on an empty workspace, with two nodes of a person's own: one that waits, one that passes on.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../packages/cli/bin/inlay.js", import.meta.url));
const token = "a-token-of-the-bench";

const head = `import { setTimeout as sleep } from "node:timers/promises";
import { defineNode, z } from "inlay";
const common = { version: 1, category: "Bench", description: "For measuring.", outputs: { value: z.number() } };
`;
const nodes = {
  pass: `${head}export default defineNode({ ...common, type: "bench/pass", title: "Pass",
  inputs: { value: z.number().default(0) }, run: ({ value }) => ({ value: value + 1 }) });
`,
  wait: `${head}export default defineNode({ ...common, type: "bench/wait", title: "Wait", resource: "network",
  inputs: { value: z.number().default(0), ms: z.number().default(1000) },
  async run({ value, ms }) { await sleep(ms); return { value }; } });
`,
};

/** Starts a server; `readyMs` is the time from the start of the process to its line. */
export async function serve() {
  const dir = mkdtempSync(join(tmpdir(), "inlay-bench-"));
  mkdirSync(join(dir, "config", "nodes"), { recursive: true });
  mkdirSync(join(dir, "workspace"));
  for (const [name, code] of Object.entries(nodes)) writeFileSync(join(dir, "config", "nodes", `${name}.mjs`), code);
  const started = performance.now();
  const child = spawn(process.execPath, [bin, "serve", "--port", "0", "--workspace", join(dir, "workspace")], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, INLAY_TOKEN: token, INLAY_CONFIG_DIR: join(dir, "config") },
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const [line] = await once(createInterface(child.stdout), "line");
  const readyMs = performance.now() - started;
  // The measuring process ends when it has measured, and the server with it.
  child.unref();
  child.stdout.unref();
  const { origin } = new URL(line);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return {
    readyMs,
    async run(workflow) {
      const body = JSON.stringify({ workflow });
      const response = await fetch(`${origin}/api/runs?wait=30`, { method: "POST", headers, body });
      const run = await response.json();
      if (run.status !== "succeeded") throw new Error(JSON.stringify(run));
    },
    /** The SHA-256 of a picture that the server has taken in. */
    async upload(bytes, query = {}) {
      const address = `${origin}/api/uploads?${new URLSearchParams(query)}`;
      const type = { "content-type": "application/octet-stream" };
      const response = await fetch(address, { method: "POST", headers: { ...headers, ...type }, body: bytes });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()).sha256;
    },
    get: (path) => fetch(`${origin}${path}`, { headers }),
    /** Resident memory in MB. */
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1000,
    async close() {
      child.ref();
      child.kill("SIGKILL");
      await once(child, "exit");
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
