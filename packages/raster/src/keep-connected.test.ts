import fc from "fast-check";
import { expect, test } from "vitest";
import { keepConnected, keepConnectedSteps } from "./keep-connected.ts";

test("of two blobs the one with the pixel is kept, with its samples", () => {
  const two = Uint8Array.of(9, 9, 0, 7, 0, 9, 0, 7);
  expect([...keepConnected(two, 4, 2, [1, 0])]).toEqual([9, 9, 0, 0, 0, 9, 0, 0]);
});

test("pixels that touch only at a corner are not connected", () => {
  expect([...keepConnected(Uint8Array.of(9, 0, 0, 9), 2, 2, [0, 0])]).toEqual([9, 0, 0, 0]);
});

test("a pixel that is not selected gives an empty mask", () => {
  expect([...keepConnected(Uint8Array.of(0, 9), 2, 1, [0, 0])]).toEqual([0, 0]);
});

test("the part is the one that repeated spreading to neighbours finds", () => {
  const masks = fc.array(fc.constantFrom(0, 5, 5), { minLength: 72, maxLength: 72 });
  fc.assert(
    fc.property(masks, fc.nat(71), (samples, at) => {
      const data = Uint8Array.from(samples);
      const kept = keepConnected(data, 9, 8, [at % 9, Math.floor(at / 9)]);
      expect(kept).toEqual(spread(data, 9, at));
    }),
    { seed: 1, numRuns: 200 },
  );
});

function spread(data: Uint8Array, width: number, start: number): Uint8Array {
  const reached = new Set(data[start] === 0 ? [] : [start]);
  for (const at of reached) {
    const x = at % width;
    const neighbours = [at - width, at + width, x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1];
    for (const next of neighbours) if ((data[next] ?? 0) > 0) reached.add(next);
  }
  return data.map((sample, at) => (reached.has(at) ? sample : 0));
}

test("a large part is found in steps", () => {
  const full = new Uint8Array(1000 * 600).fill(255);
  expect([...keepConnectedSteps(full, 1000, 600, [3, 3])].length).toBeGreaterThan(2);
  expect(Buffer.compare(keepConnected(full, 1000, 600, [3, 3]), full)).toBe(0);
});
