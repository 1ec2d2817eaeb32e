import { expect, test } from "vitest";
import { createLimiter } from "./limiter.ts";

/** Work that ends when it is told to. */
function gates(count: number): {
  readonly open: (() => void)[];
  readonly works: (() => Promise<void>)[];
  started: number[];
} {
  const started: number[] = [];
  const open: (() => void)[] = [];
  const works = Array.from({ length: count }, (_, index) => () => {
    started.push(index);
    return new Promise<void>((resolve) => (open[index] = resolve));
  });
  return { open, works, started };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

test("starts as many as are allowed, in the order of asking, and the next when one ends", async () => {
  const limiter = createLimiter({ spacing: 0, concurrent: 2 });
  const { open, works, started } = gates(3);
  const all = works.map((work) => limiter.run(work));
  await soon();
  expect(started).toEqual([0, 1]);
  open[0]?.();
  await soon();
  expect(started).toEqual([0, 1, 2]);
  open[1]?.();
  open[2]?.();
  await Promise.all(all);
});

test("keeps starts apart", async () => {
  const limiter = createLimiter({ spacing: 15, concurrent: 9 });
  const times: number[] = [];
  await Promise.all([1, 2, 3, 4].map(() => limiter.run(async () => void times.push(performance.now()))));
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(14);
});

test("starts nothing while held", async () => {
  const limiter = createLimiter({ spacing: 0, concurrent: 9 });
  const begin = performance.now();
  limiter.hold(30);
  await limiter.run(async () => {});
  expect(performance.now() - begin).toBeGreaterThanOrEqual(29);
});

test("whoever gives up waiting gives up the place", async () => {
  const limiter = createLimiter({ spacing: 0, concurrent: 1 });
  const { open, works, started } = gates(2);
  const [first, second] = works;
  if (!first || !second) throw new Error("two works");
  const running = limiter.run(first);
  const abort = new AbortController();
  const waiting = limiter.run(second, abort.signal);
  abort.abort(new Error("stop"));
  await expect(waiting).rejects.toThrow("stop");
  open[0]?.();
  await running;
  await soon();
  expect(started).toEqual([0]);
});

test("work that fails makes room as well", async () => {
  const limiter = createLimiter({ spacing: 0, concurrent: 1 });
  await expect(limiter.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await limiter.run(async () => "next")).toBe("next");
});
