import { expect, test } from "vitest";
import { inSlices } from "./in-slices.ts";

test.each([0, 1, 1_000_000, 2_500_000])("%i items are covered once, in order", async (total) => {
  let reached = 0;
  await inSlices(total, (from, to) => {
    expect(from).toBe(reached);
    reached = to;
  });
  expect(reached).toBe(total);
});

test("others get their turn between two slices", async () => {
  const order: string[] = [];
  setImmediate(() => order.push("other"));
  await inSlices(2_000_000, () => order.push("slice"));
  expect(order).toEqual(["slice", "other", "slice"]);
});
