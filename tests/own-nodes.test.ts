import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { eventsOf, runCli, type CliEnd } from "./support/cli.ts";
import { numberNode, personWith, workflowOf, type Person } from "./support/own-nodes.ts";
import { readSamples, samePicture } from "./support/pictures.ts";
import { examples, exampleWorkspace, tempFolder } from "./support/workspace.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../", import.meta.url));

/** A node that is dear enough to be kept on disk. */
const slow = (type: string, result: string): string =>
  numberNode(type, `await new Promise((done) => setTimeout(done, 40)); return { n: ${result} };`);

/** What a run did with each of its nodes. */
function done(end: CliEnd): Record<string, string> {
  return Object.fromEntries(
    eventsOf(end).flatMap((event) =>
      event.type === "node.finished" || event.type === "node.cached" ? [[event.node, event.type.slice(5)]] : [],
    ),
  );
}

function outputsOf(end: CliEnd): unknown {
  const last = eventsOf(end).at(-1);
  return last?.type === "run.finished" ? last.outputs : undefined;
}

async function runIn(person: Person, ...args: string[]): Promise<CliEnd> {
  const end = await person.inlay("run", "w.json", "--json", ...args);
  expect(end.code, end.stderr).toBe(0);
  return end;
}

test("every command of docs/write-a-node.md works, and its node is the one that new-node writes", async () => {
  const doc = await readFile(join(root, "docs/write-a-node.md"), "utf8");
  const blocks = (language: string): string[] =>
    [...doc.matchAll(/^```(\w+)\n(.*?)^```/gms)].flatMap(([, of, text = ""]) => (of === language ? [text] : []));
  const [home, cwd, bin] = [await tempFolder(), await tempFolder(), await tempFolder()];
  await writeFile(
    join(bin, "inlay"),
    `#!/bin/sh\nexec "${process.execPath}" "${root}packages/cli/bin/inlay.js" "$@"\n`,
  );
  await chmod(join(bin, "inlay"), 0o755);
  await copyFile(join(examples, "remove-spoon/coffee.png"), join(cwd, "photo.png"));
  await writeFile(join(cwd, "workflow.json"), blocks("json")[0] ?? "");

  const env = { PATH: `${bin}:${process.env["PATH"]}`, HOME: home };
  const said: string[] = [];
  for (const commands of blocks("sh")) said.push((await run("sh", ["-ec", commands], { cwd, env })).stdout);
  const nodes = join(home, ".config/inlay/nodes");
  expect(said[0]).toBe(`${join(nodes, "image-negative.mjs")}\n${join(nodes, "image-negative.test.mjs")}\n`);
  expect(said[1]).toMatch(/^# pass 1$/m);
  expect(said[2]).toContain("Negative (image/negative, version 1, user/image-negative)");
  expect([said[3], said[4]]).toEqual(["outputs/negative.png\n", "outputs/negative-2.png\n"]);
  expect(await readFile(join(nodes, "image-negative.mjs.bak"), "utf8")).toBe(blocks("js")[0]);
  expect((blocks("js")[0] ?? "").split("\n").length).toBeLessThanOrEqual(20);
}, 120_000);

test("a mask node from new-node passes its own test too", async () => {
  const person = await personWith();
  expect((await person.inlay("new-node", "mask/stripes", "--dir", "mine")).code).toBe(0);
  const { stdout } = await run(process.execPath, ["--test", join(person.cwd, "mine/mask-stripes.test.mjs")]);
  expect(stdout).toMatch(/^# pass 1$/m);
  const listed = await person.inlay("nodes", "mask/stripes", "--pack", "./mine/mask-stripes.mjs");
  expect(listed.stdout).toContain("Stripes (mask/stripes, version 1, mask-stripes)");
});

test("new-node never writes over a file, and only what can be a node", async () => {
  const person = await personWith({ "test-a.mjs": "mine", "test-b.test.mjs": "mine" });
  const refusal = async (...args: string[]): Promise<readonly [number | null, string]> => {
    const { code, stderr } = await person.inlay("new-node", ...args);
    return [code, /error ([a-z.-]+)/.exec(stderr)?.[1] ?? stderr];
  };
  expect(await refusal("test/a")).toEqual([2, "file.exists"]);
  expect(await refusal("test/b")).toEqual([2, "file.exists"]);
  for (const type of ["stripes", "Mask/Stripes", "../x/y", "workflow/a", "mask/feather"])
    expect(await refusal(type)).toEqual([2, "usage.invalid"]);
  expect((await readdir(join(person.config, "nodes"))).sort()).toEqual(["test-a.mjs", "test-b.test.mjs"]);
  expect(await readFile(join(person.config, "nodes/test-a.mjs"), "utf8")).toBe("mine");
});

test("editing a node runs it again, and only what depends on it", async () => {
  const person = await personWith({ "a.mjs": slow("test/a", "1"), "b.mjs": slow("test/b", "1") });
  await person.write("w.json", workflowOf({ a: "test/a", b: "test/b" }));
  expect(done(await runIn(person))).toEqual({ a: "finished", b: "finished" });
  expect(done(await runIn(person))).toEqual({ a: "cached", b: "cached" });
  await person.write(join(person.config, "nodes/a.mjs"), slow("test/a", "2"));
  const edited = await runIn(person);
  expect([done(edited), outputsOf(edited)]).toEqual([
    { a: "finished", b: "cached" },
    { a: 2, b: 1 },
  ]);
  await person.write(join(person.config, "nodes/lib/helper.mjs"), "export const helper = 1;");
  expect(done(await runIn(person))).toEqual({ a: "finished", b: "finished" });
});

/** A package as npm installs it, that can only be imported. */
async function install(person: Person, folder: string, version: string, code: string): Promise<void> {
  const at = join(folder, "node_modules/@film/nodes");
  const json = { name: "@film/nodes", version, type: "module", exports: { ".": { import: "./main.js" } } };
  await person.write(join(at, "package.json"), JSON.stringify(json));
  await person.write(join(at, "main.js"), code);
}

test("--pack takes an installed package by its name; another version runs again, other code of one version does not", async () => {
  const person = await personWith();
  await person.write("w.json", workflowOf({ a: "film/grain" }));
  const refused = await person.inlay("run", "w.json");
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("film/grain")]);

  const pack = ["--pack", "@film/nodes"];
  await install(person, person.cwd, "1.0.0", slow("film/grain", "1"));
  expect(outputsOf(await runIn(person, ...pack))).toEqual({ a: 1 });
  await install(person, person.cwd, "1.0.0", slow("film/grain", "2"));
  expect(done(await runIn(person, ...pack))).toEqual({ a: "cached" });
  await install(person, person.cwd, "1.0.1", slow("film/grain", "2"));
  expect(outputsOf(await runIn(person, ...pack))).toEqual({ a: 2 });
});

