import type { ErrorData, Fix, JsonValue, Workflow, WorkflowNode } from "@inlay/engine";

/** A fix that the person has accepted, and whose node it mends. */
export interface AcceptedFix {
  readonly code: string;
  readonly node: string;
  readonly fix: Fix;
}

/** The fixes of a run's errors whose codes the person has named. */
export function acceptedFixes(errors: readonly ErrorData[], codes: readonly string[]): readonly AcceptedFix[] {
  const found = errors.flatMap(({ diagnostics, ...error }) => [error, ...(diagnostics ?? [])]);
  return found.flatMap(({ code, node, fix }) =>
    fix !== undefined && node !== undefined && codes.includes(code) ? [{ code, node, fix }] : [],
  );
}

/** The workflow with the fixes made; undefined when they change nothing, so that another run would fail as this one did. */
export function applyFixes(workflow: Workflow, fixes: readonly AcceptedFix[]): Workflow | undefined {
  const mended = structuredClone(workflow);
  let isChanged = false;
  for (const { node: path, fix } of fixes) {
    const inputs = inputsOf(mended, path);
    if (!inputs) continue;
    for (const [input, value] of Object.entries(fix.set)) {
      if (JSON.stringify(inputs[input]) === JSON.stringify(value)) continue;
      inputs[input] = value;
      isChanged = true;
    }
  }
  return isChanged ? mended : undefined;
}

/** What stands at the inputs of a node, which may lie in sub-workflows: `outer/inner`. */
function inputsOf(workflow: Workflow, path: string): Record<string, JsonValue> | undefined {
  let nodes: Readonly<Record<string, WorkflowNode>> | undefined = workflow.nodes;
  let node: WorkflowNode | undefined;
  for (const id of path.split("/")) {
    node = nodes?.[id];
    const name: string | undefined = node?.type.startsWith("workflow/")
      ? node.type.slice("workflow/".length)
      : undefined;
    nodes = name === undefined ? undefined : workflow.workflows[name]?.nodes;
  }
  return node?.inputs as Record<string, JsonValue> | undefined;
}

/** What was accepted, for the terminal. */
export function describeFixes(fixes: readonly AcceptedFix[]): string {
  return fixes.map(({ code, node, fix }) => `Fix for ${code} in \`${node}\`: ${fix.title}.`).join("\n");
}
