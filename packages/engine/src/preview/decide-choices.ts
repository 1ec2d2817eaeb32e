import type { NodeOutputs } from "../cache/result-cache.ts";
import { gatherInputs } from "../run/gather-inputs.ts";
import { itemInputs } from "../run/list-items.ts";
import { type PlanView, viewPlan, type ViewParts } from "./plan-view.ts";
import { workOut, type Workshop } from "./work-out.ts";

/** A view in which all lazy nodes are decided that can be before the run. */
export interface DecidedView extends PlanView {
  /** By node, in which stage of the run its turn comes: a lazy node waits for what it asks with. */
  readonly stage: Uint32Array;
}

/** Never, as far as is known before the run. */
export const noStage = 2 ** 32 - 1;

/** Asks the lazy nodes what they need, those first that the others wait for. */
export async function decideChoices(parts: ViewParts, shop: Workshop): Promise<DecidedView> {
  const asked = new Map<number, readonly string[]>();
  for (;;) {
    const view = await viewPlan(parts, asked);
    const sourcesOf = (node: number): number[] => view.plan.nodes[node]!.links.map(({ source }) => source);
    const ready = [...view.undecided].filter((node) => sourcesOf(node).every((source) => view.isUnknown[source] === 0));
    await workOut(view, ready.flatMap(sourcesOf), shop);
    const before = asked.size;
    for (const node of ready) {
      const needs = sourcesOf(node).every((source) => shop.known.has(source)) && needsOf(view, node, shop);
      if (needs) asked.set(node, needs);
    }
    if (asked.size === before) return { ...view, stage: findStages(view, parts) };
  }
}

/** Undefined when the node fails, or asks for what is not lazy. */
function needsOf({ plan, openValues }: PlanView, node: number, shop: Workshop): readonly string[] | undefined {
  const planned = plan.nodes[node]!;
  const { inputs } = planned.description;
  const values: (NodeOutputs | undefined)[] = [];
  for (const { source } of planned.links) values[source] = shop.known.get(source);
  try {
    const same = gatherInputs(planned, values, openValues.get(node));
    const needs = shop.definitions[node]!.needs!;
    const needed =
      planned.each === undefined
        ? needs(same)
        : itemInputs(planned, values).flatMap((item) => needs({ ...same, ...item }));
    return needed.every((input) => inputs[input]?.lazy) ? [...new Set(needed)] : undefined;
  } catch {
    return undefined;
  }
}

/** A decided lazy node is asked after the stage that makes what it asks with; all others come with the last they need. */
function findStages({ plan, isUnknown }: PlanView, { plan: whole }: ViewParts): Uint32Array {
  const stage = new Uint32Array(plan.nodes.length);
  plan.nodes.forEach(({ links }, node) => {
    if (isUnknown[node] === 1) {
      stage[node] = noStage;
      return;
    }
    const { description } = whole.nodes[node]!;
    for (const { source, input } of links) {
      const asks = description.isLazy && !description.inputs[input]?.lazy;
      stage[node] = Math.max(stage[node]!, stage[source]! + (asks ? 1 : 0));
    }
  });
  return stage;
}
