import type { JsonObject } from "../json.ts";
import type { Workflow } from "./workflow.ts";

/** Where a workspace that is served keeps the JSON Schema of its workflows, with the nodes that are installed there. */
export const workspaceSchema = ".inlay/workflow.schema.json";

/**
 * The workflow with the `$schema` that a file at `path` of a workspace has, by which text editors complete and check it.
 * One that names a schema somewhere else keeps that.
 *
 * @param path with `/` between folders, relative to the workspace
 */
export function withNamedSchema(workflow: Workflow, path: string): Workflow {
  const { $schema: named, ...rest } = workflow as unknown as JsonObject;
  if (named !== undefined && !isOfWorkspace(named)) return workflow;
  const $schema = "../".repeat(path.split("/").length - 1) + workspaceSchema;
  return named === $schema ? workflow : ({ $schema, ...rest } as unknown as Workflow);
}

/** The same for a file that may lie elsewhere now: one that names no schema of a workspace stays as it is. */
export function withMovedSchema(workflow: Workflow, path: string): Workflow {
  return isOfWorkspace((workflow as unknown as JsonObject)["$schema"]) ? withNamedSchema(workflow, path) : workflow;
}

function isOfWorkspace(named: unknown): boolean {
  return typeof named === "string" && /^(\.\.\/)*\.inlay\/workflow\.schema\.json$/.test(named);
}
