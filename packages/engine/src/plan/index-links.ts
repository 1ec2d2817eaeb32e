import type { CatalogNode } from "../node/description.ts";
import type { PlanIndex, PlannedLink, PlannedNode, Wire } from "./plan.ts";

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
  return { sourceStart, sources, consumerStart, consumers, wires: nodes.map(wiring()) };
}

/** Answers with the same object for nodes of one type that are linked alike, as long as they come one after the other. */
function wiring(): (node: PlannedNode) => readonly Wire[] | undefined {
  const lastOf = new Map<CatalogNode, readonly Wire[]>();
  return ({ description, links }) => {
    if (!links.every(isWire)) return undefined;
    const last = lastOf.get(description);
    if (last && isAlike(last, links)) return last;
    const wires = links.map(({ input, output }): Wire => ({ input, output }));
    lastOf.set(description, wires);
    return wires;
  };
}

function isWire({ as, item, checks }: PlannedLink): boolean {
  return as === "value" && item === undefined && checks.length === 0;
}

function isAlike(wires: readonly Wire[], links: readonly PlannedLink[]): boolean {
  if (wires.length !== links.length) return false;
  for (let i = 0; i < wires.length; i++) {
    if (wires[i]!.input !== links[i]!.input || wires[i]!.output !== links[i]!.output) return false;
  }
  return true;
}
