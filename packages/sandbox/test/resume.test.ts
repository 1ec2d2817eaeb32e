import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox, SandboxTiming } from "../src/index.ts";
import {
  afterThisTest,
  call,
  download,
  entryOf,
  finalResult,
  outputOf,
  outputUrl,
  sandboxForTest,
  submitted,
  temporaryFolder,
  until,
} from "./support/sandboxes.ts";

const HELD: SandboxTiming = { queuedMs: 60_000 };
const NEVER_ENDING: SandboxTiming = { queuedMs: 0, minRunMs: 60_000 };

describe("after close() and a new start", () => {
  test("a queued job goes on, and the id of the sandbox is the same", async () => {
    const dir = await temporaryFolder();
    const before = await sandboxForTest({ dir, timing: HELD });
    const id = await submitted(before);
    await before.close();
    const after = await sandboxForTest({ dir });
    expect(after.id).toBe(before.id);
    expect(await finalResult(after, id)).toMatchObject({ status: "completed" });
  });

  test("a job in progress is done again and ends the same way", async () => {
    const dir = await temporaryFolder();
    const before = await sandboxForTest({ dir, profile: "fill", timing: NEVER_ENDING });
    const id = await submitted(before, { seed: 5 });
    await until(
      () => entryOf(before, id).state,
      (state) => state === "in_progress",
    );
    await before.close();
    const after = await sandboxForTest({ dir, profile: "fill" });
    const { bytes } = await download(outputUrl(await finalResult(after, id)));
    expect(bytes.equals(await outputOf(after, { seed: 5 }))).toBe(true);
  });

  test("a cancelled job stays cancelled, and a completed one keeps its output", async () => {
    const dir = await temporaryFolder();
    const before = await sandboxForTest({ dir });
    const completed = await submitted(before);
    const { bytes } = await download(outputUrl(await finalResult(before, completed)));
    await before.close();
    const between = await sandboxForTest({ dir, timing: HELD });
    const cancelled = await submitted(between);
    await call(between, "POST", `/v1/requests/${cancelled}/cancel`);
    await between.close();
    const after = await sandboxForTest({ dir });
    expect(await finalResult(after, cancelled)).toMatchObject({ status: "cancelled" });
    expect((await download(outputUrl(await finalResult(after, completed)))).bytes.equals(bytes)).toBe(true);
  });

  test("an accepted job whose files were removed is told as lost", async () => {
    const dir = await temporaryFolder();
    const before = await sandboxForTest({ dir, timing: HELD });
    const id = await submitted(before);
    await before.close();
    await rm(join(dir, "jobs"), { recursive: true });
    expect(entryOf(await sandboxForTest({ dir }), id).state).toBe("lost");
  });
});

test("a start removes what a crash left and keeps what the ledger names", async () => {
  const dir = await temporaryFolder();
  const before = await sandboxForTest({ dir, timing: HELD });
  const id = await submitted(before);
  await before.close();
  for (const folder of ["jobs", "requests"]) {
    await writeFile(join(dir, folder, "never-answered.json"), "{}");
    await writeFile(join(dir, folder, `${id}.json.abc.tmp`), "{");
  }
  const after = await sandboxForTest({ dir, timing: HELD });
  expect(await readdir(join(dir, "jobs"))).toEqual([`${id}.json`]);
  expect(await readdir(join(dir, "requests"))).toEqual([`${id}.json`]);
  expect(after.ledger().map((entry) => entry.request_id)).toEqual([id]);
});

test("two sandboxes cannot use one folder at once", async () => {
  const dir = await temporaryFolder();
  await sandboxForTest({ dir });
  await expect(sandboxForTest({ dir })).rejects.toMatchObject({ data: { code: "sandbox.in-use" } });
});

describe("after kill -9", () => {
  const packageDir = fileURLToPath(new URL("../", import.meta.url));
  let built: string;

  beforeAll(async () => {
    built = await mkdtemp(join(packageDir, "node_modules", "resume-test-"));
    await build({
      configFile: false,
      root: packageDir,
      logLevel: "error",
      resolve: { conditions: ["@inlay/source"] },
      ssr: { noExternal: [/^@inlay\//], resolve: { conditions: ["@inlay/source"] } },
      build: { ssr: "src/index.ts", outDir: built, emptyOutDir: true, minify: false },
    });
  });

  afterAll(() => rm(built, { recursive: true, force: true }));

  /** A sandbox in another process, and a way to end that process at once. */
  async function inChild(dir: string, timing: SandboxTiming): Promise<{ sandbox: Sandbox; kill: () => Promise<void> }> {
    const script = fileURLToPath(new URL("fixtures/run-sandbox.mjs", import.meta.url));
    const module = pathToFileURL(join(built, "index.js")).href;
    const child = spawn(process.execPath, [script, module, dir, JSON.stringify(timing)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const kill = async (): Promise<void> => {
      child.kill("SIGKILL");
      await ended;
    };
    afterThisTest(kill);
    for await (const line of createInterface(child.stdout)) {
      return { sandbox: JSON.parse(line) as Sandbox, kill };
    }
    throw new Error("the child ended before it was ready");
  }

  test.each([
    ["queued", HELD],
    ["running", NEVER_ENDING],
  ])("a %s job goes on, and the ledger has it once", async (_, timing) => {
    const dir = await temporaryFolder();
    const { sandbox, kill } = await inChild(dir, timing);
    const id = await submitted(sandbox);
    await kill();
    const after = await sandboxForTest({ dir });
    expect(await finalResult(after, id)).toMatchObject({ status: "completed" });
    expect(after.ledger().map((entry) => entry.request_id)).toEqual([id]);
  });

  test("in the middle of many submissions, every answered one is there", async () => {
    const dir = await temporaryFolder();
    const { sandbox, kill } = await inChild(dir, HELD);
    const answered: string[] = [];
    const keepSubmitting = async (): Promise<void> => {
      for (;;) answered.push(await submitted(sandbox));
    };
    const clients = [keepSubmitting(), keepSubmitting(), keepSubmitting()].map((client) =>
      client.catch(() => undefined),
    );
    await until(
      () => answered.length,
      (count) => count >= 10,
    );
    await kill();
    await Promise.all(clients);
    const after = await sandboxForTest({ dir, timing: HELD });
    const kept = after.ledger().map((entry) => entry.request_id);
    expect(kept).toEqual(expect.arrayContaining(answered));
    expect(new Set(kept).size).toBe(kept.length);
    expect(await readdir(join(dir, "requests"))).toEqual(expect.arrayContaining(kept.map((id) => `${id}.json`)));
  });
});
