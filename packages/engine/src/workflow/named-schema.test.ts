import { expect, test } from "vitest";
import { withMovedSchema, withNamedSchema } from "./named-schema.ts";
import { readWorkflow } from "./read-workflow.ts";
import { writeWorkflow } from "./write-workflow.ts";

const workflow = (parts: object) => readWorkflow(JSON.stringify({ inlay: 1, ...parts })).workflow!;
const named = (file: object) => (file as { readonly $schema?: string }).$schema;

test("a workflow names the schema of its workspace, first of all, from where it lies", () => {
  const placed = withNamedSchema(workflow({ name: "Cup" }), "workflows/cups/a.json");
  expect(writeWorkflow(placed)).toMatch(/^\{\n {2}"\$schema": "\.\.\/\.\.\/\.inlay\/workflow\.schema\.json",\n/);
  expect(named(withNamedSchema(placed, "a.json"))).toBe(".inlay/workflow.schema.json");
  expect(withNamedSchema(placed, "other/cups/b.json")).toBe(placed);
});

test("a schema that is named elsewhere stays, and a file without any is not given one by being moved", () => {
  const own = workflow({ $schema: "../../docs/workflow.schema.json" });
  expect(withNamedSchema(own, "workflows/a.json")).toBe(own);
  const none = workflow({});
  expect(withMovedSchema(none, "workflows/a.json")).toBe(none);
  expect(named(withMovedSchema(withNamedSchema(none, "a.json"), "workflows/a.json"))).toBe(
    "../.inlay/workflow.schema.json",
  );
});
