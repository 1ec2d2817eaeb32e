import type { Finding } from "../diagnostics/findings.ts";
import type { CheckContext } from "./check-context.ts";
import { findCycles } from "./find-cycles.ts";
import { unfoldingLimits, usedSubWorkflows } from "./sub-workflows.ts";
import type { Workflow } from "./workflow.ts";

/** Checks that sub-workflows do not use themselves and do not unfold to more than a run can hold. */
export function checkUnfolding({ workflow, findings, subWorkflows }: CheckContext): void {
  for (const circle of circlesOfUse(workflow)) findings.add(recursion(circle), "workflows", circle[0]!);
  let total = 0;
  for (const [id, { type, disabled }] of Object.entries(workflow.nodes)) {
    const used = disabled === undefined ? subWorkflows.byType.get(type) : undefined;
    if (!used) continue;
    total += used.size;
    const isTooMuch = total > unfoldingLimits.nodes || used.depth > unfoldingLimits.depth;
    if (isTooMuch) return findings.add(tooLarge(), "nodes", id, "type");
  }
}

/** Names of sub-workflows, each of which uses the next; the last is the first again. */
function circlesOfUse({ workflows }: Workflow): string[][] {
  const names = Object.keys(workflows);
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const uses = names.map((name) => usedSubWorkflows(workflows[name]!).flatMap((used) => indexOf.get(used) ?? []));
  return findCycles(uses).map((circle) => circle.reverse().map((index) => names[index]!));
}

function recursion(circle: readonly string[]): Finding {
  return {
    code: "workflow.recursion",
    message: `Sub-workflows use each other in a circle: ${circle.join(" → ")}.`,
    suggestion: "Remove one of these uses.",
  };
}

function tooLarge(): Finding {
  const { nodes, depth } = unfoldingLimits;
  return {
    code: "workflow.too-large",
    message: "The sub-workflows unfold to more than a run can hold.",
    expected: `at most ${nodes} nodes inside of sub-workflows, nested at most ${depth} deep`,
  };
}
