import { EngineError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { nodesFrom } from "./run-from.ts";

/** The nodes whose paid jobs a run orders once more, though the same may have been made before. */
export interface OrderedAgain {
  readonly nodes: ReadonlySet<string>;
  /** Names the order: whoever asks for a job twice within one order gets it once. */
  readonly order: string;
}

/** What a caller may say about nodes that run though their results are cached. */
export interface AgainOptions {
  /**
   * Ids of nodes that run again with all behind them, though their results may be cached; what lies before comes from
   * the cache. A paid node among them asks its service again, which finds a job of the same input and does not buy it
   * twice. Fails with `from.unknown` for a node that the run does not need.
   */
  readonly from?: readonly string[];
  /**
   * Ids of paid nodes whose jobs are ordered and paid once more, with all behind them, though the same may have been paid
   * before. The new result takes the old one's place. Fails with `from.unknown`, and with `again.not-paid` for a node that
   * buys nothing. Never take it from a file.
   */
  readonly again?: readonly string[];
}

/**
 * The nodes of a plan that run again, 1 for each by index; undefined when all may come from the cache. What is ordered
 * once more runs again as well.
 */
export function nodesAgain(plan: Plan, { from = [], again = [] }: AgainOptions): Uint8Array | undefined {
  const ids = [...from, ...again];
  return ids.length === 0 ? undefined : nodesFrom(plan, ids);
}

/**
 * The paid nodes that are ordered once more; a node that uses a sub-workflow stands for those inside. Fails with
 * `from.unknown` and `again.not-paid`.
 */
export function orderedAgain(plan: Plan, ids: readonly string[], order: string): OrderedAgain {
  nodesFrom(plan, ids);
  const nodes = new Set<string>();
  const pinned = new Set(plan.pinned);
  for (const wanted of ids) {
    const inside = plan.nodes.filter(
      ({ id, description }, node) =>
        (id === wanted || id.startsWith(`${wanted}/`)) && description.paid && !pinned.has(node),
    );
    if (inside.length === 0) throw notPaid(plan, wanted);
    for (const { id } of inside) nodes.add(id);
  }
  return { nodes, order };
}

function notPaid(plan: Plan, id: string): EngineError {
  const pinned = plan.pinned.some((node) => plan.nodes[node]!.id === id);
  return new EngineError({
    code: "again.not-paid",
    message: pinned
      ? `\`${id}\` is pinned, so it orders no job.`
      : `\`${id}\` is no paid node, so there is no job to order again.`,
    expected: "the id of a paid node that runs",
    received: `\`${id}\``,
    suggestion: pinned
      ? "Unpin it first."
      : "To run it again though it is cached: `from` (`--from` on the command line).",
  });
}
