import { existsSync, readdirSync } from "node:fs";
import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { openInlay } from "inlay";
import { expect, onTestFinished, test } from "vitest";
import { eventsOf, runCli } from "./support/cli.ts";
import { readExample, readSamples, type Samples } from "./support/pictures.ts";
import { ledgerOf } from "./support/sandbox.ts";
import { examples, exampleWorkspace } from "./support/workspace.ts";

const commits = readdirSync(examples).filter((name) => existsSync(join(examples, name, "expected")));

/** Decoders and resamplers of other machines may round otherwise; nobody sees two levels of 255. */
const tolerance = 2;

/** The jobs that those submit which ask a model; the others pay nothing. */
const jobs: Readonly<Record<string, number>> = {
  "remove-object": 1,
  "replace-object": 1,
  "extend-to-16-9": 1,
  variations: 4,
};

test.each(commits)("%s gives the pictures that were committed, and submits no more than it says", async (name) => {
  const cwd = await exampleWorkspace(name);
  const end = await runCli(["run", "workflow.json", "--sandbox", "--json"], { cwd });
  expect(end.code, end.stderr).toBe(0);
  for (const file of await readdir(join(examples, name, "expected"))) {
    const expected = await readSamples(join(examples, name, "expected", file));
    const made = await partLike(expected, file, join(cwd, "outputs"));
    expect([made.width, made.height, made.channels]).toEqual([expected.width, expected.height, expected.channels]);
    expect(differingSamples(made, expected)).toBeLessThan(made.data.length / 1000);
  }
  expect(await ledgerOf(cwd)).toHaveLength(jobs[name] ?? 0);
});

test("remove-object by the local method needs no key and no sandbox, and submits nothing", async () => {
  const cwd = await exampleWorkspace("remove-object");
  const end = await runCli(["run", "workflow.json", "--json", "--input", "method=local"], { cwd });
  expect(end.code, end.stderr).toBe(0);
  expect(eventsOf(end)).toContainEqual(expect.objectContaining({ type: "run.started", paid: 0 }));
  expect(eventsOf(end).filter(({ type }) => type.startsWith("remote."))).toEqual([]);
});

/** `NAME.webp` is the whole of a result, `NAME.at-LEFT-TOP.webp` the part of it that begins there. */
async function partLike({ width, height }: Samples, file: string, outputs: string): Promise<Samples> {
  const [, name, left, top] = /^(.*?)(?:\.at-(\d+)-(\d+))?\.webp$/.exec(file) ?? [];
  const made = join(outputs, `${name}.png`);
  if (left === undefined) return readSamples(made);
  const box = { left: Number(left), top: Number(top), width, height };
  return readSamples(await sharp(made).extract(box).png().toBuffer());
}

function differingSamples(a: Samples, b: Samples): number {
  let count = 0;
  for (let i = 0; i < a.data.length; i++) if (Math.abs(a.data[i]! - b.data[i]!) > tolerance) count += 1;
  return count;
}

test("many-photographs: one photograph more is the only one that is decoded and scaled", async () => {
  const workspace = await exampleWorkspace("many-photographs");
  const inlay = await openInlay({ workspace, env: {} });
  onTestFinished(() => inlay.close());
  const written = async () => {
    const run = inlay.run("workflow.json");
    const files: unknown[] = [];
    for await (const event of run) if (event.type === "node.file") files.push(event.path);
    return { files, counts: (await run.report).counts };
  };
  expect((await written()).files).toHaveLength(5);
  await copyFile(join(examples, "local-fill/rocket.jpg"), join(workspace, "photos/more.jpg"));
  const { files, counts } = await written();
  expect(files).toHaveLength(6);
  // The list, the sheet, six files; the new photograph is decoded, scaled and named.
  expect(counts.executed).toBe(11);
});

test("loop: one time more runs only that time", async () => {
  const workspace = await exampleWorkspace("loop");
  const inlay = await openInlay({ workspace, env: {} });
  onTestFinished(() => inlay.close());
  const workflow = await readExample(join(workspace, "workflow.json"));
  const { loop } = workflow.nodes;
  const often = (times: number) => ({
    ...workflow,
    nodes: { ...workflow.nodes, loop: { ...loop!, inputs: { ...loop!.inputs, times } } },
  });
  await inlay.run(often(4));
  const { counts } = await inlay.run(often(5)).report;
  // The three nodes of the fifth time, the loop, the save.
  expect(counts.executed).toBe(5);
});

test("paid-branch-not-taken: asked to pay, the service is given one job, and the surroundings fill nothing", async () => {
  const cwd = await exampleWorkspace("paid-branch-not-taken");
  const end = await runCli(["run", "workflow.json", "--sandbox", "--json", "--input", "pay=true"], { cwd });
  expect(end.code, end.stderr).toBe(0);
  expect(await ledgerOf(cwd)).toHaveLength(1);
  const started = eventsOf(end).flatMap((event) => (event.type === "node.started" ? [event.node] : []));
  expect(started).toContain("paint");
  expect(started).not.toContain("fill");
});
