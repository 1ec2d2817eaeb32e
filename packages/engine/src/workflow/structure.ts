import type { Finding, Findings } from "../diagnostics/findings.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { describeValue } from "../schema/describe-schema.ts";

/** Looks at one part of a parsed file and notes what is wrong with it. */
export type Check = (value: JsonValue, findings: Findings) => void;

/** One known key of an object. Other keys are kept, with a warning when they look like a known one misspelled. */
export interface Field {
  readonly check: Check;
  readonly required?: true;
}

/** Notes that a part has another type than expected. */
function wrongType(value: JsonValue, expected: string, findings: Findings): void {
  findings.add({
    code: "format.wrong-type",
    message: `${findings.subject} must be ${expected}.`,
    expected,
    received: describeValue(value),
  });
}

/** Notes that a part has the right type and a value that is not allowed. */
function badValue(value: JsonValue, expected: string, findings: Findings, suggestion?: string): void {
  findings.add({
    code: "format.bad-value",
    message: `${findings.subject} must be ${expected}.`,
    expected,
    received: describeValue(value),
    ...(suggestion !== undefined && { suggestion }),
  });
}

export const text: Check = (value, findings) => {
  if (typeof value !== "string") wrongType(value, "a text", findings);
};

export const nonEmptyText: Check = (value, findings) => {
  if (typeof value !== "string") wrongType(value, "a text", findings);
  else if (value === "") badValue(value, "a text that is not empty", findings);
};

export const number: Check = (value, findings) => {
  if (typeof value !== "number") wrongType(value, "a number", findings);
};

/** An integer from `min` on. */
export function integer(min: number): Check {
  const expected = `an integer of at least ${min}`;
  return (value, findings) => {
    if (typeof value !== "number") wrongType(value, expected, findings);
    else if (!Number.isSafeInteger(value) || value < min) badValue(value, expected, findings);
  };
}

/** A number above 0, up to `max`. */
export function positive(max: number): Check {
  const expected = `a number above 0 and at most ${max}`;
  return (value, findings) => {
    if (typeof value !== "number") wrongType(value, expected, findings);
    else if (!(value > 0 && value <= max)) badValue(value, expected, findings);
  };
}

/** One of a few words. */
export function choice(words: readonly string[]): Check {
  const expected = `one of ${words.map((word) => JSON.stringify(word)).join(", ")}`;
  return (value, findings) => {
    if (typeof value !== "string") return wrongType(value, expected, findings);
    if (words.includes(value)) return;
    const nearest = suggestName(value, words);
    badValue(value, expected, findings, nearest && `Did you mean \`${nearest}\`?`);
  };
}

/** A text or a number. */
export const textOrNumber: Check = (value, findings) => {
  if (typeof value !== "string" && typeof value !== "number") wrongType(value, "a text or a number", findings);
};

export const anyObject: Check = (value, findings) => {
  if (!isJsonObject(value)) wrongType(value, "an object", findings);
};

/** An array of parts of one kind. */
export function listOf(check: Check): Check {
  return (value, findings) => {
    if (!Array.isArray(value)) return wrongType(value, "an array", findings);
    (value as readonly JsonValue[]).forEach((item, index) => findings.within(index, () => check(item, findings)));
  };
}

/** An object with known keys, some of them required. */
export function object(fields: { readonly [key: string]: Field }): Check {
  const known = Object.entries(fields);
  const names = new Set(Object.keys(fields));
  return (value, findings) => {
    if (!isJsonObject(value)) return wrongType(value, "an object", findings);
    for (const [key, { check, required }] of known) {
      const part = value[key];
      if (part !== undefined) findings.within(key, () => check(part, findings));
      else if (required) {
        findings.add(
          { code: "format.missing", message: `\`${key}\` is missing.`, expected: `\`${key}\``, received: "nothing" },
          key,
        );
      }
    }
    checkUnknownKeys(value, names, findings);
  };
}

/** Warns of keys near to a known one that is absent; whoever writes other keys of their own hears nothing. */
function checkUnknownKeys(value: JsonObject, known: ReadonlySet<string>, findings: Findings): void {
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    if (findings.isFull) return;
    const absent = [...known].filter((name) => !Object.hasOwn(value, name));
    const nearest = suggestName(key, absent);
    if (nearest !== undefined) findings.add(unknownKey(key, nearest), key);
  }
}

function unknownKey(key: string, nearest: string): Finding {
  return {
    severity: "warning",
    code: "format.unknown-key",
    message: `\`${key}\` means nothing here.`,
    expected: `\`${nearest}\``,
    received: `\`${key}\``,
    suggestion: `Did you mean \`${nearest}\`?`,
  };
}

/** An object from names to parts of one kind. `checkName` looks at each name. */
export function record(check: Check, checkName?: (name: string, findings: Findings) => void): Check {
  return (value, findings) => {
    if (!isJsonObject(value)) return wrongType(value, "an object", findings);
    for (const [name, part] of Object.entries(value)) {
      findings.within(name, () => {
        checkName?.(name, findings);
        check(part, findings);
      });
    }
  };
}
