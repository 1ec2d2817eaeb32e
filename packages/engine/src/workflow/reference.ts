import { suggestName } from "../diagnostics/suggest.ts";
import type { Finding, Findings } from "../diagnostics/findings.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { describeValue } from "../schema/describe-schema.ts";
import { fileProblem, idPattern, sha256Pattern } from "./names.ts";
import type { Reference } from "./workflow.ts";

/** How each kind of reference is written, for people. */
const forms = {
  $link: '{ "$link": [node, output] }',
  $input: '{ "$input": name }',
  $file: '{ "$file": path }',
  $asset: '{ "$asset": sha256 }',
  $seed: '{ "$seed": "random" | "increment" }',
} as const;

type ReferenceKey = keyof typeof forms;

/**
 * What an input's value refers to, or undefined for a literal and for anything that is not well formed.
 *
 * @example
 * referenceOf({ $link: ["load", "image"] }); // { kind: "link", node: "load", output: "image" }
 * referenceOf(7); // undefined
 */
export function referenceOf(value: JsonValue): Reference | undefined {
  if (!isJsonObject(value)) return undefined;
  let key: string | undefined;
  for (const name in value) {
    if (key !== undefined) return undefined;
    key = name;
  }
  if (key === undefined) return undefined;
  const argument = value[key];
  switch (key) {
    case "$link":
      return linkTo(argument);
    case "$input":
      return isText(argument) && idPattern.test(argument) ? { kind: "input", name: argument } : undefined;
    case "$file":
      return isText(argument) && fileProblem(argument) === undefined ? { kind: "file", path: argument } : undefined;
    case "$asset":
      return isText(argument) && sha256Pattern.test(argument) ? { kind: "asset", sha256: argument } : undefined;
    case "$seed":
      return argument === "random" || argument === "increment" ? { kind: "seed", mode: argument } : undefined;
    default:
      return undefined;
  }
}

function linkTo(argument: JsonValue | undefined): Reference | undefined {
  if (!Array.isArray(argument) || argument.length !== 2) return undefined;
  const [node, output] = argument as readonly JsonValue[];
  if (!isText(node) || !idPattern.test(node) || !isText(output) || output === "") return undefined;
  return { kind: "link", node, output };
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === "string";
}

/** Checks the value of a node's input: a reference, a list that may hold references, or a literal without `$` keys. */
export function checkInputValue(value: JsonValue, findings: Findings): void {
  checkValueOrItems(value, findings, Object.keys(forms));
}

/** Checks a named input's default: like a node's input, but nothing that only a node can refer to. */
export function checkDefaultValue(value: JsonValue, findings: Findings): void {
  checkValueOrItems(value, findings, ["$file", "$asset", "$seed"]);
}

/** Checks what an output is pinned to: like a default, but nothing that is drawn anew. */
export function checkPinnedValue(value: JsonValue, findings: Findings): void {
  checkValueOrItems(value, findings, ["$file", "$asset"]);
}

function checkValueOrItems(value: JsonValue, findings: Findings, allowed: readonly string[]): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) return checkOne(value, findings, allowed);
  (value as readonly JsonValue[]).forEach((item, index) => {
    if (typeof item === "object" && item !== null) findings.within(index, () => checkOne(item, findings, allowed));
  });
}

/** A value where a reference may stand. */
function checkOne(value: JsonValue, findings: Findings, allowed: readonly string[]): void {
  if (isJsonObject(value)) {
    const key = dollarKey(value);
    if (key !== undefined) return checkReference(value, key, findings, allowed);
  }
  checkLiteral(value, findings);
}

function checkReference(value: JsonObject, key: string, findings: Findings, allowed: readonly string[]): void {
  if (allowed.includes(key) && referenceOf(value) !== undefined) return;
  const path = key === "$file" ? value["$file"] : undefined;
  const problem = isText(path) ? fileProblem(path) : undefined;
  if (problem !== undefined) findings.add(badPath(problem, path), key);
  else findings.add(badReference(value, key, allowed));
}

/** A path that a file may not name. */
export function badPath(message: string, path: JsonValue | undefined): Finding {
  return {
    code: "format.bad-path",
    message,
    expected: "a path relative to the workspace, such as photos/cup.png, or an https URL",
    received: describeValue(path),
    suggestion: "Put the file into the workspace, or give it as a named input when you run the workflow.",
  };
}

function badReference(value: JsonObject, key: string, allowed: readonly string[]): Finding {
  const nearest = allowed.includes(key) ? undefined : suggestName(key, allowed);
  const form = allowed.includes(key) ? forms[key as ReferenceKey] : undefined;
  const choices = allowed.map((name) => forms[name as ReferenceKey]).join(", ");
  return {
    code: "format.bad-reference",
    message: `\`${key}\` does not make a reference here.`,
    expected: form ?? (choices === "" ? "a literal without `$` keys" : `a literal without \`$\` keys, or ${choices}`),
    received: describeValue(value),
    ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
  };
}

function dollarKey(value: JsonObject): string | undefined {
  return Object.keys(value).find((key) => key.startsWith("$"));
}

/** Refuses `$` keys anywhere in a literal. Recursion ends: the JSON reader lets at most 64 levels pass. */
function checkLiteral(value: JsonValue, findings: Findings): void {
  if (typeof value !== "object" || value === null) return;
  for (const [step, part] of steps(value)) {
    if (typeof part !== "object" || part === null) continue;
    findings.within(step, () => {
      const key = isJsonObject(part) ? dollarKey(part) : undefined;
      if (key === undefined) checkLiteral(part, findings);
      else findings.add(badReference(part as JsonObject, key, []));
    });
  }
}

function steps(value: readonly JsonValue[] | JsonObject): Iterable<[string | number, JsonValue]> {
  return Array.isArray(value) ? (value as readonly JsonValue[]).entries() : Object.entries(value);
}
