import type { NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import { isExpansion } from "../node/expansion.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { PlannedNode } from "../plan/plan.ts";
import { checkOutputs } from "../run/check-outputs.ts";
import { gatherInputs } from "../run/gather-inputs.ts";
import { NodeRun, type RunEnvironment } from "../run/node-run.ts";
import type { PlanView } from "./plan-view.ts";

/** What values can be found out with. */
export interface Workshop {
  readonly cache: ResultCache;
  readonly definitions: readonly NodeDefinition[];
  /** Refuses to write, to submit and to tell. */
  readonly environment: RunEnvironment;
  /** By node, 1 for those whose cached results do not count. */
  readonly again: Uint8Array | undefined;
  readPinned(node: number, view: PlanView): Promise<NodeOutputs>;
  /** What is known already. */
  readonly known: Map<number, NodeOutputs>;
}

/**
 * Finds the values of nodes, as far as they can be had without work: pinned, cached, or made by nodes that occupy
 * nothing while they run, such as a number, a text or a list of values. What cannot be had is left out.
 */
export async function workOut(view: PlanView, wanted: Iterable<number>, shop: Workshop): Promise<void> {
  const { plan } = view;
  const { known } = shop;
  const open = [...wanted];
  const seen = new Set<number>();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node) || known.has(node) || view.isUnknown[node] === 1) continue;
    seen.add(node);
    const found = await findValue(view, node, shop);
    if (found) known.set(node, found);
    else if (isPlain(plan.nodes[node]!)) open.push(...plan.nodes[node]!.links.map(({ source }) => source));
  }
  // Indices ascend along links.
  for (const node of [...seen].sort((a, b) => a - b)) {
    const planned = plan.nodes[node]!;
    if (known.has(node) || !isPlain(planned) || !planned.links.every(({ source }) => known.has(source))) continue;
    const made = await makeValue(view, node, shop);
    if (made) known.set(node, made);
  }
}

async function findValue(view: PlanView, node: number, shop: Workshop): Promise<NodeOutputs | undefined> {
  const { pinned, description } = view.plan.nodes[node]!;
  try {
    if (pinned) return await shop.readPinned(node, view);
    if (description.cache === "never" || shop.again?.[node] === 1) return undefined;
    const found = (await shop.cache.get(view.keys[node]!))?.outputs;
    // A list of pixels is kept as the keys of its items alone.
    return found && Object.keys(description.outputs).every((name) => name in found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** A node of plain values: it takes no slot, writes nothing, calls nobody, and runs once. */
function isPlain({ description, each, pinned }: PlannedNode): boolean {
  const { resource, paid, cache, service, secrets, isOutput } = description;
  const isHarmless = !paid && cache === undefined && service === undefined && secrets === undefined && !isOutput;
  return resource === "none" && isHarmless && each === undefined && !pinned;
}

/** A node that fails has no value, and tells so when it runs. */
async function makeValue(view: PlanView, node: number, shop: Workshop): Promise<NodeOutputs | undefined> {
  const planned = view.plan.nodes[node]!;
  const values: NodeOutputs[] = [];
  for (const { source } of planned.links) values[source] = shop.known.get(source)!;
  try {
    const inputs = gatherInputs(planned, values, view.openValues.get(node));
    const answer = await shop.definitions[node]!.run(inputs, new NodeRun(shop.environment, planned));
    return isExpansion(answer) ? undefined : checkOutputs(planned.description, planned.id, answer);
  } catch {
    return undefined;
  }
}
