import type { NodeDefinition } from "../node/define-node.ts";
import type { NodePack } from "../node/pack.ts";
import type { Plan } from "../plan/plan.ts";

/** The definitions of a plan's nodes, by index; at once when all their types are loaded. */
export type DefinitionLoader = (plan: Plan) => readonly NodeDefinition[] | Promise<readonly NodeDefinition[]>;

/** A pinned node needs no code of its type, which need not even be there. */
function neverRuns(): never {
  throw new Error("A pinned node was run.");
}

/** Loads each type once; a plan whose types are all loaded waits for nothing. */
export function definitionLoader(packs: readonly NodePack[]): DefinitionLoader {
  const loaded = new Map<string, NodeDefinition>();
  const ofPlan = new WeakMap<Plan, readonly NodeDefinition[]>();
  const load = async (type: string): Promise<void> => {
    const packed = packs.find(({ nodes }) => Object.hasOwn(nodes, type))?.nodes[type];
    if (packed) loaded.set(type, await packed.load());
  };
  const collect = (plan: Plan): readonly NodeDefinition[] => {
    const definitions = plan.nodes.map(({ pinned, description }) =>
      pinned ? { description, run: neverRuns } : loaded.get(description.type)!,
    );
    ofPlan.set(plan, definitions);
    return definitions;
  };
  return (plan) => {
    const known = ofPlan.get(plan);
    if (known) return known;
    const missing = new Set<string>();
    for (const { pinned, description } of plan.nodes)
      if (!pinned && !loaded.has(description.type)) missing.add(description.type);
    return missing.size === 0 ? collect(plan) : Promise.all([...missing].map(load)).then(() => collect(plan));
  };
}
