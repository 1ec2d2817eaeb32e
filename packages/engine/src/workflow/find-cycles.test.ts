import fc from "fast-check";
import { expect, test } from "vitest";
import { findCycles } from "./find-cycles.ts";

test("a graph without a circle has none", () => {
  expect(findCycles([[], [0], [0, 1]])).toEqual([]);
});

test("a node that waits for itself is a circle", () => {
  expect(findCycles([[0]])).toEqual([[0, 0]]);
});

test("a circle is given in the direction in which values flow", () => {
  expect(findCycles([[2], [0], [1]])).toEqual([[0, 1, 2, 0]]);
});

test("nodes that all reach each other give one circle, the shortest through the first", () => {
  expect(findCycles([[3, 1], [0], [1], [2]])).toEqual([[0, 1, 0]]);
});

test("separate circles are given separately", () => {
  expect(findCycles([[1], [0], [0], [4], [3]])).toHaveLength(2);
});

test("a circle of 100,000 nodes overflows no stack", () => {
  const size = 100_000;
  const ring = Array.from({ length: size }, (_, node) => [(node + size - 1) % size]);
  expect(findCycles(ring)[0]).toHaveLength(size + 1);
});

test("what is found is a circle, and without its nodes' links none is left", () => {
  const graph = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(graph, (sources) => {
      const circles = findCycles(sources);
      for (const circle of circles) {
        circle.slice(1).forEach((node, step) => expect(sources[node]).toContain(circle[step]));
        expect(circle[0]).toBe(circle.at(-1));
      }
      expect(circles.length > 0).toBe(!sortsTopologically(sources));
    }),
    { seed: 5, numRuns: 500 },
  );
});

/** Takes away nodes that wait for nobody until none is left, or none can be taken. */
function sortsTopologically(sources: readonly (readonly number[])[]): boolean {
  const left = new Set(sources.keys());
  for (let before = -1; left.size !== before;) {
    before = left.size;
    for (const node of left) if (!sources[node]?.some((source) => left.has(source))) left.delete(node);
  }
  return left.size === 0;
}
