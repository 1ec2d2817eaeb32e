import type { PlannedLink, PlannedNode } from "./plan.ts";

/**
 * Nodes that run item by item together: each item goes through all of them before the next one begins. By node the
 * first node of its group; -1 for nodes that run once.
 */
export type MappedGroups = Int32Array;

/**
 * Finds the groups of a plan; undefined when no node runs for each item. Nodes are in one group when one takes the
 * other's items in step and nothing lies between them that needs the whole list: so no group waits for itself.
 */
export function mappedGroups(nodes: readonly PlannedNode[]): MappedGroups | undefined {
  if (!nodes.some(({ each }) => each !== undefined)) return undefined;
  const stage = new Uint32Array(nodes.length);
  const group = new Int32Array(nodes.length).fill(-1);
  nodes.forEach((node, index) => {
    for (const link of node.links) {
      const leaves = nodes[link.source]!.each !== undefined && !takesInStep(node, link);
      stage[index] = Math.max(stage[index]!, stage[link.source]! + (leaves ? 1 : 0));
    }
    if (node.each === undefined) return;
    group[index] = index;
    for (const link of node.links) {
      const isJoined = nodes[link.source]!.each !== undefined && takesInStep(node, link);
      if (isJoined && stage[link.source] === stage[index]) join(group, link.source, index);
    }
  });
  for (let i = 0; i < group.length; i++) if (group[i]! >= 0) group[i] = firstOf(group, i);
  return group;
}

/** Whether a node takes the items of a link one by one, each with those of the same place. */
export function takesInStep({ each }: PlannedNode, { as }: PlannedLink): boolean {
  return each === "zip" && as === "each";
}

function firstOf(group: Int32Array, node: number): number {
  while (group[node] !== node) {
    group[node] = group[group[node]!]!;
    node = group[node]!;
  }
  return node;
}

function join(group: Int32Array, a: number, b: number): void {
  const [first, second] = [firstOf(group, a), firstOf(group, b)];
  if (first < second) group[second] = first;
  else group[first] = second;
}
