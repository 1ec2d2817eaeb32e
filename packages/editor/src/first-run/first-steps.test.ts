import { expect, test } from "vitest";
import { spoon } from "../../test/catalog.ts";
import { FirstSteps } from "./first-steps.ts";

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
}

const changed = { ...spoon, inputs: { ...spoon.inputs } };

test("a run ticks the first step, a second one of something else the last", () => {
  const first = new FirstSteps(storage());
  first.ran("a", spoon);
  expect([...(first.done.value ?? [])]).toEqual(["run"]);
  first.ran("b", changed);
  expect([...(first.done.value ?? [])]).toEqual(["run", "change"]);
});

test("the same run told twice, or the same workflow run again, is no change", () => {
  const first = new FirstSteps(storage());
  first.ran("a", spoon);
  first.ran("a", changed);
  first.ran("b", changed);
  expect([...(first.done.value ?? [])]).toEqual(["run"]);
});

test("what was dismissed does not come back", () => {
  const kept = storage();
  new FirstSteps(kept).dismiss();
  const again = new FirstSteps(kept);
  expect(again.done.value).toBeUndefined();
  again.compared();
  expect(again.done.value).toBeUndefined();
});

test("steps that were done stay done in the next workflow, and all of them are not asked for again", () => {
  const kept = storage();
  const first = new FirstSteps(kept);
  first.ran("a", spoon);
  first.compared();
  const next = new FirstSteps(kept);
  expect([...(next.done.value ?? [])]).toEqual(["run", "compare"]);
  next.ran("b", spoon);
  next.ran("c", changed);
  expect([...(next.done.value ?? [])]).toEqual(["run", "compare", "change"]);
  expect(new FirstSteps(kept).done.value).toBeUndefined();
});
