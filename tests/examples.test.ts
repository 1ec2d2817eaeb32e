import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { referenceOf, type Workflow, writeWorkflow } from "@inlay/engine";
import { expect, test } from "vitest";
import { eventsOf, runCli, type CliEnd } from "./support/cli.ts";
import { compareWhere, featheredMask, readExample, readSamples, samePicture } from "./support/pictures.ts";
import { asService, openSandbox } from "./support/sandbox.ts";
import { examples, exampleWorkspace, packsOf } from "./support/workspace.ts";

const names = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test.each(names)("%s is valid and in canonical form", async (name) => {
  const path = join(examples, name, "workflow.json");
  expect(writeWorkflow(await readExample(path))).toBe(await readFile(path, "utf8"));
  const { code, stdout } = await runCli(["validate", path, "--json", ...packsOf(name)], { cwd: examples });
  expect([code, JSON.parse(stdout)]).toEqual([0, { valid: true, diagnostics: [] }]);
});

test.each(names)("%s has a README, whose pictures exist, and names the licence of every picture", async (name) => {
  const folder = join(examples, name);
  const readme = await readFile(join(folder, "README.md"), "utf8");
  const pictures = readdirSync(folder).filter((file) => /\.(png|jpe?g|webp)$/.test(file));
  const shown = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path);
  expect(shown.length).toBeGreaterThan(0);
  expect(pictures).toEqual(expect.arrayContaining(shown));
  const licences = await readFile(join(folder, "LICENSES.md"), "utf8");
  for (const picture of pictures) expect(licences).toContain(picture);
});

/** Those that change a photograph by a mask that stands in the file; the others have results to compare with. */
const masked = ["local-fill", "remove-spoon", "replace-cup"];

test.each(masked)("%s runs, and leaves what its mask does not select as it was", async (name) => {
  const cwd = await exampleWorkspace(name);
  const end = await runCli(["run", "workflow.json", "--sandbox", "--json", ...packsOf(name)], { cwd });
  expect(end.code, end.stderr).toBe(0);
  const workflow = await readExample(join(cwd, "workflow.json"));
  const [before, after] = [await readSamples(join(cwd, photoOf(workflow))), await readSamples(resultOf(end))];
  const mask = featheredMask(workflow, before);
  expect(compareWhere([before, after], mask, (value) => value === 0).differing).toBe(0);
  const inside = compareWhere([before, after], mask, (value) => value === 255);
  expect(inside.differing / inside.samples).toBeGreaterThan(0.9);
});

test("replace-cup previews what the service painted, and composites again without another job", async () => {
  const cwd = await exampleWorkspace("replace-cup");
  const sandbox = await openSandbox({ profile: "tone" });
  const run = (opacity: number) =>
    runCli(["run", "workflow.json", "--json", "--input", `opacity=${opacity}`], { cwd, env: asService(sandbox) });

  const first = await run(1);
  const files = eventsOf(first).filter((event) => event.type === "node.file");
  expect(files).toHaveLength(2);
  expect(files).toContainEqual(expect.objectContaining({ node: "preview", role: "preview", mime: "image/jpeg" }));
  expect(files).toContainEqual(expect.objectContaining({ node: "save", role: "result", mime: "image/png" }));

  const second = await run(0);
  expect(eventsOf(second)).toContainEqual(expect.objectContaining({ type: "node.cached", node: "inpaint" }));
  const pictures = [await readSamples(resultOf(second)), await readSamples(join(cwd, "coffee.png"))] as const;
  expect(samePicture(...pictures)).toBe(true);
  expect(sandbox.ledger()).toHaveLength(1);
});

test("local-fill runs without a key and without the sandbox, and submits nothing", async () => {
  const end = await runCli(["run", "workflow.json", "--json"], { cwd: await exampleWorkspace("local-fill") });
  expect(end.code, end.stderr).toBe(0);
  expect(eventsOf(end).filter(({ type }) => type.startsWith("remote."))).toEqual([]);
});

/** The file that a workflow's named input `photo` is by default. */
function photoOf({ inputs }: Workflow): string {
  const reference = referenceOf(inputs["photo"]?.default ?? null);
  if (reference?.kind !== "file") throw new Error("The workflow has no photograph.");
  return reference.path;
}

/** The path of the one result that a run with `--json` wrote. */
function resultOf(end: CliEnd): string {
  const paths = eventsOf(end).flatMap((event) =>
    event.type === "node.file" && event.role === "result" && event.path !== undefined ? [event.path] : [],
  );
  expect(paths).toHaveLength(1);
  return paths[0]!;
}
