import { expect, test } from "vitest";
import { faultSource, type FaultSource } from "./fault-source.ts";
import type { FaultCall } from "./fault.ts";

const names = (source: FaultSource, call: FaultCall, count: number): string[] =>
  Array.from({ length: count }, () => source.next(call).fault);

test("a plan without faults has none", () => {
  expect(names(faultSource(), "submit", 3)).toEqual(["none", "none", "none"]);
});

test("a script is carried out in turn, each fault as often as it says, and then nothing goes wrong", () => {
  const source = faultSource({
    script: { status: [{ fault: "html", times: 2 }, { fault: "none" }, { fault: "empty" }] },
  });
  expect(names(source, "status", 5)).toEqual(["html", "html", "none", "empty", "none"]);
  expect(names(source, "result", 1)).toEqual(["none"]);
});

test("a fault that is always there stays", () => {
  const source = faultSource({ script: { cancel: [{ fault: "silence", times: "always" }] } });
  expect(names(source, "cancel", 50)).not.toContain("none");
});

test("chance gives about its share, and the same faults for the same seed", () => {
  const chance = { status: { share: 0.25, faults: [{ fault: "html" }, { fault: "empty" }] } } as const;
  const drawn = names(faultSource({ seed: 4, chance }), "status", 1000);
  expect(names(faultSource({ seed: 4, chance }), "status", 1000)).toEqual(drawn);
  expect(names(faultSource({ seed: 5, chance }), "status", 1000)).not.toEqual(drawn);
  const struck = drawn.filter((name) => name !== "none");
  expect(struck.length).toBeGreaterThan(200);
  expect(struck.length).toBeLessThan(300);
  expect(new Set(struck)).toEqual(new Set(["html", "empty"]));
});

test("more calls of one kind change nothing for another", () => {
  const both = { share: 0.5, faults: [{ fault: "html" }] } as const;
  const chance = { status: both, submit: both };
  const [one, two] = [faultSource({ chance }), faultSource({ chance })];
  names(one, "status", 17);
  expect(names(one, "submit", 20)).toEqual(names(two, "submit", 20));
});
