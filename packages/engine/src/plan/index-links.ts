import type { PlanIndex, PlannedNode } from "./plan.ts";

/** Writes all links into flat arrays, by consumer and by source. */
export function indexLinks(nodes: readonly PlannedNode[]): PlanIndex {
  const sourceStart = new Uint32Array(nodes.length + 1);
  const consumerStart = new Uint32Array(nodes.length + 1);
  nodes.forEach(({ links }, i) => {
    sourceStart[i + 1] = sourceStart[i]! + links.length;
    for (const { source } of links) consumerStart[source + 1]!++;
  });
  for (let i = 0; i < nodes.length; i++) consumerStart[i + 1]! += consumerStart[i]!;

  const sources = new Uint32Array(sourceStart[nodes.length]!);
  const consumers = new Uint32Array(sources.length);
  const filled = consumerStart.slice();
  let at = 0;
  nodes.forEach(({ links }, consumer) => {
    for (const { source } of links) {
      sources[at++] = source;
      consumers[filled[source]!++] = consumer;
    }
  });
  return { sourceStart, sources, consumerStart, consumers };
}
