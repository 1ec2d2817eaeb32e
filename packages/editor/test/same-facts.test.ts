import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readWorkflow, type RunEvent } from "@inlay/engine";
import { expect, onTestFinished, test } from "vitest";
import { addToRunRecord, createRunRecord, type RunRecord } from "../../host/src/run-record/run-record.ts";
import { addToRunFacts, createRunFacts, resumeRunFacts, type RunFacts } from "../src/run/run-facts.ts";
import { shownStates } from "../src/run/shown-states.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What `run.json` and the editor both say of a run's nodes. */
type Facts = Readonly<Record<string, object>>;

function pick({ status, ms, error, because }: RunRecord["nodes"][string]): object {
  return { status, ms: ms === undefined ? undefined : Math.round(ms), error, because };
}

const told = ({ nodes }: RunRecord): Facts =>
  Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, pick(node)]));

function fold(events: readonly RunEvent[], facts = createRunFacts()): RunFacts {
  for (const event of events) addToRunFacts(facts, event);
  return facts;
}

const folded = ({ nodes }: RunFacts): Facts =>
  Object.fromEntries([...nodes].map(([id, node]) => [id, pick(node as RunRecord["nodes"][string])]));

const load = { type: "image/load", version: 1, inputs: { source: { $file: "coffee.png" } } };
const fails = {
  inlay: 1,
  nodes: {
    load,
    mask: {
      type: "mask/rectangle",
      version: 1,
      inputs: { image: { $link: ["load", "image"] }, x: 2000, y: 20, width: 9, height: 9 },
    },
    inpaint: {
      type: "inpaint/inpaint",
      version: 1,
      inputs: { image: { $link: ["load", "image"] }, mask: { $link: ["mask", "mask"] }, method: "local" },
    },
    view: { type: "image/preview", version: 1, inputs: { image: { $link: ["inpaint", "image"] } } },
  },
};

test("the editor shows of a run what its run.json says: run, cached, failed and skipped, with the same times and words", () => {
  const dir = mkdtempSync(join(tmpdir(), "inlay-facts-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const spoon = join(root, "examples/remove-spoon");
  cpSync(join(spoon, "coffee.png"), join(dir, "coffee.png"));
  cpSync(join(spoon, "workflow.json"), join(dir, "spoon.json"));
  writeFileSync(join(dir, "fails.json"), JSON.stringify(fails));
  const seen = new Set<string>();
  // What was paid is kept however cheap it was; the second time it comes from there.
  for (const name of ["fails.json", "spoon.json", "spoon.json"]) {
    const { workflow } = readWorkflow(readFileSync(join(dir, name), "utf8"));
    const args = [join(root, "packages/cli/bin/inlay.js"), "run", name, "--workspace", dir, "--sandbox", "--json"];
    const { stdout } = spawnSync(process.execPath, args, { cwd: dir, encoding: "utf8" });
    const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
    const facts = fold(lines.map((line) => JSON.parse(line) as RunEvent));
    const runs = join(dir, ".inlay/runs");
    const newest = readdirSync(runs)
      .filter((name) => name !== "running")
      .sort()
      .at(-1)!;
    const record = JSON.parse(readFileSync(join(runs, newest, "run.json"), "utf8")) as RunRecord;
    expect(folded(facts)).toEqual(told(record));
    expect(facts.state.status).toBe(record.status);
    const shown = shownStates(facts, { workflow: workflow!, graph: workflow!, path: [] });
    for (const [id, { status }] of shown) {
      expect(status).toBe(record.nodes[id]?.status);
      seen.add(status);
    }
  }
  expect([...seen].sort()).toEqual(["cached", "failed", "skipped", "succeeded"]);
}, 60_000);

test("of a run that another process goes on with, what was made and paid before is still the run's own", () => {
  const counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
  const begin = { type: "run.started", run: "r", workflow: "w", nodes: 3, execute: 2, paid: 1, targets: [], seeds: {} };
  const stamp = (body: object, seq: number) => ({ seq, time: 0, ...body }) as RunEvent;
  const job = { node: "paint", requestId: "q1" };
  const first = [
    begin,
    { type: "node.started", node: "load" },
    { type: "node.finished", node: "load", ms: 12.4, outputs: {} },
    { type: "node.started", node: "paint" },
    { type: "remote.state", ...job, state: "queued" },
  ].map(stamp);
  const second = [
    begin,
    { type: "node.cached", node: "load", outputs: {} },
    { type: "node.cached", node: "blur", outputs: {} },
    { type: "node.started", node: "paint" },
    { type: "remote.state", ...job, state: "running", attached: true },
    { type: "remote.ended", ...job, ending: "succeeded", attached: true, costUsd: 0.25 },
    { type: "node.finished", node: "paint", ms: 30, outputs: {} },
    { type: "run.finished", run: "r", status: "succeeded", ms: 40, counts, outputs: {} },
  ].map(stamp);
  const record = createRunRecord();
  for (const event of [...first, ...second]) addToRunRecord(record, event);
  const facts = fold(second, resumeRunFacts(fold(first)));
  expect(folded(facts)).toEqual(told(record));
  expect(record.nodes["load"]).toEqual({ status: "succeeded", ms: 12 });
  expect([facts.costUsd, facts.state.status]).toEqual([record.costUsd, record.status]);
  expect(facts.costUsd).toBe(0.25);
});
