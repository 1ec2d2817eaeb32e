import { join } from "node:path";
import { startSandbox } from "@inlay/sandbox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli, type CliEnd } from "./support/cli.ts";
import { compareWhere, featheredMask, readExample, readSamples, type Samples } from "./support/pictures.ts";
import { ledgerOf } from "./support/sandbox.ts";
import { copyExample, makeFolder, removeFolder } from "./support/workspace.ts";

// The sample runs once in a fresh workspace; the tests look at what it left, in this order.

let workspace: string;
let first: CliEnd;
let source: Samples;
let mask: Uint8Array;

beforeAll(async () => {
  workspace = await copyExample("remove-spoon", await makeFolder());
  source = await readSamples(join(workspace, "coffee.png"));
  mask = featheredMask(await readExample(join(workspace, "workflow.json")), source);
});
afterAll(() => removeFolder(workspace));

test("the sample succeeds and prints the path of its result, nothing else", async () => {
  first = await runCli(["run", "workflow.json", "--sandbox"], { cwd: workspace });
  expect([first.code, first.stdout], first.stderr).toEqual([0, "outputs/coffee-without-spoon.png\n"]);
});

test("the sandbox says on standard error what it is", () => {
  expect(first.stderr).toMatch(/sandbox/i);
  expect(first.stderr).toContain("ignores the prompt");
});

test("the result has the photograph's size", async () => {
  const { width, height, channels } = await readSamples(result());
  expect({ width, height, channels }).toEqual({ width: 600, height: 400, channels: 3 });
});

test("no sample differs where the feathered mask is 0", async () => {
  const { samples, differing } = compareWhere([source, await readSamples(result())], mask, (value) => value === 0);
  expect(samples).toBeGreaterThan(600_000);
  expect(differing).toBe(0);
});

test("at least 90 % of the samples differ where the feathered mask is 255", async () => {
  const { samples, differing } = compareWhere([source, await readSamples(result())], mask, (value) => value === 255);
  expect(samples).toBeGreaterThan(15_000);
  expect(differing / samples).toBeGreaterThanOrEqual(0.9);
});

test("one job was accepted, and the mask that it received is white exactly where the feathered mask is above 0", async () => {
  const sandbox = await startSandbox({ dir: join(workspace, ".inlay", "sandbox") });
  try {
    const [entry, ...others] = sandbox.ledger();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ state: "completed", unknown_fields: [], parameters: { seed: expect.any(Number) } });
    const answer = await fetch(`${sandbox.url}/_sandbox/jobs/${entry?.request_id}/mask`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    });
    const received = await readSamples(new Uint8Array(await answer.arrayBuffer()));
    expect([received.width, received.height]).toEqual([600, 400]);
    const white = received.data.filter((_, i) => i % received.channels === 0);
    expect(
      Buffer.compare(
        white,
        mask.map((value) => (value > 0 ? 255 : 0)),
      ),
    ).toBe(0);
  } finally {
    await sandbox.close();
  }
});

test("a second run in a new process submits nothing, says that the result is from the cache, and prints the same path", async () => {
  const second = await runCli(["run", "workflow.json", "--sandbox"], { cwd: workspace });
  expect([second.code, second.stdout], second.stderr).toEqual([0, first.stdout]);
  expect(second.stderr).toMatch(/from the cache \(disk\)/);
  expect(await ledgerOf(workspace)).toHaveLength(1);
});

test("another seed is another job with another result", async () => {
  const before = await readSamples(result());
  const args = ["run", "workflow.json", "--sandbox", "--input", "seed=99", "--input", "prompt=an empty saucer"];
  const { code, stdout, stderr } = await runCli(args, { cwd: workspace });
  expect([code, stdout], stderr).toEqual([0, "outputs/coffee-without-spoon-2.png\n"]);
  const after = await readSamples(join(workspace, stdout.trim()));
  expect(compareWhere([before, after], mask, (value) => value === 255).differing).toBeGreaterThan(0);
  expect(await ledgerOf(workspace)).toHaveLength(2);
});

function result(): string {
  return join(workspace, first.stdout.trim());
}
