import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describeSubWorkflows, type NodeCatalog, readWorkflow, type WorkflowGraph } from "@inlay/engine";
import { expect, test } from "vitest";
import type { Box } from "../src/document/graph.ts";
import { nodeView, notesOf } from "../src/document/view.ts";
import { planNode } from "../src/layout/plan-node.ts";
import { catalog } from "./catalog.ts";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));
const files = readdirSync(examples)
  .map((name) => `${name}/workflow.json`)
  .filter((path) => existsSync(examples + path));

const covers = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** The cards that cover another one when every node that gives pixels shows the highest picture, as after a run. */
function covered(graph: WorkflowGraph, known: NodeCatalog): readonly string[] {
  const cards = Object.entries(graph.nodes).map(([id, node]) => {
    const description = known.nodes[node.type];
    const gives = Object.values(description?.outputs ?? {});
    const hasPicture = gives.some(({ schema }) => schema.type === "socket" && schema.name !== "file");
    const view = nodeView(graph, id);
    const { width, height } = planNode({ node, description, view, usedOutputs: [], ...(hasPicture && { picture: 1 }) });
    return [id, { x: view.x!, y: view.y!, w: width, h: height }] as const;
  });
  const all = [...cards, ...notesOf(graph).map((box, i) => [`note ${i}`, box] as const)];
  return all.flatMap(([id, box], i) =>
    all.slice(i + 1).flatMap(([other, second]) => (covers(box, second) ? [`${id} and ${other}`] : [])),
  );
}

test.each(files)("in %s no card covers another after a run", (path) => {
  const { workflow } = readWorkflow(readFileSync(examples + path, "utf8"));
  const { catalog: known } = describeSubWorkflows(workflow!, catalog);
  for (const graph of [workflow!, ...Object.values(workflow!.workflows)]) expect(covered(graph, known)).toEqual([]);
});
