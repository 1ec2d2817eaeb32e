import { expect, test } from "vitest";
import { catalogOf, type Workflow } from "@inlay/engine";
import { checkedWorkflow } from "./load-workflow.ts";

const circle: Record<string, unknown> = { inlay: 1 };
circle["view"] = circle;

test.each([
  ["nothing", undefined],
  ["a function", () => circle],
  ["an object that holds itself", circle],
  ["an object with a big integer", { inlay: 1, view: { zoom: 1n } }],
])("%s instead of a workflow is workflow.invalid", (_name, value) => {
  const data = expect.objectContaining({ code: "workflow.invalid" });
  expect(() => checkedWorkflow(value as unknown as Workflow, catalogOf([]))).toThrow(expect.objectContaining({ data }));
});
