import { appendFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeWorkflow, type RunEvent } from "@inlay/engine";
import type { FaultPlan } from "@inlay/sandbox";
import { openInlay } from "inlay";
import { expect, onTestFinished, test } from "vitest";
import { bytes, startServer } from "../../packages/runcomfy/test/scripted-server.ts";
import { runCli, startCli } from "../support/cli.ts";
import {
  drawPicture,
  link,
  node,
  PHOTO,
  smallWorkflow,
  smallWorkspace,
  type SmallWorkspace,
} from "../support/remote-workflow.ts";
import { type Dialect, everywhere } from "../support/stage.ts";
import { outputsOf, tempFolder } from "../support/workspace.ts";

// Cases 28–30, and processes that share a workspace: what the journal is for.

/** Milliseconds for scenes that start a process in every dialect, on a machine that does much else. */
const slow = 120_000;

/** A workspace with a workflow file, and a process that runs it and dies at a moment that the scene chooses. */
async function openScene(dialect: Dialect, faults: FaultPlan = {}): Promise<Scene> {
  const opened = await smallWorkspace({ dialect, faults });
  await writeFile(join(opened.folder, "workflow.json"), writeWorkflow(smallWorkflow()));
  // Where the service wants addresses all pictures have one, so that the first submit is the one that the scene is about.
  const env = { ...opened.env, INLAY_PUBLISHER_ALWAYS: "1" };
  return { ...opened, env };
}

type Scene = Omit<SmallWorkspace, "inlay">;

const submitted = ({ sandbox }: Scene): number => sandbox.calls().filter(({ call }) => call === "submit").length;

/** Runs the command and kills it as soon as its job is in the queue. */
async function runAndKill({ folder, env }: Scene): Promise<void> {
  const { ended } = startCli(["run", "workflow.json", "--json"], {
    cwd: folder,
    env,
    onLine: (line, child) => {
      const event = JSON.parse(line) as RunEvent;
      if (event.type === "remote.state" && event.state === "queued") child.kill("SIGKILL");
    },
  });
  const { code, stderr } = await ended;
  expect(code, stderr).toBeNull();
}

/** The next run of the workflow, on the workspace as the dead process left it, or on a copy. */
async function runAgain({ env }: Scene, folder: string) {
  const inlay = await openInlay({ workspace: folder, env });
  try {
    const events: RunEvent[] = [];
    const report = await inlay.run(smallWorkflow(), {}, { onEvent: (event) => events.push(event) }).report;
    const attached = events.some((event) => event.type === "remote.state" && event.attached === true);
    return { ...report, attached };
  } finally {
    await inlay.close();
  }
}

test(
  "cases 28 and 30: killed when the id is journaled, also in the middle of a write, the next run resumes without a POST",
  () =>
    everywhere(async (dialect) => {
      const scene = await openScene(dialect, { script: { status: [{ fault: "stuck", times: "always" }] } });
      await runAndKill(scene);
      scene.sandbox.setFaults({});
      const torn = join(await tempFolder(), "torn");
      await cp(scene.folder, torn, { recursive: true });
      await appendFile(join(torn, ".inlay", "journal.sqlite-wal"), Buffer.alloc(5000, 0x5a));
      for (const folder of [scene.folder, torn]) {
        expect(await runAgain(scene, folder)).toMatchObject({ status: "succeeded", attached: true, errors: [] });
        expect(await outputsOf(folder)).toEqual(["out.png"]);
      }
      expect([submitted(scene), scene.sandbox.ledger().length]).toEqual([1, 1]);
    }),
  slow,
);

