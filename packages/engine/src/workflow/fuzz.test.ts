import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryWorkflow } from "../../test/arbitrary-workflow.ts";
import { sampleWorkflow } from "../../test/sample-workflow.ts";
import { smallCatalog } from "../../test/small-catalog.ts";
import { diagnosticCodes } from "../diagnostics/codes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostic } from "../diagnostics/format-diagnostic.ts";
import type { JsonValue } from "../json.ts";
import { compilePlan } from "../plan/compile-plan.ts";
import { openWorkflow } from "./open-workflow.ts";
import { readWorkflow } from "./read-workflow.ts";
import { writeWorkflow } from "./write-workflow.ts";

const numRuns = process.env["INLAY_PROOF"] ? 10_000 : 500;
/** Milliseconds; ten thousand files take a minute of a machine that does nothing else. */
const longest = 600_000;

/** Reads, checks and plans a text as a host does. */
function diagnose(text: string): readonly Diagnostic[] {
  const { workflow, diagnostics, locate } = openWorkflow(text, smallCatalog);
  if (!workflow) {
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    return diagnostics;
  }
  expect(readWorkflow(writeWorkflow(workflow)).workflow).toEqual(workflow);
  if (diagnostics.some(({ severity }) => severity === "error")) return diagnostics;
  const { plan, diagnostics: aboutTargets } = compilePlan(workflow, smallCatalog);
  expect(plan !== undefined || aboutTargets.length > 0).toBe(true);
  return [...diagnostics, ...locate(aboutTargets)];
}

function expectSound(text: string): void {
  for (const diagnostic of diagnose(text)) {
    expect(diagnosticCodes).toHaveProperty([diagnostic.code]);
    expect(diagnostic.line).toBeGreaterThan(0);
    expect(diagnostic.column).toBeGreaterThan(0);
    expect(formatDiagnostic(diagnostic, "workflow.json")).not.toMatch(/undefined|\[object/);
  }
}

const sample = JSON.stringify(sampleWorkflow(), null, 2);

/** Replaces a few stretches of the text. */
const edits = fc.array(
  fc.record({
    at: fc.nat(sample.length),
    remove: fc.nat(12),
    insert: fc.oneof(
      fc.constantFrom("", '"', "{", "}", "[", "]", ",", ":", "$", "null", "1e999", "\\", "..", "\0"),
      fc.string(),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

test(
  "a text with changed characters gives diagnostics or a plan",
  () => {
    fc.assert(
      fc.property(edits, (changes) => {
        expectSound(
          changes.reduce(
            (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
            sample,
          ),
        );
      }),
      { seed: 101, numRuns },
    );
  },
  longest,
);

const strange: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, "", "load", 0, -1, 1.5, true, [], {}, [[]], "constructor", "toString", "workflow/x"),
  fc.constantFrom<JsonValue>(
    { $link: ["load", "image"] },
    { $link: ["save", "image"] },
    { $link: [] },
    { $file: "../x" },
  ),
  fc.constantFrom<JsonValue>({ $input: "photo" }, { $input: "nope" }, { $seed: "random" }, { $asset: "x" }, { $x: 1 }),
  fc.constantFrom<JsonValue>("mute", "bypass", "image/load", "mask/feather", "test/stack", [
    { $link: ["mask", "mask"] },
  ]),
);

/** Replaces, removes or renames the part that the numbers lead to. */
function mutate(value: JsonValue, route: readonly number[], replacement: JsonValue, action: string): JsonValue {
  const [turn, ...rest] = route;
  if (typeof value !== "object" || value === null || turn === undefined) return replacement;
  const members = Object.entries(value);
  const chosen = members[turn % (members.length || 1)];
  if (!chosen) return replacement;
  const [key, part] = chosen;
  const isLast = rest.length === 0;
  const changed = members.flatMap(([name, old]): [string, JsonValue][] => {
    if (name !== key) return [[name, old]];
    if (isLast && action === "remove") return [];
    if (isLast && action === "rename") return [[`${name}x`, old]];
    return [[name, mutate(part as JsonValue, rest, replacement, action)]];
  });
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed);
}

const mutation = fc.record({
  route: fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
  replacement: strange,
  action: fc.constantFrom("replace", "remove", "rename"),
});

const original = fc.oneof(fc.constant(sampleWorkflow() as JsonValue), arbitraryWorkflow as fc.Arbitrary<JsonValue>);

test(
  "a file with changed parts gives diagnostics or a plan",
  () => {
    fc.assert(
      fc.property(original, fc.array(mutation, { minLength: 1, maxLength: 5 }), (file, mutations) => {
        const broken = mutations.reduce(
          (value, { route, replacement, action }) => mutate(value, route, replacement, action),
          file,
        );
        expectSound(JSON.stringify(broken));
      }),
      { seed: 102, numRuns },
    );
  },
  longest,
);
