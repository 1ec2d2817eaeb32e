import fc from "fast-check";
import { expect, test } from "vitest";
import { createSlots } from "./slots.ts";

const one = { cpu: 1, network: 1, remote: 1 };

test("no more places are given than the limit", () => {
  const slots = createSlots({ ...one, cpu: 2 });
  expect([slots.tryTake("cpu"), slots.tryTake("cpu"), slots.tryTake("cpu")]).toEqual([true, true, false]);
});

test("resources do not share places", () => {
  const slots = createSlots(one);
  expect([slots.tryTake("cpu"), slots.tryTake("network")]).toEqual([true, true]);
});

test("a released place goes to those who wait, first come first served", () => {
  const slots = createSlots(one);
  const order: string[] = [];
  slots.tryTake("cpu");
  slots.wait("cpu", () => (order.push("first"), true));
  slots.wait("cpu", () => (order.push("second"), true));
  slots.release("cpu");
  expect([order, slots.tryTake("cpu")]).toEqual([["first"], false]);
  slots.release("cpu");
  expect(order).toEqual(["first", "second"]);
});

test("who no longer wants the place passes it on, however many there are", () => {
  const slots = createSlots(one);
  slots.tryTake("cpu");
  for (let i = 0; i < 20_000; i++) slots.wait("cpu", () => false);
  let granted = false;
  slots.wait("cpu", () => (granted = true));
  slots.release("cpu");
  expect([granted, slots.taken("cpu")]).toEqual([true, 1]);
});

test("a place that nobody wants is free again", () => {
  const slots = createSlots(one);
  slots.tryTake("cpu");
  slots.wait("cpu", () => false);
  slots.release("cpu");
  expect([slots.taken("cpu"), slots.tryTake("cpu")]).toEqual([0, true]);
});

test.each([0, -1, Number.NaN])("a limit of %d is refused, because nothing would ever run", (cpu) => {
  expect(() => createSlots({ ...one, cpu })).toThrow(RangeError);
});

test("whatever happens, places taken stay within the limit and are all given back", () => {
  const action = fc.constantFrom("take", "wait", "refuse", "release");
  const law = fc.property(fc.integer({ min: 1, max: 3 }), fc.array(action, { maxLength: 40 }), (cpu, actions) => {
    const slots = createSlots({ ...one, cpu });
    let held = 0;
    for (const what of actions) {
      if (what === "release" && held > 0) {
        held--;
        slots.release("cpu");
      } else if (what !== "release" && slots.tryTake("cpu")) held++;
      else if (what === "wait") slots.wait("cpu", () => (held++, true));
      else if (what === "refuse") slots.wait("cpu", () => false);
      expect(slots.taken("cpu")).toBe(held);
      expect(held).toBeLessThanOrEqual(cpu);
    }
    while (held > 0) {
      held--;
      slots.release("cpu");
    }
    expect(slots.taken("cpu")).toBe(0);
  });
  fc.assert(law, { seed: 3, numRuns: 200 });
});
