import type { Workflow } from "@inlay/engine";
import type { Command } from "../graph.ts";

/** Makes the document another one, in one step that undo takes back. */
export function replaceWorkflow(workflow: Workflow): Command {
  return {
    name: "replace",
    apply(_graph, _base, file) {
      const target = file as unknown as Record<string, unknown>;
      for (const key of Object.keys(target)) if (!Object.hasOwn(workflow, key)) delete target[key];
      for (const [key, value] of Object.entries(workflow)) target[key] = value as unknown;
    },
  };
}
