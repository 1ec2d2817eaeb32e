import { expect } from "vitest";
import type { RunQueue } from "../../src/runs/run-queue.ts";

interface QueueTest {
  readonly name: string;
  run(): Promise<void>;
}

/** The suite of `RunQueue`: `make` gives a new, empty queue each time. */
export function runQueueConformance(make: () => Promise<RunQueue>): readonly QueueTest[] {
  const tests: QueueTest[] = [];
  const test = (name: string, body: (queue: RunQueue) => Promise<void>): void => {
    tests.push({ name, run: async () => body(await make()) });
  };
  const add = (queue: RunQueue, run: string, { client = "owner", priority = 0 } = {}): Promise<void> =>
    queue.add({ run, client, priority });
  const take = async (queue: RunQueue, owner = "w"): Promise<string | undefined> => (await queue.claim(owner))?.run;

  test("runs of a client are taken in the order in which they came", async (queue) => {
    for (const run of ["b", "a", "c"]) await add(queue, run);
    expect([await take(queue), await take(queue), await take(queue), await take(queue)]).toEqual([
      "b",
      "a",
      "c",
      undefined,
    ]);
  });

  test("a run that is there already stays as it is", async (queue) => {
    await add(queue, "a");
    await queue.claim("w");
    await add(queue, "a");
    expect(await take(queue)).toBeUndefined();
    expect(await queue.counts()).toEqual({ waiting: 0, taken: 1 });
    expect(await queue.counts("nobody")).toEqual({ waiting: 0, taken: 0 });
  });

  test("higher priorities go first", async (queue) => {
    await add(queue, "low", { priority: -1 });
    await add(queue, "mid");
    await add(queue, "high", { priority: 2 });
    expect([await take(queue), await take(queue), await take(queue)]).toEqual(["high", "mid", "low"]);
  });

  test("clients take turns, whether their runs end or not", async (queue) => {
    for (const run of ["a1", "a2", "a3"]) await add(queue, run, { client: "a" });
    await add(queue, "b1", { client: "b" });
    expect([await take(queue), await take(queue), await take(queue)]).toEqual(["a1", "b1", "a2"]);
    await add(queue, "b2", { client: "b" });
    for (const run of ["a1", "a2", "b1"]) await queue.done({ run, attempt: 1 });
    expect([await take(queue), await take(queue)]).toEqual(["b2", "a3"]);
  });

  test("a client with fewer runs at work goes first", async (queue) => {
    for (const run of ["a1", "a2", "a3"]) await add(queue, run, { client: "a" });
    expect([await take(queue), await take(queue)]).toEqual(["a1", "a2"]);
    for (const run of ["b1", "b2"]) await add(queue, run, { client: "b" });
    expect([await take(queue), await take(queue), await take(queue)]).toEqual(["b1", "b2", "a3"]);
  });

  test("a run that waits is moved among those of its client, one that was taken is not", async (queue) => {
    for (const run of ["a", "b", "c", "d"]) await add(queue, run);
    await add(queue, "other", { client: "other" });
    await queue.claim("w");
    expect([await queue.move("d", { place: 1 }), await queue.move("c", { priority: 3 })]).toEqual([0, 3]);
    expect(await queue.waiting("owner")).toEqual(["c", "d", "b"]);
    expect([await queue.move("a", { place: 1 }), await queue.move("none", { place: 1 })]).toEqual([
      undefined,
      undefined,
    ]);
    expect(await queue.waiting("nobody")).toEqual([]);
    expect([await take(queue), await take(queue), await take(queue), await take(queue)]).toEqual([
      "c",
      "other",
      "d",
      "b",
    ]);
  });

  test("a run that has ended is out; an old claim ends nothing", async (queue) => {
    await add(queue, "a");
    const first = await queue.claim("dead");
    await queue.recover(() => false);
    const second = await queue.claim("w");
    expect([first, second]).toEqual([
      { run: "a", attempt: 1 },
      { run: "a", attempt: 2 },
    ]);
    expect(await queue.done(first!)).toBe(false);
    expect(await queue.has("a")).toBe(true);
    expect(await queue.done(second!)).toBe(true);
    expect(await queue.has("a")).toBe(false);
  });

  test("only a run that waits can be taken out", async (queue) => {
    await add(queue, "a");
    await add(queue, "b");
    await queue.claim("w");
    expect([await queue.remove("a"), await queue.remove("b"), await queue.remove("none")]).toEqual([
      false,
      true,
      false,
    ]);
    expect(await queue.counts()).toEqual({ waiting: 0, taken: 1 });
  });

  test("runs of dead workers wait again, those of living ones do not", async (queue) => {
    await add(queue, "a");
    await add(queue, "b");
    await queue.claim("dead");
    await queue.claim("living");
    expect(await queue.recover((owner, at) => owner === "living" && at > 0)).toEqual(["a"]);
    expect(await queue.counts()).toEqual({ waiting: 1, taken: 1 });
    expect(await queue.claim("w")).toEqual({ run: "a", attempt: 2 });
  });

  return tests;
}
