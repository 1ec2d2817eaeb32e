import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWorkflow } from "@inlay/engine";
import { expect, test } from "vitest";
import { eventsOf, runCli } from "./support/cli.ts";
import { compareWhere, featheredMask, readExample, readSamples } from "./support/pictures.ts";
import { examples, exampleWorkspace } from "./support/workspace.ts";

const names = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test.each(names)("%s is valid and in canonical form", async (name) => {
  const path = join(examples, name, "workflow.json");
  expect(writeWorkflow(await readExample(path))).toBe(await readFile(path, "utf8"));
  const { code, stdout } = await runCli(["validate", path, "--json"], { cwd: examples });
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

test.each(names)("%s runs, and leaves what its mask does not select as it was", async (name) => {
  const cwd = await exampleWorkspace(name);
  const { code, stdout, stderr } = await runCli(["run", "workflow.json", "--sandbox"], { cwd });
  expect(code, stderr).toBe(0);
  const [before, after] = [await readSamples(join(cwd, "coffee.png")), await readSamples(join(cwd, stdout.trim()))];
  const mask = featheredMask(await readExample(join(cwd, "workflow.json")), before);
  expect(compareWhere([before, after], mask, (value) => value === 0).differing).toBe(0);
  const inside = compareWhere([before, after], mask, (value) => value === 255);
  expect(inside.differing / inside.samples).toBeGreaterThan(0.9);
});

test("replace-cup shows a preview of what the service painted, and writes no file of it", async () => {
  const cwd = await exampleWorkspace("replace-cup");
  const end = await runCli(["run", "workflow.json", "--sandbox", "--json"], { cwd });
  const files = eventsOf(end).filter((event) => event.type === "node.file");
  expect(files).toMatchObject([
    { node: "preview", role: "preview", mime: "image/jpeg" },
    { node: "save", role: "result", mime: "image/png" },
  ]);
});

test("replace-cup with an opacity of 0 gives the photograph back, from the cached job", async () => {
  const cwd = await exampleWorkspace("replace-cup");
  await runCli(["run", "workflow.json", "--sandbox"], { cwd });
  const { stdout, stderr } = await runCli(["run", "workflow.json", "--sandbox", "--input", "opacity=0"], { cwd });
  expect(stderr).toMatch(/inpaint: from the cache/);
  expect(await readSamples(join(cwd, stdout.trim()))).toEqual(await readSamples(join(cwd, "coffee.png")));
});
