import { errorData, formatDiagnostic, printable, type ErrorData } from "@inlay/engine";

/**
 * An error as lines for a terminal: code and sentence, what was expected and came, what to do. Never a stack. A workflow
 * that is invalid is explained by what was found in it, with file, line and column.
 */
export function explainError(error: unknown): string {
  return explainErrorData(errorData(error));
}

export function explainErrorData(data: ErrorData): string {
  if (data.diagnostics && data.diagnostics.length > 0)
    return data.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, data.received)).join("\n");
  const place = data.node === undefined ? "" : ` in \`${data.node}\``;
  const head = `error ${data.code}${place}: ${data.message}`;
  const lines = [head, comparison(data), data.suggestion && `  ${data.suggestion}`];
  return lines.flatMap((line) => (line ? [printable(line)] : [])).join("\n");
}

function comparison({ expected, received }: ErrorData): string | undefined {
  if (expected !== undefined && received !== undefined) return `  expected ${expected}, received ${received}`;
  return expected === undefined ? undefined : `  expected ${expected}`;
}
