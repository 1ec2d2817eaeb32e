import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError, openInlay, type Inlay, type InlayOptions, type RunEvent } from "inlay";
import { expect, onTestFinished, test } from "vitest";
import { compareWhere, featheredMask, readExample, readSamples, samePicture } from "./support/pictures.ts";
import { asService, openSandbox } from "./support/sandbox.ts";
import { exampleWorkspace, outputsOf } from "./support/workspace.ts";

async function open(options: InlayOptions): Promise<Inlay> {
  const inlay = await openInlay({ env: {}, ...options });
  onTestFinished(() => inlay.close());
  return inlay;
}

test("a run gives its named outputs; a picture can be written to a file", async () => {
  const workspace = await exampleWorkspace("remove-spoon");
  const inlay = await open({ workspace, sandbox: true });
  const { result } = await inlay.run("workflow.json", { prompt: "an empty saucer", seed: 7 });
  expect([result.width, result.height]).toEqual([600, 400]);

  await result.toFile(join(workspace, "mine.png"));
  const [before, mine, saved] = await Promise.all(
    ["coffee.png", "mine.png", "outputs/coffee-without-spoon.png"].map((name) => readSamples(join(workspace, name))),
  );
  expect(samePicture(mine!, saved!)).toBe(true);
  const mask = featheredMask(await readExample(join(workspace, "workflow.json")), before!);
  expect(compareWhere([before!, mine!], mask, (value) => value === 0).differing).toBe(0);
});

test("two runs at once in one process keep apart", async () => {
  const workspace = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox();
  const inlay = await open({ workspace, env: asService(sandbox) });
  const runs = [3, 4].map((seed) => inlay.run("workflow.json", { seed }));
  const [three, four] = await Promise.all(runs);
  expect(Buffer.compare(await three!.result.toBuffer(), await four!.result.toBuffer())).not.toBe(0);
  const ids = await Promise.all(runs.map(async ({ report }) => (await report).id));
  expect(new Set(ids).size).toBe(2);
  expect(new Set(sandbox.ledger().map(({ parameters }) => parameters["seed"]))).toEqual(new Set([3, 4]));
});

test("the same run twice at once is paid once", async () => {
  const workspace = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ profile: "identity" });
  const inlay = await open({ workspace, env: asService(sandbox) });
  await Promise.all([inlay.run("workflow.json"), inlay.run("workflow.json")]);
  expect(sandbox.ledger()).toHaveLength(1);
});

test("two workspaces are open at once and share nothing", async () => {
  const sandbox = await openSandbox({ profile: "identity" });
  const env = asService(sandbox);
  const workspaces = await Promise.all([exampleWorkspace("remove-spoon"), exampleWorkspace("remove-spoon")]);
  const opened = await Promise.all(workspaces.map((workspace) => open({ workspace, env })));
  await Promise.all(opened.map((inlay) => inlay.run("workflow.json")));
  expect(sandbox.ledger()).toHaveLength(2);
  for (const workspace of workspaces) expect(await outputsOf(workspace)).toEqual(["coffee-without-spoon.png"]);
});

test("iterating over a run gives its events in order, from run.started to run.finished", async () => {
  const workspace = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ profile: "identity" });
  const inlay = await open({ workspace, env: asService(sandbox) });
  const events: RunEvent[] = [];
  for await (const event of inlay.run("workflow.json")) events.push(event);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(events[0]).toMatchObject({ type: "run.started", nodes: 5, execute: 5, paid: 1 });
  expect(events.at(-1)).toMatchObject({ type: "run.finished", status: "succeeded", counts: { executed: 5, paid: 1 } });
  expect(JSON.stringify(events)).not.toContain(sandbox.token);
});

test("a signal cancels the run and the job in the queue; awaiting it rejects with run.cancelled", async () => {
  const workspace = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ timing: { queuedMs: 600_000 } });
  const inlay = await open({ workspace, env: asService(sandbox) });
  const abort = new AbortController();
  const run = inlay.run(
    "workflow.json",
    {},
    {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.type === "remote.state" && event.state === "queued") abort.abort();
      },
    },
  );
  await expect(Promise.resolve(run)).rejects.toMatchObject({
    code: "run.cancelled",
    data: { ending: "cancelled", requestId: expect.any(String) },
  });
  expect((await run.report).status).toBe("cancelled");
  expect(sandbox.ledger()).toMatchObject([{ state: "cancelled" }]);
});

test.each([
  ["an unknown named input", { promt: "an apple" }, { code: "named-input.unknown" }],
  ["a value of the wrong type", { seed: "seven" }, { code: "input.type" }],
  ["a number out of range", { seed: -1 }, { code: "input.range" }],
  ["a photograph that is not there", { photo: "nowhere.png" }, { code: "file.not-found" }],
])("%s is an EngineError with a code, and nothing is submitted", async (_what, inputs, data) => {
  const workspace = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox();
  const inlay = await open({ workspace, env: asService(sandbox) });
  const error = await Promise.resolve(inlay.run("workflow.json", inputs)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject(data);
  expect(sandbox.ledger()).toEqual([]);
});

test("what has been closed runs nothing any more", async () => {
  const workspace = await exampleWorkspace("remove-spoon");
  const inlay = await openInlay({ workspace, sandbox: true });
  await inlay.close();
  await expect(inlay.run("workflow.json")).rejects.toMatchObject({ code: "usage.closed" });
  expect(await outputsOf(workspace)).toEqual([]);
});

test("closing twice is closing once", async () => {
  const inlay = await openInlay({ workspace: await exampleWorkspace("remove-spoon"), sandbox: true });
  await inlay.run("workflow.json");
  await inlay.close();
  await expect(inlay.close()).resolves.toBeUndefined();
});

test("without a token the error is secret.missing and names the variable", async () => {
  const inlay = await open({ workspace: await exampleWorkspace("remove-spoon") });
  await expect(Promise.resolve(inlay.run("workflow.json"))).rejects.toMatchObject({
    code: "secret.missing",
    message: expect.stringContaining("RUNCOMFY_API_TOKEN"),
  });
});

test("a workflow in memory is held to the same rules as a file", async () => {
  const nodes = { mask: { type: "mask/feather", version: 1, inputs: { radius: 900 } } };
  const broken = { inlay: 1, inputs: {}, outputs: {}, packs: {}, assets: {}, nodes, workflows: {}, view: {} } as const;
  const inlay = await open({ workspace: await exampleWorkspace("remove-spoon") });
  await expect(inlay.run(broken)).rejects.toMatchObject({ code: "workflow.invalid" });
});

test("a workflow can be given in memory, and tells its named inputs", async () => {
  const workspace = await exampleWorkspace("remove-spoon");
  const inlay = await open({ workspace, sandbox: true });
  const workflow = await readExample(join(workspace, "workflow.json"));
  const { inputs, outputs } = await inlay.describe(workflow);
  expect(inputs.map(({ name }) => name)).toEqual(["photo", "prompt", "seed"]);
  expect(outputs.map(({ name }) => name)).toEqual(["result"]);
  const { result } = await inlay.run(workflow, { photo: await otherPhoto(workspace) });
  expect([result.width, result.height]).toEqual([600, 400]);
});

/** The same photograph under another name and as another file format. */
async function otherPhoto(workspace: string): Promise<string> {
  const { default: sharp } = await import("sharp");
  const path = join(workspace, "other.webp");
  await sharp(await readFile(join(workspace, "coffee.png")))
    .webp()
    .toFile(path);
  return path;
}
