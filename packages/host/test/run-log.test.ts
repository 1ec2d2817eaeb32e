import { pino } from "pino";
import { expect, test } from "vitest";
import { runLog } from "../src/runs/run-log.ts";
import { memoryRunStore } from "./support/memory-runs.ts";

const [one, two] = [
  { run: "r1", attempt: 1 },
  { run: "r2", attempt: 1 },
];
const finished = (node: string) => ({ type: "node.finished", node, ms: 1 }) as const;
const ended = {
  type: "run.finished",
  run: "r1",
  status: "succeeded",
  ms: 1,
  counts: { executed: 1, cached: 0, failed: 0, skipped: 0, paid: 0 },
  outputs: {},
} as const;

/** A log of two runs that have begun, and the nodes that it has told as finished. */
async function room() {
  const store = memoryRunStore();
  for (const id of ["r1", "r2"]) {
    const workflow = { sha256: "5".repeat(64), name: "W" };
    await store.add({ id, client: "owner", priority: 0, created: 1, workflow, text: "{}", request: { inputs: {} } });
    await store.begin(id, 1);
  }
  const log = runLog({ store, log: pino({ level: "silent" }) });
  const heard: string[] = [];
  log.listen((events) =>
    heard.push(...events.map(({ data }) => (JSON.parse(data) as { node?: string }).node ?? "end")),
  );
  return { store, log, heard };
}

/** A file that is whole when the test says so. */
function file() {
  let settle!: (isWhole: boolean) => void;
  const done = new Promise<boolean>((resolve) => (settle = resolve));
  return { done, drop: () => settle(false), whole: () => settle(true), fail: () => settle(false) };
}

test("a node is told when its file is whole, and what comes behind it not before; other runs wait for nothing", async () => {
  const { store, log, heard } = await room();
  const a = file();
  log.tellKept(one, { place: "a", key: "k", file: "1-1" }, a);
  log.tell(one, finished("a"));
  log.tell(two, finished("x"));
  while (heard.length < 1) await new Promise(setImmediate);
  log.tell(one, finished("b"));
  log.tell(two, finished("y"));
  while (heard.length < 2) await new Promise(setImmediate);
  expect([heard, await store.checkpoints("r1")]).toEqual([["x", "y"], []]);
  a.whole();
  await log.flush();
  expect(heard).toEqual(["x", "y", "a", "b"]);
  expect(await store.checkpoints("r1")).toEqual([{ place: "a", key: "k", file: "1-1" }]);
});

test("a file that could not be written is not named, and its node is told all the same", async () => {
  const { store, log, heard } = await room();
  const a = file();
  log.tellKept(one, { place: "a", key: "k", file: "1-1" }, a);
  log.tell(one, finished("a"));
  a.fail();
  await log.flush();
  expect([heard, await store.checkpoints("r1")]).toEqual([["a"], []]);
});

test("what is released before it was written is not written, and after that forgotten on disk first", async () => {
  const { store, log } = await room();
  const [a, b] = [file(), file()];
  const forgotten: string[] = [];
  log.tellKept(one, { place: "a", key: "k", file: "1-1" }, a);
  log.tellReleased(one, "a", () => forgotten.push("a"));
  expect(await a.done).toBe(false);
  log.tellKept(one, { place: "b", key: "k", file: "1-2" }, b);
  b.whole();
  log.tell(one, finished("b"));
  await log.flush();
  expect(await store.checkpoints("r1")).toEqual([{ place: "b", key: "k", file: "1-2" }]);
  log.tellReleased(one, "b", () => forgotten.push("b"));
  expect(forgotten).toEqual(["a"]);
  await log.flush();
  expect([forgotten, await store.checkpoints("r1")]).toEqual([["a", "b"], []]);
});

test("the end of a run waits for no file and is told in one go with what led to it", async () => {
  const { log, heard } = await room();
  const a = file();
  log.tellKept(one, { place: "a", key: "k", file: "1-1" }, a);
  log.tell(one, finished("a"));
  log.tell(two, finished("x"));
  while (heard.length < 1) await new Promise(setImmediate);
  log.tell(one, ended);
  await log.flush();
  expect(heard).toEqual(["x", "a", "end"]);
  expect(await a.done).toBe(false);
});
