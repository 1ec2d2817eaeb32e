import { expect, test } from "vitest";
import { z } from "zod";
import { defineNode } from "./define-node.ts";
import type { NodeMigration } from "./node-migration.ts";

const define = (version: number, migrations: readonly NodeMigration[]) =>
  defineNode({
    type: "test/node",
    version,
    title: "Node",
    category: "Test",
    description: "Does a test.",
    inputs: { radius: z.int().min(0).max(9).default(1), mode: z.enum(["round", "square"]).default("round") },
    outputs: { value: z.int() },
    migrations,
    run: () => ({ value: 1 }),
  });

test("migrations stand in the description as plain JSON", () => {
  const migrations = [{ to: 2, rename: { size: "radius" }, mapValues: { mode: { box: "square" } } }];
  const { description } = define(2, migrations);
  expect(JSON.parse(JSON.stringify(description))).toMatchObject({ version: 2, migrations });
});

test("a later step may rename, drop and map what an earlier one made", () => {
  expect(() =>
    define(3, [
      { to: 2, rename: { size: "reach" }, set: { kind: "box", passes: 2 } },
      { to: 3, rename: { reach: "radius", kind: "mode" }, drop: ["passes"], mapValues: { mode: { box: "square" } } },
    ]),
  ).not.toThrow();
});

test.each<[string, number, readonly NodeMigration[], string]>([
  ["a gap", 3, [{ to: 3 }], "takes 2 migrations, from 2 to 3, not 1"],
  ["the wrong order", 3, [{ to: 3 }, { to: 2 }], "a migration to 3 stands where the one to 2 belongs"],
  ["one too many", 1, [{ to: 2 }], "takes 0 migrations"],
  ["a new name that no input has", 2, [{ to: 2, rename: { size: "width" } }], "width leads to no input of version 2"],
  ["two that take one name", 2, [{ to: 2, rename: { a: "radius", b: "radius" } }], "two names become radius"],
  ["dropped and renamed", 2, [{ to: 2, drop: ["a"], rename: { a: "radius" } }], "a is both dropped and renamed"],
  [
    "a value out of range",
    2,
    [{ to: 2, set: { radius: 10 } }],
    "radius is given the number 10, not integer from 0 to 9",
  ],
  ["a choice that is none", 2, [{ to: 2, mapValues: { mode: { a: "b" } } }], 'mode is given the string "b"'],
  ["a reference", 2, [{ to: 2, set: { mode: { $input: "x" } } }], "mode is given a reference"],
  ["an output that is none", 2, [{ to: 2, renameOutputs: { a: "b" } }], "b leads to no output"],
])("migrations with %s are refused", (_what, version, migrations, words) => {
  expect(() => define(version, migrations)).toThrow(TypeError);
  expect(() => define(version, migrations)).toThrow(words);
});
