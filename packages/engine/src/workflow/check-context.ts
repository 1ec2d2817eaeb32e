import { Findings } from "../diagnostics/findings.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import type { NodeCatalog, NodeDescription } from "../node/description.ts";
import { type LinkEnd, linkFollower } from "./bypass.ts";
import { own } from "./own.ts";
import { describeSubWorkflows, type SubWorkflows } from "./sub-workflows.ts";
import type { Workflow, WorkflowNode } from "./workflow.ts";

/** What the parts of `checkWorkflow` share. */
export interface CheckContext {
  readonly workflow: Workflow;
  /** The installed nodes, and the file's sub-workflows as types of nodes. */
  readonly catalog: NodeCatalog;
  readonly subWorkflows: SubWorkflows;
  /** The graph is a sub-workflow, whose named inputs bring what its user gives: pixels too. */
  readonly isInside: boolean;
  readonly findings: Findings;
  /** Names among which a misspelled one is looked for: the first thousand of each kind. */
  readonly known: Record<"nodes" | "inputs" | "workflows" | "types", readonly string[]>;
  /** Where a link leads past muted and bypassed nodes. */
  readonly follow: (node: string, output: string) => LinkEnd;
  /** Named inputs that feed something. */
  readonly usedInputs: Set<string>;
}

/** The description that a node's inputs and outputs can be held against: of its type and its very version. */
export function descriptionOf({ catalog }: CheckContext, node: WorkflowNode): NodeDescription | undefined {
  const description = own(catalog.nodes, node.type);
  return description?.version === node.version ? description : undefined;
}

/** Only so many findings get a suggestion: comparing each of a thousand names with a thousand others takes seconds. */
const suggestions = 100;

/** The `suggestion` that names the nearest known name, where one is near. */
export function didYouMean(
  { findings }: CheckContext,
  name: string,
  known: Iterable<string>,
): { readonly suggestion?: string } {
  if (findings.diagnostics.length >= suggestions) return {};
  const nearest = suggestName(name, known);
  return nearest === undefined ? {} : { suggestion: `Did you mean \`${nearest}\`?` };
}

/** Names as `expected` lists them: the first dozen. */
export function listNames(names: readonly string[]): string {
  const listed = names.slice(0, 12).map((name) => `\`${name}\``);
  if (names.length > listed.length) listed.push("…");
  return listed.join(", ") || "none";
}

/** How many names of each kind are at hand for comparison. */
const comparedNames = 1000;

export function createContext(workflow: Workflow, catalog: NodeCatalog): CheckContext {
  return contextOf(workflow, describeSubWorkflows(workflow, catalog), new Findings());
}

/** The context of one of the file's sub-workflows: its own graph, all else the file's. */
export function createInnerContext({ workflow, subWorkflows, findings }: CheckContext, name: string): CheckContext {
  return { ...contextOf({ ...workflow, ...workflow.workflows[name]! }, subWorkflows, findings), isInside: true };
}

function contextOf(workflow: Workflow, subWorkflows: SubWorkflows, findings: Findings): CheckContext {
  const namesOf = (record: object) => Object.keys(record).slice(0, comparedNames);
  const { catalog } = subWorkflows;
  return {
    workflow,
    catalog,
    subWorkflows,
    isInside: false,
    findings,
    known: {
      nodes: namesOf(workflow.nodes),
      inputs: namesOf(workflow.inputs),
      workflows: namesOf(workflow.workflows),
      types: namesOf(catalog.nodes),
    },
    follow: linkFollower(workflow, catalog),
    usedInputs: new Set(),
  };
}
