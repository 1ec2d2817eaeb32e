import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openHost } from "@inlay/host";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../bin/inlay.js", import.meta.url));

const link = (node: string, output: string) => ({ $link: [node, output] });

/** A picture that is saved upright and mirrored; no node of it costs anything. */
const mirror = {
  inlay: 1,
  name: "Mirror",
  inputs: { photo: { type: "image", default: { $file: "dot.png" }, description: "What to mirror." } },
  outputs: { mirrored: { node: "flip", output: "image" }, both: { node: "second", output: "image" } },
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $input: "photo" } } },
    flip: { type: "image/flip", version: 1, inputs: { image: link("load", "image") } },
    first: { type: "image/save", version: 1, inputs: { image: link("load", "image"), name: "upright" } },
    second: { type: "image/save", version: 1, inputs: { image: link("flip", "image"), name: "mirrored" } },
  },
};

/** One paid job. */
const paid = {
  inlay: 1,
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $file: "dot.png" } } },
    mask: {
      type: "mask/ellipse",
      version: 1,
      inputs: { image: link("load", "image"), cx: 8, cy: 8, rx: 4, ry: 4 },
    },
    paint: {
      type: "runcomfy/z-image-turbo-inpainting",
      version: 1,
      inputs: { image: link("load", "image"), mask: link("mask", "mask"), prompt: "an apple" },
    },
    save: { type: "image/save", version: 1, inputs: { image: link("paint", "image") } },
  },
};

let workspace: string;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "inlay-commands-"));
  await writeFile(join(workspace, "mirror.json"), JSON.stringify(mirror));
  await writeFile(join(workspace, "paid.json"), JSON.stringify(paid));
  const dot = sharp({ create: { width: 16, height: 16, channels: 3, background: "red" } });
  await dot.png().toFile(join(workspace, "dot.png"));
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

function inlay(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options = { cwd: workspace, env: { PATH: process.env["PATH"], ...env }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], options);
  return { status, stdout, stderr };
}

test("run writes into the folder of --out and prints where", async () => {
  const { status, stdout, stderr } = inlay(["run", "mirror.json", "--out", "results"]);
  expect([status, stdout.split("\n").toSorted()], stderr).toEqual([
    0,
    ["", "results/mirrored.png", "results/upright.png"],
  ]);
});

test("run says of which file a target is none", () => {
  const { status, stderr } = inlay(["run", "mirror.json", "--target", "bothh"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^mirror\.json: error target\.unknown: .*\n.*\n {2}Did you mean `both`\?\n$/);
});

test("run refuses an --out that is a file before anything runs or is paid", () => {
  const { status, stdout, stderr } = inlay(["run", "paid.json", "--sandbox", "--json", "--out", "dot.png"]);
  expect(status, stderr).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ type: "run.finished", error: { code: "file.unwritable" } });
});

test("run produces only what --target names", () => {
  const { status, stdout, stderr } = inlay(["run", "mirror.json", "--out", "one", "--target", "both"]);
  expect([status, stdout], stderr).toEqual([0, "one/mirrored.png\n"]);
});

test("run reads the file's paths relative to --workspace", async () => {
  await mkdir(join(workspace, "flows"), { recursive: true });
  await writeFile(join(workspace, "flows", "mirror.json"), JSON.stringify(mirror));
  expect(inlay(["run", "flows/mirror.json"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("file.not-found"),
  });
  const { status, stderr } = inlay(["run", "flows/mirror.json", "--workspace", ".", "--out", "moved"]);
  expect(status, stderr).toBe(0);
});

test("run asks before it orders more than --max-paid jobs, with exit code 4 and before any network", () => {
  const env = { RUNCOMFY_API_TOKEN: "canary-token", RUNCOMFY_BASE_URL: "http://127.0.0.1:9" };
  const { status, stdout, stderr } = inlay(["run", "paid.json", "--max-paid", "0"], env);
  expect([status, stdout], stderr).toEqual([4, ""]);
  expect(stderr).toContain("error money/confirm: The run would submit 1 paid job,");
  expect(stderr).not.toContain("canary-token");
});

test("run writes pictures without their workflow when it is told so", async () => {
  const { status, stderr } = inlay(["run", "mirror.json", "--out", "bare", "--metadata", "none"]);
  expect(status, stderr).toBe(0);
  expect(inlay(["extract", "bare/mirrored.png"])).toMatchObject({ status: 2, stdout: "" });
  expect(inlay(["run", "mirror.json", "--metadata", "some"])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/--metadata takes one of some words.*full, graph, none/s),
  });
});

test.each(["1,50", "-1", "1e3", "abc"])("run refuses %s as a budget", (budget) => {
  expect(inlay(["run", "paid.json", `--budget=${budget}`])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--budget takes an amount of US dollars"),
  });
});

