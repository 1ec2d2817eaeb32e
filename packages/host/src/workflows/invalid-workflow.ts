import { EngineError } from "@inlay/engine";
import type { Diagnostic } from "@inlay/engine";

/** The error of a workflow that cannot be used: the first finding in words, all of them as data. */
export function invalidWorkflow(place: string, diagnostics: readonly Diagnostic[]): EngineError {
  const first = diagnostics.find(({ severity }) => severity === "error");
  const message = `${place}: ${first?.message ?? "This is not a workflow."}`;
  return new EngineError({ code: "workflow.invalid", message, diagnostics });
}
