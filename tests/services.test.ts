import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "./support/cli.ts";
import { compareWhere, featheredMask, readExample, readSamples } from "./support/pictures.ts";
import { asService, ledgerOf, openSandbox } from "./support/sandbox.ts";
import { examples, exampleWorkspace, outputsOf, tempFolder } from "./support/workspace.ts";

/** Services that answer at once: what is under test is who is asked. */
const quick = { profile: "identity", timing: { queuedMs: 0 } } as const;

test("a result of the sandbox is never served to another service, nor the reverse", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const [one, two] = [await openSandbox(quick), await openSandbox(quick)];
  const jobs = async (): Promise<number[]> => [(await ledgerOf(cwd)).length, one.ledger().length, two.ledger().length];
  const run = async (args: readonly string[], env: Record<string, string> = {}): Promise<void> => {
    const { code, stderr } = await runCli(["run", "workflow.json", ...args], { cwd, env });
    expect(code, stderr).toBe(0);
  };

  await run(["--sandbox"]);
  expect(await jobs()).toEqual([1, 0, 0]);
  await run([], asService(one));
  expect(await jobs()).toEqual([1, 1, 0]);
  await run([], asService(two));
  expect(await jobs()).toEqual([1, 1, 1]);
  await run([], asService(one));
  await run(["--sandbox"]);
  expect(await jobs()).toEqual([1, 1, 1]);
});

test("--sandbox ignores a real token and a real address", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const other = await openSandbox(quick);
  const { code, stdout, stderr } = await runCli(["run", "workflow.json", "--sandbox", "--json"], {
    cwd,
    env: { ...asService(other), RUNCOMFY_API_TOKEN: "canary-token-4711" },
  });
  expect(code, stderr).toBe(0);
  expect(other.ledger()).toEqual([]);
  expect(await ledgerOf(cwd)).toHaveLength(1);
  expect(stdout + stderr).not.toContain("canary-token-4711");
});

test("a photograph of the caller's, outside the workspace, takes the place of the default", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const photo = join(await tempFolder(), "my photo.of a rocket.jpg");
  const rocket = sharp(join(examples, "../tests/fixtures/rocket.jpg"));
  await rocket.resize(600, 400, { fit: "cover" }).jpeg({ quality: 95 }).toFile(photo);

  const args = ["run", "workflow.json", "--sandbox", "--input", `photo=${photo}`];
  const { code, stdout, stderr } = await runCli(args, { cwd });
  expect([code, stdout], stderr).toEqual([0, "outputs/my photo.of a rocket-without-spoon.png\n"]);
  const [before, after] = [await readSamples(photo), await readSamples(join(cwd, stdout.trim()))];
  const mask = featheredMask(await readExample(join(cwd, "workflow.json")), before);
  expect([after.width, after.height]).toEqual([600, 400]);
  expect(compareWhere([before, after], mask, (value) => value === 0).differing).toBe(0);
  expect(compareWhere([before, after], mask, (value) => value === 255).differing).toBeGreaterThan(0);
});

test("without a token the command names the variable and ends with exit code 2, before any network", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  let connections = 0;
  const server = createServer().on("connection", () => (connections += 1));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  const env = { RUNCOMFY_BASE_URL: `http://127.0.0.1:${port}` };
  const { code, stdout, stderr } = await runCli(["run", "workflow.json"], { cwd, env });
  expect([code, stdout], stderr).toEqual([2, ""]);
  expect(stderr).toContain("secret.missing");
  expect(stderr).toContain("RUNCOMFY_API_TOKEN");
  expect(stderr).toContain("--sandbox");
  expect(connections).toBe(0);
  expect(await outputsOf(cwd)).toEqual([]);
});

test("the sandbox's price is known: a budget of nothing is enough", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const { code, stderr } = await runCli(["run", "workflow.json", "--sandbox", "--budget", "0"], { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining("1 remote job for about $0.00")]);
});
