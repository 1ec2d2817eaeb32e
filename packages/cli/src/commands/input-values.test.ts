import { expect, test } from "vitest";
import type { NamedInput, Workflow } from "@inlay/engine";
import { parseInputs } from "./input-values.ts";

const workflow = (inputs: Record<string, NamedInput>): Workflow => ({
  inlay: 1,
  inputs,
  outputs: {},
  packs: {},
  assets: {},
  nodes: {},
  workflows: {},
  view: {},
});

const declared = workflow({
  photo: { type: "image" },
  prompt: { type: "string" },
  seed: { type: "integer" },
  tidy: { type: "boolean" },
  points: { type: "json" },
});

test("each value is read as its named input's type", () => {
  const given = ["photo=a=b.jpg", "prompt=12", "seed=7", "tidy=true", "points=[[1,2]]"];
  expect(parseInputs(given, declared)).toEqual({
    photo: "a=b.jpg",
    prompt: "12",
    seed: 7,
    tidy: true,
    points: [[1, 2]],
  });
});

test("what is not a number stays text, so that the engine says what it takes", () => {
  expect(parseInputs(["seed=seven"], declared)).toEqual({ seed: "seven" });
});

test("an unknown name is passed on, so that the engine says which was meant", () => {
  expect(parseInputs(["promt=x"], declared)).toEqual({ promt: "x" });
});

test.each([[["prompt"]], [["seed=1", "seed=2"]], [["points=[1"]]])("%j is a mistake of usage", (given) => {
  expect(() => parseInputs(given, declared)).toThrow(expect.objectContaining({ code: "usage.invalid" }));
});
