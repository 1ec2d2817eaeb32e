import { expect, test } from "vitest";
import { patternProblem } from "./safe-pattern.ts";

test.each([
  ["^[a-z]+$", 2000],
  ["^#[0-9a-fA-F]{6}$", 2000],
  ["^(?:portrait|landscape)_\\d{1,2}$", 2000],
  ["^https?://[^\\s]+$", 2000],
  ["\\S", 2000],
  ["^(\\d{1,3}\\.){3}\\d{1,3}$", 15],
  ["^\\p{L}+\\u{1F600}?[\\]\\[]$", 2000],
])("%s is taken for texts of %s characters", (pattern, longest) => {
  expect(patternProblem(pattern, longest)).toBeUndefined();
});

test.each([
  ["^(a+)+$", "repeats a group without end"],
  ["^(a|a)*$", "repeats a group without end"],
  ["^(?:a|aa){1,60}$", "may take very long"],
  ["\\s*\\s*\\s*$", "may take very long"],
  ["^a*a*a*a*b$", "may take very long"],
  [`^${"(a|a)".repeat(30)}$`, "may take very long"],
  ["(?=a)b", "looks around"],
  ["(?<!a)b", "looks around"],
  ["(?<name>a)", "names a group"],
  ["(a)\\1", "refers to a group"],
  ["[", "not a regular expression"],
  [`${"(".repeat(30)}a${")".repeat(30)}`, "nest too deep"],
])("%s is not taken: it %s", (pattern, problem) => {
  expect(patternProblem(pattern, 2000)).toContain(problem);
});