test(
  "case 29: killed between intent and answer, the next run says unknown and sends no POST",
  () =>
    everywhere(async (dialect) => {
      const scene = await openScene(dialect, { script: { submit: [{ fault: "silence" }] } });
      const { folder, env, sandbox } = scene;
      const { child, ended } = startCli(["run", "workflow.json"], { cwd: folder, env });
      while (sandbox.ledger().length === 0 && child.exitCode === null) await sleep(10);
      child.kill("SIGKILL");
      expect((await ended).code).toBeNull();
      const { errors } = await runAgain(scene, folder);
      expect(errors).toMatchObject([{ code: "remote.unknown", ending: "unknown" }]);
      expect([submitted(scene), sandbox.ledger().length]).toEqual([1, 1]);
    }),
  slow,
);

test.each([
  ["a folder in its place", async (file: string) => mkdir(file)],
  ["a file that is damaged", async (file: string) => writeFile(file, "not a database ".repeat(500))],
])("case 30: with %s for a journal nothing is submitted", (_what, spoil) =>
  everywhere(async (dialect) => {
    const { folder, inlay, sandbox } = await smallWorkspace({ dialect });
    await mkdir(join(folder, ".inlay"), { mode: 0o700, recursive: true });
    await spoil(join(folder, ".inlay", "journal.sqlite"));
    const { errors } = await inlay.run(smallWorkflow()).report;
    expect(errors).toMatchObject([{ code: "journal.unwritable" }]);
    expect(sandbox.calls().filter(({ call }) => call === "submit")).toEqual([]);
  }),
);

test(
  "two processes on one workspace: one submits, the other attaches, and both have the result",
  async () => {
    const { folder, env, sandbox } = await openScene({}, { script: { status: [{ fault: "stuck", times: 2 }] } });
    const ends = await Promise.all([1, 2].map(() => runCli(["run", "workflow.json", "--json"], { cwd: folder, env })));
    expect(
      ends.map(({ code }) => code),
      ends.map(({ stderr }) => stderr).join("\n"),
    ).toEqual([0, 0]);
    expect(sandbox.ledger()).toHaveLength(1);
  },
  slow,
);

test("the same job from two nodes of one run is one job", async () => {
  const { folder, inlay, sandbox } = await smallWorkspace();
  // Other nodes, so other results in the cache, but the same pixels: the same job.
  const twin = { image: link("load", "image"), mask: link("inverted", "mask"), invert_mask: true };
  const nodes = {
    inverted: node("mask/invert", { mask: link("mask", "mask") }),
    twin: node("runcomfy/z-image-turbo-inpainting", { ...twin, prompt: "an apple", seed: 7 }),
    save_twin: node("image/save", { image: link("twin", "image"), name: "twin" }),
  };
  const { status, errors } = await inlay.run(smallWorkflow({ nodes })).report;
  expect([status, errors]).toEqual(["succeeded", []]);
  expect((await outputsOf(folder)).toSorted()).toEqual(["out.png", "twin.png"]);
  expect(sandbox.ledger()).toHaveLength(1);
});

test("two tokens are two accounts: neither gets the other's job", async () => {
  const folder = await tempFolder();
  await drawPicture(join(folder, "photo.png"), PHOTO);
  const service = await startServer({ file: [bytes(await readFile(join(folder, "photo.png")))] });
  onTestFinished(() => service.close());
  for (const token of ["token-of-one", "token-of-another", "token-of-one"]) {
    const env = { RUNCOMFY_BASE_URL: service.url, RUNCOMFY_API_TOKEN: token };
    const inlay = await openInlay({ workspace: folder, cache: false, env });
    const { status, errors } = await inlay.run(smallWorkflow()).report;
    await inlay.close();
    expect([status, errors]).toEqual(["succeeded", []]);
  }
  const paid = service.of("submit").map(({ headers }) => headers.authorization);
  expect(paid).toEqual(["Bearer token-of-one", "Bearer token-of-another"]);
  const { stdout } = await runCli(["jobs", "--json"], { cwd: folder });
  const accounts = JSON.parse(stdout) as { account: string }[];
  expect(new Set(accounts.map(({ account }) => account)).size).toBe(2);
  expect(stdout).not.toContain("token-of");
});
