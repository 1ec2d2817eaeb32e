import elkModule, { type ElkNode } from "elkjs/lib/elk-api.js";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";
import type { Point } from "../document/graph.ts";
import type { LayoutStore } from "./layout-store.ts";

const options = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.spacing.nodeNode": "48",
  "elk.layered.spacing.nodeNodeBetweenLayers": "88",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
};

const Elk = elkModule.default;

let elk: InstanceType<typeof Elk> | undefined;

/** Places that show how the nodes depend on each other, worked out by ELK in a worker; the top left corner stays. */
export async function tidy(layout: LayoutStore, ids: readonly string[]): Promise<Map<string, Point>> {
  elk ??= new Elk({ workerFactory: () => new Worker(workerUrl) });
  const inside = new Set(ids);
  const corner = layout.bounds(ids) ?? { x: 0, y: 0 };
  const graph = await elk.layout({
    id: "graph",
    layoutOptions: options,
    children: ids.map((id) => nodeOf(layout, id)),
    edges: ids.flatMap((id) =>
      layout
        .linksInto(id)
        .flatMap(({ id: link, from, to }) =>
          inside.has(from.node)
            ? [{ id: link, sources: [`${from.node}>${from.output}`], targets: [`${to.node}<${to.input}`] }]
            : [],
        ),
    ),
  });
  return new Map(
    (graph.children ?? []).map(({ id, x = 0, y = 0 }) => [
      id,
      { x: Math.round(corner.x + x), y: Math.round(corner.y + y) },
    ]),
  );
}

/** A card with its sockets where they are, so that links come out straight. */
function nodeOf(layout: LayoutStore, id: string): ElkNode {
  const { width, height, inputs, outputs } = layout.plan(id)!;
  const port = (name: string, x: number, y: number) => ({ id: `${id}${name}`, x, y, width: 0, height: 0 });
  return {
    id,
    width,
    height,
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
    ports: [
      ...[...inputs].map(([name, y]) => port(`<${name}`, 0, y)),
      ...[...outputs].map(([name, y]) => port(`>${name}`, width, y)),
    ],
  };
}
