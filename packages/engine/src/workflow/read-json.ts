import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { explainJson } from "./explain-json.ts";
import { forbiddenKeys, isExactNumber, maxJsonBytes, maxJsonDepth } from "./json-limits.ts";

/** What reading a JSON text gives: the value, or why there is none. */
export interface JsonReading {
  readonly value?: JsonValue;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads strict JSON from an untrusted text. Refuses what `JSON.parse` lets pass and a workflow file must not hold:
 * an object that names a key twice, the keys `__proto__`, `constructor` and `prototype`, numbers that are not finite or
 * not exact, more than 64 levels, more than 32 MiB. A byte order mark at the beginning is skipped.
 *
 * A clean text is parsed by the platform and looked over once; only a refused one is scanned for what is wrong where.
 */
export function readJson(text: string): JsonReading {
  const body = withoutByteOrderMark(text);
  if (isTooLarge(body)) return refuse("json.too-large", "The file is larger than 32 MiB.");
  if (body.trim() === "") return refuse("json.empty", "The file is empty.");
  const value = parseClean(body);
  if (value !== undefined) return { value, diagnostics: [] };
  const diagnostics = explainJson(body);
  // The platform's word counts where the scanner has no objection.
  return diagnostics.length > 0 ? { diagnostics } : refuse("json.syntax", "The file is not JSON.");
}

/** The text that positions count in: without a byte order mark. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function refuse(code: "json.too-large" | "json.empty" | "json.syntax", message: string): JsonReading {
  return { diagnostics: [{ severity: "error", code, message, path: [], line: 1, column: 1 }] };
}

/** Whether a text needs more than 32 MiB in UTF-8; counts only when its length leaves that open. */
function isTooLarge(text: string): boolean {
  if (text.length > maxJsonBytes) return true;
  return text.length * 3 > maxJsonBytes && utf8Length(text) > maxJsonBytes;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    // Each half of a surrogate pair counts two of the pair's four bytes.
    else bytes += unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

function parseClean(text: string): JsonValue | undefined {
  const survey = surveyJson(text);
  if (survey.depth > maxJsonDepth) return undefined;
  const value = parse(text);
  return value !== undefined && isClean(value, text, survey.members) ? value : undefined;
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/**
 * Counts levels and members without reading values. As every member has one colon outside of texts, a parsed value with
 * fewer keys than colons has lost one to a duplicate. Depth is known before anything is built, so a file of brackets
 * costs nothing.
 */
function surveyJson(text: string): { depth: number; members: number } {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case 0x22: // "
        index = endOfString(text, index);
        break;
      case 0x3a: // :
        members += 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > deepest) deepest = depth;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
    }
  }
  return { depth: deepest, members };
}

/** The index of the quote that closes the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(index - 1 - backslashes) === 0x5c) backslashes += 1;
  return backslashes % 2 === 1;
}

/** Whether a parsed value keeps the rules, given its text and how many members that has. */
function isClean(root: JsonValue, text: string, members: number): boolean {
  const mayForbid = mayHoldForbiddenKey(text);
  const pending: (JsonObject | readonly JsonValue[])[] = [];
  /** Looks at a value, and notes what has parts for later. */
  const isFine = (value: JsonValue): boolean => {
    if (typeof value === "number") return isExactNumber(value);
    if (typeof value === "object" && value !== null) pending.push(value);
    return true;
  };
  let keys = 0;
  if (!isFine(root)) return false;
  for (let parts = pending.pop(); parts !== undefined; parts = pending.pop()) {
    if (isItems(parts)) {
      for (const item of parts) if (!isFine(item)) return false;
      continue;
    }
    // A parsed object has no members but its own: no list of them need be made.
    for (const key in parts) {
      if ((mayForbid && forbiddenKeys.has(key)) || !isFine(parts[key]!)) return false;
      keys += 1;
    }
  }
  return keys === members;
}

function isItems(parts: JsonObject | readonly JsonValue[]): parts is readonly JsonValue[] {
  return Array.isArray(parts);
}

/** Whether a forbidden key may stand in a text, perhaps written with escapes: few texts need each key be looked at. */
function mayHoldForbiddenKey(text: string): boolean {
  return text.includes("\\u") || [...forbiddenKeys].some((key) => text.includes(key));
}
