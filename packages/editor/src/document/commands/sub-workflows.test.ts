import { checkWorkflow, describeSubWorkflows, readWorkflow, writeWorkflow } from "@inlay/engine";
import { expect, test } from "vitest";
import { catalog, spoon } from "../../../test/catalog.ts";
import { DocumentStore } from "../document-store.ts";
import { subWorkflowTitle, titleWorkflow, withTitles } from "../sub-workflow-title.ts";
import { canGroup, groupNodes, renameWorkflow, unpackNode } from "./sub-workflows.ts";

function faults(store: DocumentStore): unknown[] {
  const { workflow, diagnostics } = readWorkflow(writeWorkflow(store.workflow));
  return [...diagnostics, ...(workflow ? checkWorkflow(workflow, catalog) : [])].filter(
    ({ severity }) => severity === "error",
  );
}

function grouped(ids: readonly string[]): DocumentStore {
  const store = new DocumentStore(spoon);
  store.run(groupNodes({ ids, name: "masking", node: "masking", catalog }));
  return store;
}

test("grouped nodes are one node, with what came from outside as inputs and what went outside as outputs", () => {
  const store = grouped(["mask", "feather"]);
  expect(faults(store)).toEqual([]);
  expect(Object.keys(store.graph.nodes)).toEqual(["load", "inpaint", "save", "masking"]);
  expect(store.graph.nodes["masking"]).toEqual({
    type: "workflow/masking",
    version: 1,
    inputs: { image: { $link: ["load", "image"] } },
  });
  expect(store.workflow.workflows["masking"]?.inputs).toEqual({
    image: { type: "image", title: "Image", order: 1 },
  });
  expect(store.workflow.workflows["masking"]?.outputs).toEqual({
    mask: { node: "feather", output: "mask", title: "Mask" },
  });
  expect(store.graph.nodes["inpaint"]?.inputs["mask"]).toEqual({ $link: ["masking", "mask"] });
});

test("a group that uses named inputs of the workflow is given them", () => {
  const store = grouped(["load", "mask"]);
  expect(faults(store)).toEqual([]);
  expect(store.graph.nodes["masking"]?.inputs).toEqual({ photo: { $input: "photo" } });
});

test("a named output of a grouped node comes from the group", () => {
  const store = grouped(["inpaint", "save"]);
  expect(faults(store)).toEqual([]);
  expect(store.graph.outputs["result"]).toEqual({ node: "masking", output: "image" });
});

test("nodes with another between them cannot be grouped without it", () => {
  expect(canGroup(spoon, ["mask", "inpaint"])).toBe(false);
  expect(canGroup(spoon, ["mask", "feather", "inpaint"])).toBe(true);
});

test("unpacking a group gives the nodes back, and undoing everything the file", () => {
  const store = grouped(["mask", "feather"]);
  store.run(unpackNode("masking"));
  expect(faults(store)).toEqual([]);
  expect(store.graph.nodes).toEqual(spoon.nodes);
  while (store.undo());
  expect(writeWorkflow(store.workflow)).toBe(writeWorkflow(spoon));
});

test("a sub-workflow is called anything, and named by what fits", () => {
  const store = grouped(["mask", "feather"]);
  store.run(titleWorkflow(store.workflow, "masking", "Remove spoon").command);
  expect(faults(store)).toEqual([]);
  expect(store.graph.nodes["masking"]?.type).toBe("workflow/remove-spoon");
  expect(subWorkflowTitle(store.workflow, "remove-spoon")).toBe("Remove spoon");
  expect(withTitles(store.workflow, describeSubWorkflows(store.workflow, catalog).catalog)).toMatchObject({
    nodes: { "workflow/remove-spoon": { title: "Remove spoon" } },
  });
  store.run(titleWorkflow(store.workflow, "remove-spoon", "löffel").command);
  expect(Object.keys(store.workflow.workflows)).toEqual(["l-ffel"]);
  expect(subWorkflowTitle(store.workflow, "l-ffel")).toBe("löffel");
});

test("renaming a sub-workflow renames it where it is used", () => {
  const store = grouped(["mask", "feather"]);
  store.run(renameWorkflow("masking", "spoon-mask"));
  expect(faults(store)).toEqual([]);
  expect(store.graph.nodes["masking"]?.type).toBe("workflow/spoon-mask");
});
