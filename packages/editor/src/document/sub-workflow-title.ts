import type { NodeCatalog, Workflow, WorkflowGraph } from "@inlay/engine";
import type { Command } from "./graph.ts";
import { freshName } from "./fresh-id.ts";
import { renameWorkflow } from "./commands/sub-workflows.ts";
import { together } from "./steps.ts";

/** What a sub-workflow is called: as a person wrote it, which its view holds; else its name. */
export function subWorkflowTitle(workflow: Pick<Workflow, "workflows">, name: string): string {
  const title = Object.hasOwn(workflow.workflows, name) ? workflow.workflows[name]!.view["title"] : undefined;
  return typeof title === "string" && title.trim() !== "" ? title : name;
}

/** Calls a sub-workflow anything: the name by which nodes use it is made of that. Returns the new name too. */
export function titleWorkflow(
  { workflows }: { readonly workflows: { readonly [name: string]: WorkflowGraph } },
  from: string,
  title: string,
): { readonly command: Command; readonly name: string } {
  const text = title.trim();
  const name = freshName(text, (taken) => taken !== from && Object.hasOwn(workflows, taken), "part");
  const keepTitle: Command = {
    name: "rename-workflow",
    apply(_graph, _base, file) {
      const graph = file.workflows[name];
      if (!graph) return;
      if (text === name) delete graph.view["title"];
      else graph.view["title"] = text;
    },
  };
  const commands = name === from ? [keepTitle] : [renameWorkflow(from, name), keepTitle];
  return { command: together("rename-workflow", commands), name };
}

/** The catalogue with every sub-workflow called by its title. */
export function withTitles(workflow: Workflow, catalog: NodeCatalog): NodeCatalog {
  const titled = Object.keys(workflow.workflows).flatMap((name) => {
    const description = catalog.nodes[`workflow/${name}`];
    const title = subWorkflowTitle(workflow, name);
    return description && title !== name ? [[`workflow/${name}`, { ...description, title }] as const] : [];
  });
  return titled.length === 0 ? catalog : { ...catalog, nodes: { ...catalog.nodes, ...Object.fromEntries(titled) } };
}
