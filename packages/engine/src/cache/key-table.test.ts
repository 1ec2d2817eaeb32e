import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyTable } from "./key-table.ts";

test("a key has one slot until it is removed", () => {
  const table = new KeyTable();
  const slot = table.add("a");
  expect([table.find("a"), table.find("b"), table.size]).toEqual([slot, -1, 1]);
  table.remove(slot);
  expect([table.find("a"), table.size]).toEqual([-1, 0]);
  expect(table.add("b")).toBe(slot);
});

test("keys that begin alike are told apart", () => {
  const table = new KeyTable();
  const keys = Array.from({ length: 300 }, (_, i) => `alike---${i}`);
  const slots = keys.map((key) => table.add(key));
  expect(keys.map((key) => table.find(key))).toEqual(slots);
});

test("any adding and removing leaves what a map would hold", () => {
  const key = fc.integer({ min: 0, max: 400 }).map((number) => number.toString(16).padStart(64, "f"));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 1500 }), (steps) => {
      const table = new KeyTable();
      const slots = new Map<string, number>();
      for (const [name, isAdded] of steps) {
        const slot = slots.get(name);
        expect(table.find(name)).toBe(slot ?? -1);
        if (slot === undefined && isAdded) slots.set(name, table.add(name));
        else if (slot !== undefined && !isAdded) {
          table.remove(slot);
          slots.delete(name);
        }
      }
      expect(table.size).toBe(slots.size);
      expect(new Set(slots.values()).size).toBe(slots.size);
      for (const [name, slot] of slots) expect(table.find(name)).toBe(slot);
    }),
    { numRuns: 50 },
  );
});
