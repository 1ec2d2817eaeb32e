import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventsOf, runCli, type CliEnd } from "./support/cli.ts";
import { pngHeader } from "./support/png-header.ts";
import { ledgerOf } from "./support/sandbox.ts";
import { exampleWorkspace, outputsOf, tempFolder } from "./support/workspace.ts";

const coffee = (workspace: string): Promise<Buffer> => readFile(join(workspace, "coffee.png"));

const brokenFiles: readonly (readonly [
  what: string,
  code: string,
  make: (workspace: string) => Promise<Uint8Array>,
])[] = [
  ["a truncated PNG", "image.truncated", async (workspace) => (await coffee(workspace)).subarray(0, 200_000)],
  ["a PNG cut off in its header", "image.truncated", async (workspace) => (await coffee(workspace)).subarray(0, 20)],
  ["an empty file", "image.empty", async () => new Uint8Array()],
  ["a text", "image.not-an-image", async () => Buffer.from("This is not a picture.\n")],
  ["an SVG", "image.svg", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')],
  ["a picture 30,000 pixels wide", "image.too-large", async () => pngHeader(30_000, 100)],
  ["a decompression bomb", "image.too-large", async () => pngHeader(19_000, 19_000)],
];

test.each(brokenFiles)("%s ends with exit code 3 and %s; nothing is sent or written", async (_what, code, make) => {
  const cwd = await exampleWorkspace("remove-spoon");
  await writeFile(join(cwd, "broken.png"), await make(cwd));
  const end = await runCli(["run", "workflow.json", "--sandbox", "--input", "photo=broken.png"], { cwd });
  await expectRefused(end, { exitCode: 3, code, cwd });
  expect(end.stderr).toContain("in `load`");
  expect(await ledgerOf(cwd)).toEqual([]);
});

test("with --json the code is in the events, and the last line is run.finished", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  await writeFile(join(cwd, "empty.png"), "");
  const end = await runCli(["run", "workflow.json", "--sandbox", "--json", "--input", "photo=empty.png"], { cwd });
  expect(end.code).toBe(3);
  const events = eventsOf(end);
  const failed = events.find(({ type }) => type === "node.failed");
  expect(failed).toMatchObject({ node: "load", error: { code: "image.empty" } });
  expect(events.at(-1)).toMatchObject({ type: "run.finished", status: "failed" });
});

test.each([
  ["../secret.png", "format.bad-path"],
  ["/etc/hostname", "format.bad-path"],
  ["inside/../../secret.png", "format.bad-path"],
  ["C:\\secret.png", "format.bad-path"],
  ["link.png", "file.outside-workspace"],
  ["folder/secret.png", "file.outside-workspace"],
  [".inlay/workspace.json", "file.outside-workspace"],
  ["coffe.png", "file.not-found"],
  ["folder-of-its-own", "file.not-a-file"],
])("a workflow that names %s ends with exit code 2 and %s", async (path, code) => {
  const outside = await tempFolder();
  const cwd = join(outside, "workspace");
  await mkdir(join(cwd, "folder-of-its-own"), { recursive: true });
  await writeWorkflowNaming(path, cwd);
  await writeFile(join(outside, "secret.png"), "secret");
  await symlink(join(outside, "secret.png"), join(cwd, "link.png"));
  await symlink(outside, join(cwd, "folder"));

  const end = await runCli(["run", "workflow.json", "--sandbox"], { cwd });
  await expectRefused(end, { exitCode: 2, code, cwd });
});

test("a photograph of the caller's that is not there ends with exit code 2", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const end = await runCli(["run", "workflow.json", "--sandbox", "--input", "photo=nowhere.png"], { cwd });
  await expectRefused(end, { exitCode: 2, code: "file.not-found", cwd });
});

interface Refusal {
  readonly exitCode: number;
  readonly code: string;
  readonly cwd: string;
}

/** One clear error with its code, no stack, and not even half a file. */
async function expectRefused({ code: exitCode, stdout, stderr }: CliEnd, wanted: Refusal): Promise<void> {
  expect([exitCode, stdout], stderr).toEqual([wanted.exitCode, ""]);
  expect(stderr.match(/\berror [a-z-]+\.[a-z-]+/g)).toHaveLength(1);
  expect(stderr).toContain(`error ${wanted.code}`);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(await outputsOf(wanted.cwd)).toEqual([]);
}

/** The example's workflow with another file as its default photograph; the example's own files are left out. */
async function writeWorkflowNaming(path: string, folder: string): Promise<void> {
  const text = await readFile(join(await exampleWorkspace("remove-spoon"), "workflow.json"), "utf8");
  await writeFile(join(folder, "workflow.json"), text.replace('"coffee.png"', JSON.stringify(path)));
}
