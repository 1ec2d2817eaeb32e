import type { RunInfo } from "@inlay/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileRef } from "../../test/pictures.ts";
import { fillName } from "./save-name.ts";

const run: Pick<RunInfo, "id" | "workflow" | "inputs"> = {
  id: "run1",
  workflow: "Remove the spoon",
  inputs: {
    photo: fileRef("my coffee.v2.jpg", new Uint8Array(1)),
    prompt: "a/b\\c: ..\u0000?",
    seed: 7,
    points: [1, 2],
    dots: "...",
  },
};
const fill = (template: string, number = 1) => fillName(template, { run, number });

test.each([
  ["{workflow}", "Remove the spoon"],
  ["{workflow}-{inputs.photo.stem}.png", "Remove the spoon-my coffee.v2.png"],
  ["{inputs.photo}", "my coffee.v2.jpg"],
  ["a/{run}/{n}-{inputs.seed}", "a/run1/1-7"],
  ["{inputs.prompt}", "a_b_c_ ..__"],
  ["{inputs.dots}", "_"],
  ["plain {text", "plain {text"],
])("%s becomes %s", (template, name) => expect(fill(template)).toBe(name));

test.each(["../x", "a/../x", "/etc/x", "a//x", "a/", "./x", "c:x", "a\\b", "a\nb", "..."])(
  "%j is no path inside the folder",
  (template) => expect(() => fill(template)).toThrow(expect.objectContaining({ code: "save.name" })),
);

test.each([
  ["{workflw}", "Did you mean `{workflow}`?"],
  ["{inputs.phto}", "Did you mean `{inputs.photo}`?"],
  ["{inputs.photo.stm}", "Did you mean `{inputs.photo.stem}`?"],
])("the unknown placeholder %s is refused with a suggestion", (template, suggestion) => {
  const data = expect.objectContaining({ code: "save.placeholder", received: template, suggestion });
  expect(() => fill(template)).toThrow(expect.objectContaining({ data }));
});

test.each(["{inputs.points}", "{inputs.constructor}", "{}"])("%s has no text", (template) => {
  expect(() => fill(template)).toThrow(expect.objectContaining({ code: "save.placeholder" }));
});

test("what is filled in is one part of a path, never a folder, whatever it is", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(".", "/", "\\", " ", "a", "{n}") }),
  );
  fc.assert(
    fc.property(text, (value) => {
      const name = fillName("out/{inputs.x}", { run: { ...run, inputs: { x: value } }, number: 1 });
      const part = name.slice("out/".length);
      expect(name.startsWith("out/")).toBe(true);
      expect(part).not.toMatch(/[/\\\p{Cc}]|^\.|[. ]$|^$/u);
    }),
    { seed: 1, numRuns: 300 },
  );
});
