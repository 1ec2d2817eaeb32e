import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Preview, Workflow } from "@inlay/engine";
import { expect, test } from "vitest";
import { eventsOf, runCli } from "./support/cli.ts";
import { readSamples, samePicture } from "./support/pictures.ts";
import { asService, ledgerOf, openSandbox } from "./support/sandbox.ts";
import { exampleWorkspace, outputsOf } from "./support/workspace.ts";

const quick = { profile: "identity", timing: { queuedMs: 0 } } as const;
const readWorkflowOf = async (cwd: string): Promise<Workflow> =>
  JSON.parse(await readFile(join(cwd, "workflow.json"), "utf8")) as Workflow;

test("plan tells before the run what is paid and afterwards what is cached, and submits nothing", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const service = await openSandbox(quick);
  const inlay = (...args: string[]) => runCli([...args, "workflow.json"], { cwd, env: asService(service) });
  const before = await inlay("plan");
  expect(before.code, before.stderr).toBe(0);
  expect(before.stdout).toMatch(/inpaint +\S+ +runs, paid\n/);
  expect(before.stdout).toContain("5 to run, 0 from the cache; 1 of 1 remote job will be paid, 0 from the cache");
  expect([service.ledger(), await outputsOf(cwd)]).toEqual([[], []]);

  expect((await inlay("run")).code).toBe(0);
  const after = await inlay("plan", "--json");
  const { counts, isExact, nodes } = JSON.parse(after.stdout) as Preview;
  expect([counts.execute, counts.paid, counts.paidCached, isExact]).toEqual([1, 0, 1, true]);
  expect(nodes.find(({ node }) => node === "inpaint")).toMatchObject({ action: "cached", from: "disk" });
  expect(service.ledger()).toHaveLength(1);
});

test("plan without a token says so, and still what would run", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const { code, stdout, stderr } = await runCli(["plan", "workflow.json"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("secret.missing");
  expect(stdout).toContain("1 of 1 remote job will be paid");
});

test("a pinned paid node is taken from the cache into the file, does not run in another service, and unpins", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const original = await readFile(join(cwd, "workflow.json"), "utf8");
  const inlay = (args: readonly string[], env: Record<string, string> = {}) => runCli(args, { cwd, env });

  const refused = await inlay(["pin", "workflow.json", "inpaint", "--sandbox"]);
  expect([refused.code, await readFile(join(cwd, "workflow.json"), "utf8")], refused.stderr).toEqual([4, original]);
  expect(refused.stderr).toContain("money/confirm");

  const first = await inlay(["run", "workflow.json", "--sandbox"]);
  expect(first.code, first.stderr).toBe(0);
  const [name = ""] = await outputsOf(cwd);
  const picture = await readSamples(join(cwd, "outputs", name));
  const pinned = await inlay(["pin", "workflow.json", "inpaint", "--sandbox"]);
  expect(pinned.code, pinned.stderr).toBe(0);
  expect(await ledgerOf(cwd)).toHaveLength(1);

  const { nodes, assets } = await readWorkflowOf(cwd);
  const before = JSON.parse(original) as Workflow;
  const { pinned: values, ...inpaint } = nodes["inpaint"]!;
  expect(Object.keys(values ?? {})).toEqual(["image", "generated", "mask", "request"]);
  expect({ ...nodes, inpaint }).toEqual(before.nodes);
  // Small files stand in the workflow, large ones beside it.
  expect(Object.values(assets).map(({ data, path }) => [data !== undefined, path !== undefined])).toContainEqual([
    true,
    false,
  ]);
  expect(await readdir(join(cwd, "pinned"))).toHaveLength(Object.values(assets).filter(({ path }) => path).length);

  // Another account, in whose cache there is nothing: the picture is the same, sample by sample.
  const again = await inlay(["run", "workflow.json", "--json", "--out", "again", "--max-paid", "0"]);
  expect(again.code, again.stderr).toBe(0);
  expect(eventsOf(again).filter(({ type }) => type === "node.pinned")).toMatchObject([{ node: "inpaint" }]);
  expect(eventsOf(again).at(-1)).toMatchObject({ counts: { paid: 0, pinned: 1 } });
  expect(again.stderr).toContain("warning: 1 pinned node did not run: `inpaint`");
  expect(samePicture(await readSamples(join(cwd, "again", name)), picture)).toBe(true);

  expect((await inlay(["unpin", "workflow.json", "inpaint"])).code).toBe(0);
  expect(await readFile(join(cwd, "workflow.json"), "utf8")).toBe(original);
});

test("a node that cannot be pinned is refused and the file stays as it was", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const workflow = await readWorkflowOf(cwd);
  const muted = {
    ...workflow,
    nodes: { ...workflow.nodes, feather: { ...workflow.nodes["feather"]!, disabled: "bypass" } },
  };
  await writeFile(join(cwd, "muted.json"), JSON.stringify(muted));
  const unknown = await runCli(["pin", "workflow.json", "inpant"], { cwd });
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("Did you mean `inpaint`?")]);
  const disabled = await runCli(["pin", "muted.json", "feather"], { cwd });
  expect([disabled.code, disabled.stderr]).toEqual([2, expect.stringContaining("pin.disabled")]);
  expect(JSON.parse(await readFile(join(cwd, "muted.json"), "utf8"))).toEqual(muted);
});

test("a file that is not in its canonical form keeps everything that it holds", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const workflow = { later: { a: [1] }, ...(await readWorkflowOf(cwd)) };
  await writeFile(join(cwd, "workflow.json"), JSON.stringify(workflow, null, "\t"));
  expect((await runCli(["pin", "workflow.json", "feather"], { cwd })).code).toBe(0);
  const { nodes, assets, ...rest } = await readWorkflowOf(cwd);
  const { nodes: before, assets: _, ...restBefore } = workflow;
  expect(rest).toEqual(restBefore);
  expect(nodes["feather"]).toEqual({ ...before["feather"], pinned: { mask: { $asset: Object.keys(assets)[0] } } });
});
