import { readWorkflow, writeWorkflow } from "@inlay/engine";
import { expect, test } from "vitest";
import { catalog } from "../../test/catalog.ts";
import { bendsOf } from "./bends.ts";
import { copyText, paste, readPasted } from "./clipboard.ts";
import { bendLink, moveThings } from "./commands/canvas.ts";
import { connect, disconnect } from "./commands/inputs.ts";
import { deleteNodes } from "./commands/nodes.ts";
import { groupNodes, unpackNode } from "./commands/sub-workflows.ts";
import { DocumentStore } from "./document-store.ts";

const link = "blur.image";
const points = [
  { x: 150, y: -40 },
  { x: 250, y: -40 },
];

/** load → blur → save, and the first link is bent twice. */
function bent(): DocumentStore {
  const nodes = {
    load: { type: "image/load", version: 1, inputs: {} },
    other: { type: "image/load", version: 1, inputs: {} },
    blur: { type: "image/blur", version: 1, inputs: { image: { $link: ["load", "image"] } } },
    save: { type: "image/save", version: 1, inputs: { image: { $link: ["blur", "image"] } } },
  };
  const view = { nodes: { load: { x: 0, y: 0 }, blur: { x: 400, y: 0 } } };
  const store = new DocumentStore(readWorkflow(JSON.stringify({ inlay: 1, nodes, view })).workflow!);
  store.run(bendLink(link, points));
  return store;
}

const bends = (store: DocumentStore) => bendsOf(store.graph).get(link);

test("a bend is written with whole units, and undo leaves no trace of it", () => {
  const store = bent();
  const before = bent();
  before.undo();
  store.run(bendLink(link, [{ x: 1.4, y: 2.6 }]));
  expect(store.graph.view["links"]).toEqual({ [link]: { points: [[1, 3]] } });
  store.undo();
  store.undo();
  expect(writeWorkflow(store.workflow)).toBe(writeWorkflow(before.workflow));
});

test("a link that is removed, led from elsewhere or loses its node loses its bends; undo brings them back", () => {
  const to = { node: "blur", input: "image" };
  for (const command of [
    disconnect(to),
    connect({ node: "other", output: "image" }, to, undefined),
    deleteNodes(["load"], catalog),
    deleteNodes(["blur"], catalog),
  ]) {
    const store = bent();
    store.run(command);
    expect([command.name, bends(store)]).toEqual([command.name, undefined]);
    store.undo();
    expect(bends(store)).toEqual(points);
  }
});

test("bends stay with a move, and with links to other nodes", () => {
  const store = bent();
  store.run(moveThings({ nodes: new Map([["load", { x: 9, y: 9 }]]) }));
  store.run(disconnect({ node: "save", input: "image" }));
  expect(bends(store)).toEqual(points);
});

test("copies of two nodes have the bends of the link between them", () => {
  const store = bent();
  const pasted = readPasted(copyText(store.workflow, store.graph, ["load", "blur"]))!;
  store.run(paste(pasted, store.graph, { at: { x: 1000, y: 0 }, keepLinks: false, catalog }).command);
  expect(bendsOf(store.graph).get("blur-2.image")).toEqual([
    { x: 1150, y: -40 },
    { x: 1250, y: -40 },
  ]);
});

test("a sub-workflow takes the bends of its links in and gives them back", () => {
  const store = bent();
  store.run(groupNodes({ ids: ["load", "blur"], name: "soft", node: "soft", catalog }));
  expect(bends(store)).toBeUndefined();
  expect(bendsOf(store.workflow.workflows["soft"]!).get(link)).toEqual(points);
  store.run(unpackNode("soft"));
  expect(bends(store)).toEqual(points);
});

test("what stands among the links of a file and is no list of points is ignored", () => {
  const view = { links: { a: 1, b: { points: 2 }, c: { points: [[1], [1, "2"], [3, 4]] } } };
  const { workflow } = readWorkflow(JSON.stringify({ inlay: 1, nodes: {}, view }));
  expect([...bendsOf(workflow!)]).toEqual([["c", [{ x: 3, y: 4 }]]]);
});
