import { suggestName } from "../diagnostics/suggest.ts";
import { EngineError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";

/**
 * The nodes that run again though their results may be cached: those of the given ids and all behind them; 1 for each.
 * The id of a node that uses a sub-workflow stands for all nodes inside. Fails with `from.unknown` for an id that is
 * none of the plan's.
 */
export function nodesFrom(plan: Plan, ids: readonly string[]): Uint8Array {
  const again = new Uint8Array(plan.nodes.length);
  for (const wanted of ids) {
    let isKnown = false;
    plan.nodes.forEach(({ id }, node) => {
      if (id !== wanted && !id.startsWith(`${wanted}/`)) return;
      again[node] = 1;
      isKnown = true;
    });
    if (!isKnown) throw unknownStart(plan, wanted);
  }

  // Indices ascend along links.
  for (let node = 0; node < again.length; node++) {
    if (again[node] === 0) continue;
    for (let c = plan.consumerStart[node]!; c < plan.consumerStart[node + 1]!; c++) again[plan.consumers[c]!] = 1;
  }
  return again;
}

function unknownStart({ nodes, workflow }: Plan, id: string): EngineError {
  const isThere = Object.hasOwn(workflow.nodes, id);
  const nearest = isThere
    ? undefined
    : suggestName(
        id,
        nodes.map((node) => node.id),
      );
  return new EngineError({
    code: "from.unknown",
    message: isThere
      ? `The run does not need \`${id}\`, so it cannot begin there.`
      : `The run cannot begin at \`${id}\`: there is no such node.`,
    expected: "the id of a node that the run needs",
    received: `\`${id}\``,
    ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
  });
}
