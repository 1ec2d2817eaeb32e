import { errorData, formatDiagnostic, printable, type Diagnostic, type ErrorData } from "@inlay/engine";

/**
 * An error as lines for a terminal: code and sentence, what was expected and came, what to do. Never a stack. A workflow
 * that is invalid is explained by what was found in it, with file, line and column.
 */
export function explainError(error: unknown): string {
  return explainErrorData(errorData(error));
}

export function explainErrorData(data: ErrorData): string {
  if (data.diagnostics && data.diagnostics.length > 0)
    return data.diagnostics.map((diagnostic) => explainDiagnostic(diagnostic, data.received)).join("\n");
  const place = data.node === undefined ? "" : ` in \`${data.node}\``;
  const head = `error ${data.code}${place}: ${data.message}`;
  const fix = data.fix && `  ${data.fix.title}, for this run: --fix ${data.code}`;
  const lines = [head, comparison(data), data.suggestion && `  ${data.suggestion}`, fix];
  return lines.flatMap((line) => (line ? [printable(line)] : [])).join("\n");
}

/** One that has no place in the file is set apart from its name by a colon. */
function explainDiagnostic(diagnostic: Diagnostic, file: string | undefined): string {
  const placeless = diagnostic.line === undefined && diagnostic.path.length === 0;
  return formatDiagnostic(diagnostic, placeless && file !== undefined ? `${file}:` : file);
}

function comparison({ expected, received }: ErrorData): string | undefined {
  if (expected !== undefined && received !== undefined) return `  expected ${expected}, received ${received}`;
  return expected === undefined ? undefined : `  expected ${expected}`;
}
