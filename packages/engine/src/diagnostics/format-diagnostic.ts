import type { Diagnostic, JsonPath } from "./diagnostic.ts";
import { printable } from "./printable.ts";

/**
 * A diagnostic as text for a terminal: place, severity, code and message on the first line; what was expected and came
 * on a second, what to do on a third, where known. What the file says is made printable.
 *
 * @example
 * formatDiagnostic(diagnostic, "workflow.json");
 * // workflow.json:12:7 error input.unknown: Unknown input `promt` of `inpaint`.
 * //   Did you mean `prompt`?
 */
export function formatDiagnostic(diagnostic: Diagnostic, fileName?: string): string {
  const { severity, code, message, suggestion } = diagnostic;
  const head = `${placeOf(diagnostic, fileName)}${severity} ${code}: ${message}`;
  const lines = [head, comparison(diagnostic), suggestion && `  ${suggestion}`];
  return lines.flatMap((line) => (line ? [printable(line)] : [])).join("\n");
}

function placeOf({ line, column, path }: Diagnostic, fileName: string | undefined): string {
  const position = line === undefined ? formatPath(path) : `${line}:${column ?? 1}`;
  const place = [fileName, position].filter(Boolean).join(":");
  return place === "" ? "" : `${place} `;
}

function comparison({ expected, received }: Diagnostic): string | undefined {
  if (expected === undefined) return received === undefined ? undefined : `  received ${received}`;
  return received === undefined ? `  expected ${expected}` : `  expected ${expected}, received ${received}`;
}

/** A JSON path as people write it: `nodes.mask.inputs.points[3]`. */
export function formatPath(path: JsonPath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