test("the configuration's packs are found from there, and one that is missing is a warning", async () => {
  const person = await personWith();
  await install(person, person.config, "1.0.0", slow("film/grain", "1"));
  await person.write(join(person.config, "config.json"), '{ "packs": ["@film/nodes", "./more/index.mjs", "gone"] }');
  await person.write(join(person.config, "more/index.mjs"), numberNode("more/one", "return { n };"));
  const { code, stdout, stderr } = await person.inlay("nodes");
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/film\/grain .*\[@film\/nodes\]/);
  expect(stdout).toMatch(/more\/one .*\[index\]/);
  expect(stderr).toMatch(/^warning pack\.not-found: The pack `gone`/m);
});

test("a package that was named and cannot be used ends the command", async () => {
  const person = await personWith();
  await person.write("broken.mjs", 'throw new Error("no luck");');
  await person.write("empty/package.json", "{}");
  for (const [pack, says] of [
    ["not-there", "pack.not-found"],
    ["./not-there", "pack.not-found"],
    ["./empty", "pack.not-found"],
    ["../../etc/passwd/..", "pack.not-found"],
    ["https://example.com/x.mjs", "pack.not-found"],
    ["./broken.mjs", "no luck"],
  ] as const) {
    const { code, stderr } = await person.inlay("nodes", "--pack", pack);
    expect([code, stderr], pack).toEqual([2, expect.stringContaining(says)]);
  }
});

test("nothing is imported because a workflow names it or because it lies in the workspace", async () => {
  const person = await personWith();
  const mark = join(person.cwd, "was-here");
  const evil = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, "");`;
  for (const path of ["nodes/a.mjs", ".inlay/nodes/a.mjs", ".config/inlay/nodes/a.mjs", "inlay/nodes/a.mjs"])
    await person.write(path, evil);
  await install(person, person.cwd, "1.0.0", evil);
  for (const path of ["config.json", ".inlay/config.json", "inlay.config.json"])
    await person.write(path, '{ "packs": ["@film/nodes", "./nodes/a.mjs"] }');
  const workflow = JSON.parse(workflowOf({ a: "film/grain" })) as object;
  await person.write("w.json", JSON.stringify({ ...workflow, packs: { "@film/nodes": "^1.0.0" } }));
  for (const args of [["validate", "w.json"], ["run", "w.json", "--workspace", "."], ["describe", "w.json"], ["nodes"]])
    await person.inlay(...args);
  const without = { INLAY_CONFIG_DIR: "", XDG_CONFIG_HOME: ".", HOME: await tempFolder() };
  await runCli(["run", "w.json"], { cwd: person.cwd, env: without });
  await expect(stat(mark)).rejects.toMatchObject({ code: "ENOENT" });
});

test("a program loads a person's nodes by a call, and no other way", async () => {
  const person = await personWith({
    "a.mjs": numberNode("test/a", "return { n: n + 41 };"),
    "broken.mjs": "export default 1;",
  });
  const workflow = await person.write("w.json", workflowOf({ a: "test/a" }));
  const program = `
    import { loadUserPacks, openInlay } from "inlay";
        const { packs, problems } = await loadUserPacks();
    const [own, bare] = [await openInlay({ packs }), await openInlay()];
    const { a } = await own.run(${JSON.stringify(workflow)});
    const refused = await bare.run(${JSON.stringify(workflow)}).report.catch(({ code }) => code);
    console.log(JSON.stringify({ a, refused, problems: problems.map(({ code }) => code) }));
    await own.close();
    await bare.close();`;
  const env = { ...process.env, ...person.env };
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { cwd: root, env });
  expect(JSON.parse(stdout)).toEqual({ a: 42, refused: "workflow.invalid", problems: ["pack.broken"] });
});

test("the example of an own node gives the picture that its README shows, and its test passes", async () => {
  const cwd = await exampleWorkspace("own-node");
  const { code, stdout, stderr } = await runCli(["run", "workflow.json", "--pack", "./halftone.mjs"], { cwd });
  expect(code, stderr).toBe(0);
  const pictures = await Promise.all([stdout.trim(), "expected.png"].map((path) => readSamples(join(cwd, path))));
  expect(samePicture(pictures[0]!, pictures[1]!)).toBe(true);
  const tested = await run(process.execPath, ["--test", join(examples, "own-node/halftone.test.mjs")]);
  expect(tested.stdout).toMatch(/^# pass 1$/m);
  await mkdir(join(cwd, "empty"));
  const refused = await runCli(["run", "workflow.json"], { cwd, env: { INLAY_CONFIG_DIR: join(cwd, "empty") } });
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("image/halftone")]);
});
