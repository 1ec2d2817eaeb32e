import { expect, test } from "vitest";
import { fill } from "../fill.ts";
import type { FillRequest } from "../fill-request.ts";
import { fillInWorker } from "./fill-in-worker.ts";

/** A checked image of `side` pixels with a hole in the middle. */
function checked(side: number): FillRequest {
  const at = (i: number) => [i % side, Math.floor(i / side)] as const;
  const inHole = (n: number) => n > side * 0.3 && n < side * 0.7;
  return {
    width: side,
    height: side,
    channels: 1,
    data: Uint8Array.from({ length: side * side }, (_, i) =>
      ((at(i)[0] >> 2) + (at(i)[1] >> 2)) % 2 === 0 ? 30 : 220,
    ),
    mask: Uint8Array.from({ length: side * side }, (_, i) => (inHole(at(i)[0]) && inHole(at(i)[1]) ? 255 : 0)),
    seed: 3,
  };
}

test("a worker gives the bytes that the calling thread would, and leaves the caller's samples alone", async () => {
  const request = checked(60);
  const copy = { data: request.data.slice(), mask: request.mask.slice() };
  expect(await fillInWorker(request)).toEqual(await fill(request));
  expect({ data: request.data, mask: request.mask }).toEqual(copy);
});

test("progress arrives from the worker", async () => {
  const reports: (readonly [number, number])[] = [];
  await fillInWorker(checked(60), { onProgress: (done, total) => reports.push([done, total]) });
  const [done, total] = reports.at(-1) ?? [];
  expect(done).toBe(total);
});

test("a refusal arrives with its code", async () => {
  const request = { ...checked(20), mask: new Uint8Array(400).fill(255) };
  await expect(fillInWorker(request)).rejects.toMatchObject({ data: { code: "fill.no-source" } });
});

test("an abort in the middle ends the worker and rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const reason = new Error("no longer wanted");
  let reports = 0;
  const onProgress = () => {
    reports += 1;
    controller.abort(reason);
  };
  await expect(fillInWorker(checked(700), { signal: controller.signal, onProgress })).rejects.toBe(reason);
  expect(reports).toBe(1);
});

test("a signal that is aborted already starts no worker", async () => {
  const reason = new Error("too late");
  await expect(fillInWorker(checked(20), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
