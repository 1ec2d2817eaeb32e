import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { NodeCatalog } from "../node/description.ts";
import { checkWorkflow } from "./check-workflow.ts";
import { withPositions } from "./locate.ts";
import { type MigratedWorkflow, migrateNodes } from "./migrate-nodes.ts";
import { readWorkflow, type WorkflowReading } from "./read-workflow.ts";

/** A workflow file that was read, brought to the installed nodes and checked against them. */
export interface OpenedWorkflow extends WorkflowReading {
  /** Gives diagnostics about the workflow, such as those of `validateNodes`, their line and column in the text. */
  locate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[];
}

/**
 * Opens a workflow file as every host does: reads it, migrates the nodes that are older than the installed ones, and
 * checks it. Never throws for what is in the text. A workflow with errors that still is one is given, to be shown.
 *
 * Paths of diagnostics are those of the workflow that is given; line and column are where it stands in the text.
 *
 * @example
 * const { workflow, diagnostics } = openWorkflow(text, catalog);
 * const canRun = workflow && diagnostics.every(({ severity }) => severity !== "error");
 */
export function openWorkflow(text: string, catalog: NodeCatalog): OpenedWorkflow {
  const reading = readWorkflow(text);
  if (!reading.workflow) return { ...reading, locate: (diagnostics) => diagnostics };
  const migrated = migrateNodes(reading.workflow, catalog);
  const { workflow } = migrated;
  const found = [...migrated.diagnostics, ...checkWorkflow(workflow, catalog)];
  const locate = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => placed(text, diagnostics, migrated);
  return { workflow, diagnostics: [...reading.diagnostics, ...locate(found)], locate };
}

function placed(text: string, diagnostics: readonly Diagnostic[], { originOf }: MigratedWorkflow): Diagnostic[] {
  const origins = diagnostics.map((diagnostic) => ({ ...diagnostic, path: originOf(diagnostic.path) }));
  return withPositions(text, origins).map((found, index) => ({ ...found, path: diagnostics[index]!.path }));
}
