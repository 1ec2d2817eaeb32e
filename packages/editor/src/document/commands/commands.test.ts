import { expect, test } from "vitest";
import { catalog, spoon } from "../../../test/catalog.ts";
import { copyText, paste, readPasted } from "../clipboard.ts";
import { DocumentStore } from "../document-store.ts";
import { freshName } from "../fresh-id.ts";
import type { Command } from "../graph.ts";
import { linkProblem } from "../link-rules.ts";
import { exposeInput, insertOnLink, moveLink, unexposeInput } from "./inputs.ts";
import { removeInput, renameInput } from "./interface.ts";
import { addNode, deleteNodes } from "./nodes.ts";

function after(...commands: readonly Command[]) {
  const store = new DocumentStore(spoon);
  for (const command of commands) store.run(command);
  return store.graph;
}

test("deleting a node gives its consumers what it got itself, where types allow", () => {
  const graph = after(deleteNodes(["inpaint"], catalog));
  expect(graph.nodes["save"]?.inputs["image"]).toEqual({ $link: ["load", "image"] });
});

test("deleting a node that passes nothing fitting through takes its links away", () => {
  const graph = after(deleteNodes(["mask"], catalog));
  expect(graph.nodes["feather"]?.inputs).toEqual({ radius: 2 });
});

test("healing goes past all nodes that are deleted together", () => {
  const graph = after(deleteNodes(["feather", "inpaint"], catalog));
  expect(graph.nodes["save"]?.inputs["image"]).toEqual({ $link: ["load", "image"] });
});

test("a named output of a deleted node moves to what the node passed through", () => {
  const graph = after(deleteNodes(["save"], catalog));
  expect(graph.outputs["result"]).toEqual({ node: "inpaint", output: "image" });
});

test("a deleted node leaves no trace in the view", () => {
  expect(after(deleteNodes(["save"], catalog)).view["nodes"]).not.toHaveProperty("save");
});

test.each([
  ["a mask is not an image", { node: "mask", output: "mask" }, { node: "save", input: "image" }, "type"],
  ["no circle", { node: "inpaint", output: "image" }, { node: "mask", input: "image" }, "circle"],
  ["not to itself", { node: "feather", output: "mask" }, { node: "feather", input: "mask" }, "self"],
  ["nothing unknown", { node: "load", output: "nothing" }, { node: "save", input: "image" }, "unknown"],
  ["an image to an image", { node: "load", output: "image" }, { node: "save", input: "image" }, undefined],
])("links: %s", (_rule, from, to, kind) => {
  expect(linkProblem(spoon, catalog, from, to)?.kind).toBe(kind);
});

test("a node dropped on a link stands between its ends", () => {
  const graph = after(
    addNode({ id: "blur", description: catalog.nodes["image/blur"]!, at: { x: 0, y: 0 } }),
    insertOnLink(
      { from: { node: "inpaint", output: "image" }, to: { node: "save", input: "image" } },
      { id: "blur", input: "image", output: "image" },
    ),
  );
  expect(graph.nodes["blur"]?.inputs["image"]).toEqual({ $link: ["inpaint", "image"] });
  expect(graph.nodes["save"]?.inputs["image"]).toEqual({ $link: ["blur", "image"] });
});

test("moving a link's end is one step", () => {
  const store = new DocumentStore(spoon);
  store.run(
    moveLink(
      { node: "mask", output: "mask" },
      { node: "feather", input: "mask" },
      { node: "inpaint", input: "mask" },
      undefined,
    ),
  );
  expect(store.graph.nodes["feather"]?.inputs).toEqual({ radius: 2 });
  expect(store.graph.nodes["inpaint"]?.inputs["mask"]).toEqual({ $link: ["mask", "mask"] });
  store.undo();
  expect(store.workflow).toEqual(spoon);
});

test("exposing a field moves its value to the default, and taking it back moves it home", () => {
  const place = { node: "feather", input: "radius" };
  const exposed = after(exposeInput(place, "radius", { type: "integer", default: 2 }));
  expect(exposed.nodes["feather"]?.inputs["radius"]).toEqual({ $input: "radius" });
  const back = after(exposeInput(place, "radius", { type: "integer", default: 2 }), unexposeInput(place));
  expect([back.nodes["feather"], back.inputs]).toEqual([spoon.nodes["feather"], spoon.inputs]);
});

test("renaming a named input renames it where it is used", () => {
  const graph = after(renameInput("photo", "picture"));
  expect(Object.keys(graph.inputs)).toEqual(["picture", "prompt"]);
  expect(graph.nodes["load"]?.inputs["source"]).toEqual({ $input: "picture" });
});

test("removing a named input leaves its default with the fields", () => {
  expect(after(removeInput("photo")).nodes["load"]?.inputs["source"]).toEqual({ $file: "coffee.png" });
});

test("a copy is pasted under new ids, with its inner links and without those from outside", () => {
  const pasted = readPasted(copyText(spoon, spoon, ["mask", "feather"]))!;
  const { command, ids } = paste(pasted, spoon, { at: { x: 50, y: 60 }, keepLinks: false, catalog });
  const graph = after(command);
  expect(ids).toEqual(["polygon", "feather-2"]);
  expect(graph.nodes["feather-2"]?.inputs["mask"]).toEqual({ $link: ["polygon", "mask"] });
  expect(graph.nodes["polygon"]?.inputs).not.toHaveProperty("image");
});

test("pasting with links keeps those that come from outside", () => {
  const pasted = readPasted(copyText(spoon, spoon, ["mask"]))!;
  const graph = after(paste(pasted, spoon, { at: { x: 0, y: 0 }, keepLinks: true, catalog }).command);
  expect(graph.nodes["polygon"]?.inputs["image"]).toEqual({ $link: ["load", "image"] });
});

test.each(["", "hello", "{}", '{"inlay": 1, "nodes": {}}', '{"inlay": 2, "nodes": {"a": 1}}'])(
  "a text that is no workflow with nodes pastes nothing: %s",
  (text) => expect(readPasted(text)).toBeUndefined(),
);

test("names fit the format", () => {
  const free = () => false;
  expect(freshName("Größe (px)", free, "input")).toBe("gr-e-px");
  expect(freshName("2nd", free, "input")).toBe("nd");
  expect(freshName("…", free, "input")).toBe("input");
  expect(freshName("constructor", free, "input")).toBe("constructor-2");
});