test("run --json ends with run.finished even when the run never began", () => {
  const { status, stdout } = inlay(["run", "nowhere.json", "--json"]);
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    seq: 1,
    type: "run.finished",
    status: "failed",
    error: { code: "workflow.not-found" },
  });
});

test("an error in a file is told with file, line and column", async () => {
  await writeFile(
    join(workspace, "typo.json"),
    '{\n  "inlay": 1,\n  "nodes": { "a": { "type": "image/lod", "version": 1 } }\n}',
  );
  const { status, stderr } = inlay(["run", "typo.json"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^typo\.json:3:21 error node\.unknown-type: .*\n.*\n {2}Did you mean `image\/load`\?\n$/);
});

test("describe shows named inputs and outputs in words and as JSON", () => {
  expect(inlay(["describe", "mirror.json"]).stdout).toMatch(
    /photo +path of an image +default dot\.png +What to mirror\./,
  );
  expect(JSON.parse(inlay(["describe", "mirror.json", "--json"]).stdout)).toMatchObject({
    name: "Mirror",
    inputs: [{ name: "photo", type: "image", required: false }],
    outputs: [
      { name: "mirrored", type: "image" },
      { name: "both", type: "image" },
    ],
  });
});

test.skipIf(process.platform === "win32")("validate reads no more of a file than a workflow may have", () => {
  expect(inlay(["validate", "/dev/zero"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("json.too-large"),
  });
});

test("validate says that a file is valid", () => {
  expect(inlay(["validate", "mirror.json"])).toEqual({ status: 0, stdout: "mirror.json: valid\n", stderr: "" });
});

test("nodes lists the installed nodes, and shows one with its ranges", () => {
  expect(inlay(["nodes"]).stdout).toMatch(/^image\n( {2}image\/.*\n)* {2}image\/load +Reads a picture/m);
  expect(inlay(["nodes", "mask/feather"]).stdout).toMatch(/radius +integer from 0 to 512 px +default 16/);
});

test("nodes finds by type, title and aliases, and says what was meant when nothing is found", () => {
  expect(inlay(["nodes", "Feather"])).toMatchObject({ status: 0, stdout: expect.stringContaining("  mask/feather  ") });
  const masks = inlay(["nodes", "mask"]).stdout;
  expect(masks).toContain("  mask/grow  ");
  expect(masks).not.toContain("image/flip");
  const { status, stderr } = inlay(["nodes", "mask/fether"]);
  expect([status, stderr]).toEqual([2, expect.stringContaining("Did you mean `mask/feather`?")]);
});

test("a file for an input that is not there is told with the folder where it was looked for", async () => {
  const { status, stderr } = inlay(["run", "mirror.json", "--input", "photo=dit.png"]);
  expect(status).toBe(2);
  expect(stderr).toContain(`the current folder \`${await realpath(workspace)}\``);
  expect(stderr).toContain("Did you mean `dot.png`?");
});

test("jobs lists nothing in a workspace that never paid, makes no journal, and knows no key to forget", async () => {
  const folder = await realpath(await mkdtemp(join(workspace, "never-paid-")));
  const jobs = (...words: string[]) => inlay(["jobs", ...words, "--workspace", folder]);
  const { status, stdout } = jobs();
  expect([status, stdout]).toEqual([0, expect.stringContaining(`No remote jobs in ${folder}. `)]);
  expect(stdout).toContain("--workspace");
  expect(jobs("--json").stdout).toBe("[]\n");
  expect(jobs("forget", "abc")).toMatchObject({ status: 2, stderr: expect.stringContaining("No job abc") });
  expect(jobs("frobnicate")).toMatchObject({ status: 2, stderr: expect.stringContaining("usage.invalid") });
  expect(await readdir(join(folder, ".inlay")).catch(() => [])).not.toContain("journal.sqlite");
});

test("a job is decided about by the beginning of its key, when that is of one job only", async () => {
  const folder = join(workspace, "decisions");
  await mkdir(folder);
  const host = await openHost({ workspace: folder });
  const journal = await host.journal();
  const jobs = { provider: "sandbox", account: "a", model: "m" };
  for (const key of ["aaaaaaaa-1111", "aaaaaaaa-2222"]) {
    const { record } = await journal.claim({ ...jobs, key });
    await journal.move(record, { state: "unknown" });
  }
  await host.close();
  const jobsOf = (...args: readonly string[]) => inlay(["jobs", ...args, "--workspace", "decisions"]);
  expect(jobsOf("forget", "aaaaaaaa")).toMatchObject({ status: 2, stderr: expect.stringContaining("2 jobs") });
  expect(jobsOf("forget", "aaaaaaaa-1")).toMatchObject({ status: 2, stderr: expect.stringContaining("resubmit") });
  expect(jobsOf("resubmit", "aaaaaaaa-1")).toMatchObject({ status: 4, stderr: expect.stringContaining("pay twice") });
  expect(jobsOf("resubmit", "aaaaaaaa-1", "--may-pay-twice")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("aaaaaaaa-1111 again"),
  });
  expect(jobsOf("attach", "aaaaaaaa-2", "r1")).toMatchObject({ status: 0, stdout: expect.stringContaining("r1") });
});

test("run --sandbox writes nothing through a `.inlay` that leads elsewhere", async () => {
  const copied = join(workspace, "copied");
  const elsewhere = join(workspace, "elsewhere");
  for (const folder of [copied, elsewhere]) await mkdir(folder);
  await symlink(elsewhere, join(copied, ".inlay"));
  for (const file of ["paid.json", "dot.png"]) await copyFile(join(workspace, file), join(copied, file));
  const { status, stderr } = inlay(["run", "copied/paid.json", "--sandbox"]);
  expect([status, await readdir(elsewhere)], stderr).toEqual([2, []]);
  expect(stderr).toContain("workspace.unsafe");
});

test("sandbox refuses a workspace that is not there instead of making it", async () => {
  expect(inlay(["sandbox", "--workspace", "nowhere"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("workspace.not-found"),
  });
  expect(await readdir(workspace)).not.toContain("nowhere");
});

test("a saved picture holds its workflow: extract prints it, and run takes the picture in a workflow's place", async () => {
  expect(inlay(["run", "mirror.json", "--out", "made"]).status).toBe(0);
  const { status, stdout, stderr } = inlay(["extract", "made/mirrored.png"]);
  expect(status, stderr).toBe(0);
  const { inputs, nodes, name } = JSON.parse(stdout) as Record<string, unknown>;
  expect({ inputs, nodes, name }).toEqual({ inputs: mirror.inputs, nodes: mirror.nodes, name: "Mirror" });
  const all = JSON.parse(inlay(["extract", "made/mirrored.png", "--json"]).stdout) as Record<string, unknown>;
  expect(all).toMatchObject({ workflow: { name: "Mirror" }, inputs: { photo: { name: "dot.png" } }, seeds: {} });
  const again = inlay(["run", "made/mirrored.png", "--workspace", ".", "--out", "again", "--target", "both"]);
  expect([again.status, again.stdout], again.stderr).toEqual([0, "again/mirrored.png\n"]);
});

test("a picture without a workflow is told, by extract and by run", () => {
  for (const command of ["extract", "run"]) {
    const { status, stderr } = inlay([command, "dot.png"]);
    expect(status).toBe(2);
    expect(stderr).toContain("picture.no-workflow");
  }
  expect(inlay(["extract", "none.png"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("file.not-found"),
  });
});

test("pack puts a workflow and its picture into one file, and unpack takes the same bytes out", async () => {
  const packed = inlay(["pack", "mirror.json", "-o", "shared.inlay"]);
  expect([packed.status, packed.stdout.split("\n")[0]], packed.stderr).toEqual([0, "shared.inlay:"]);
  const again = inlay(["pack", "mirror.json", "-o", "shared.inlay"]);
  expect([again.status, again.stderr]).toMatchObject([2, expect.stringContaining("file.exists")]);
  const unpacked = inlay(["unpack", "shared.inlay"]);
  expect([unpacked.status, unpacked.stdout.split("\n")[0]], unpacked.stderr).toEqual([0, "shared/mirror.json"]);
  for (const name of ["mirror.json", "dot.png"]) {
    expect(await readFile(join(workspace, "shared", name))).toEqual(await readFile(join(workspace, name)));
  }
  const run = inlay(["run", "shared/mirror.json", "--out", "from-parcel"]);
  expect(run.status, run.stderr).toBe(0);
});

test("unpack says what stands in its way, and what may be done", async () => {
  inlay(["pack", "mirror.json", "-o", "taken.inlay"]);
  await mkdir(join(workspace, "taken"));
  await writeFile(join(workspace, "taken/dot.png"), "mine");
  const refused = inlay(["unpack", "taken.inlay"]);
  expect([refused.status, refused.stderr]).toMatchObject([2, expect.stringContaining("`dot.png` exists")]);
  expect(await readdir(join(workspace, "taken"))).toEqual(["dot.png"]);
  const both = inlay(["unpack", "taken.inlay", "--keep-both", "--json"]);
  expect(JSON.parse(both.stdout)).toMatchObject({ dir: "taken", files: [{ path: "dot-2.png", was: "dot.png" }] });
  expect(inlay(["unpack", "mirror.json"]).stderr).toContain("parcel.broken");
});
