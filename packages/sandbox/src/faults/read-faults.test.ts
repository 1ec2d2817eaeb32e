import { expect, test } from "vitest";
import { readFaults } from "./read-faults.ts";

const read = (value: unknown): unknown => readFaults(JSON.stringify(value), "faults.json");

test("reads seed, script, chance, dialect and timing", () => {
  const script = { submit: [{ fault: "http", status: 429, retry_after: { date_in: 2 }, times: 3 }] };
  const chance = { status: { share: 0.3, faults: [{ fault: "reset", when: "midway" }] } };
  const file = { seed: 7, script, chance, dialect: { words: "others" }, timing: { queued_ms: 5, run_ms: 10 } };
  expect(read(file)).toEqual({
    faults: { seed: 7, script, chance },
    dialect: { words: "others" },
    timing: { queuedMs: 5, minRunMs: 10 },
  });
});

const wrong: readonly (readonly [name: string, file: unknown, place: string, expected: string])[] = [
  ["a list", [], "", "an object"],
  ["an unknown member", { scripts: {} }, "/scripts", "one of seed, script"],
  ["an unknown call", { script: { poll: [] } }, "/script/poll", "submit, status"],
  ["one fault in place of a list", { script: { submit: { fault: "html" } } }, "/script/submit", "a list"],
  ["an unknown fault", { script: { submit: [{ fault: "bang" }] } }, "/script/submit/0/fault", "truncated"],
  ["a fault of another call", { script: { file: [{ fault: "stuck" }] } }, "/script/file/0/fault", "expired"],
  ["a missing member", { script: { file: [{ fault: "reset" }] } }, "/script/file/0/when", '"before" or "handled"'],
  ["a member too many", { script: { file: [{ fault: "html", ms: 1 }] } }, "/script/file/0/ms", "one of fault, handled"],
  [
    "a status that is none",
    { script: { file: [{ fault: "http", status: 42 }] } },
    "/script/file/0/status",
    "200 to 599",
  ],
  ["no times", { script: { file: [{ fault: "html", times: 0 }] } }, "/script/file/0/times", "always"],
  ["a share above 1", { chance: { file: { share: 2, faults: [] } } }, "/chance/file/share", "0 to 1"],
  ["a chance of nothing", { chance: { file: { share: 1, faults: [] } } }, "/chance/file/faults", "a list"],
  ["a dialect that nobody speaks", { dialect: { words: "latin" } }, "/dialect/words", '"documented" or "others"'],
  ["a time below 0", { timing: { run_ms: -1 } }, "/timing/run_ms", "whole number"],
  ["a seed that is none", { seed: "x" }, "/seed", "whole number"],
];

test.each(wrong)("%s is an error that names the place and what is expected", (_, file, place, expected) => {
  expect(() => read(file)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        new RegExp(`\`faults\\.json\` is not valid${place && ` at \`${place}\``}: expected .*${expected}`),
      ) as string,
    }) as Error,
  );
});

test("what is not JSON is an error with a code", () => {
  expect(() => readFaults("{", "faults.json")).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: "sandbox.faults" }) as object }) as Error,
  );
});
