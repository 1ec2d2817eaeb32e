import type { JsonValue } from "@inlay/engine";
import type { Command } from "../graph.ts";

interface AcceptedItem {
  readonly pinned: Readonly<Record<string, JsonValue>>;
  /** What the input `seed` becomes; without it, it stays. */
  readonly seed: number | undefined;
}

/** Pins a node to one item of what it gave for a list, and its seed to that item's. */
export function acceptItem(id: string, { pinned, seed }: AcceptedItem): Command {
  return {
    name: "accept-item",
    apply(graph) {
      const node = graph.nodes[id];
      if (!node) return;
      node.pinned = { ...pinned };
      if (seed !== undefined) node.inputs["seed"] = seed;
    },
  };
}
