import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import seeds from "./seeds.ts";

const of = async (inputs: Record<string, unknown>) => (await testNode(seeds, inputs)).outputs.seeds;

test("so many seeds count up from the first, and begin again behind the last", async () => {
  expect(await of({ seed: 7, count: 3 })).toEqual([7, 8, 9]);
  expect(await of({ seed: 4_294_967_295, count: 2 })).toEqual([4_294_967_295, 0]);
  expect(await of({})).toEqual([1, 2, 3, 4]);
});

test.each([0, 65, 1.5])("%s variations are refused", async (count) => {
  await expect(of({ count })).rejects.toMatchObject({ data: { input: "count" } });
});
