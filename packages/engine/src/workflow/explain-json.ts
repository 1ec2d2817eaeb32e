import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { Findings, type Finding } from "../diagnostics/findings.ts";
import { forbiddenKeys, isExactNumber, maxJsonDepth } from "./json-limits.ts";
import { type TextPlace, walkJson } from "./walk-json.ts";

/** What keeps a text from being read, with line and column; nothing for a clean text. */
export function explainJson(text: string): readonly Diagnostic[] {
  const findings = new Findings();
  const path: (string | number)[] = [];
  /** The keys seen so far in each open object. */
  const seen: Set<string>[] = [];
  const report = (finding: Finding, place: TextPlace) => findings.add({ ...finding, ...place }, ...path);
  walkJson(text, {
    open(container, depth, place) {
      if (depth > maxJsonDepth) {
        report(tooDeep, place);
        return false;
      }
      seen.push(new Set());
      path.push(container === "array" ? -1 : "");
      return true;
    },
    close() {
      seen.pop();
      path.pop();
    },
    member(key, place) {
      path[path.length - 1] = key;
      const keys = seen.at(-1);
      if (forbiddenKeys.has(key)) report(forbiddenKey(key), place);
      else if (keys?.has(key)) report(duplicateKey(key), place);
      keys?.add(key);
    },
    item(index) {
      path[path.length - 1] = index;
    },
    number(token, place) {
      if (!isExactNumber(Number(token))) report(unsafeNumber(token), place);
    },
    problem(message, place) {
      findings.add({ code: "json.syntax", message, ...place });
    },
  });
  return findings.diagnostics;
}

const tooDeep: Finding = {
  code: "json.too-deep",
  message: `Values are nested more than ${maxJsonDepth} levels deep.`,
};

function forbiddenKey(key: string): Finding {
  return { code: "json.forbidden-key", message: `The key \`${key}\` is not allowed.`, suggestion: "Rename the key." };
}

function duplicateKey(key: string): Finding {
  return {
    code: "json.duplicate-key",
    message: `The key \`${key}\` stands here for the second time.`,
    suggestion: "Remove or rename one of the two.",
  };
}

function unsafeNumber(token: string): Finding {
  return {
    code: "json.unsafe-number",
    message: "A number cannot be kept exactly.",
    expected: "an integer within ±9007199254740991, or a finite number",
    received: token.length > 40 ? `${token.slice(0, 40)}…` : token,
  };
}
