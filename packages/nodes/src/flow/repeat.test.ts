import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import repeat from "./repeat.ts";
import repeatUntil from "./repeat-until.ts";

const body = { inputs: ["value"], outputs: ["value", "done"] };
const subWorkflows = {
  soften: body,
  counted: { ...body, inputs: ["value", "index"] },
  wrong: { ...body, inputs: ["image"] },
};

test("each time takes what the last one gave", async () => {
  const { expanded } = await testNode(repeat, { workflow: "soften", times: 2, value: 5 }, { subWorkflows });
  expect(expanded).toEqual({
    nodes: {
      "time-1": { type: "workflow/soften", inputs: { value: { $input: "value" } } },
      "time-2": { type: "workflow/soften", inputs: { value: { $link: ["time-1", "value"] } } },
    },
    outputs: { value: { node: "time-2", output: "value" } },
    inputs: { value: 5 },
  });
});

test("a sub-workflow that asks is told which time it is", async () => {
  const { expanded } = await testNode(repeat, { workflow: "counted", times: 2, value: 5 }, { subWorkflows });
  expect(Object.values(expanded!.nodes).map(({ inputs }) => inputs?.["index"])).toEqual([0, 1]);
});

test("no times at all gives the value back", async () => {
  const { outputs } = await testNode(repeat, { workflow: "soften", times: 0, value: 5 }, { subWorkflows });
  expect(outputs).toEqual({ value: 5 });
});

test("a sub-workflow without the named input is refused", async () => {
  const wrong = testNode(repeat, { workflow: "wrong", value: 5 }, { subWorkflows });
  await expect(wrong).rejects.toMatchObject({
    code: "loop.body",
    data: { received: "inputs `image`; outputs `value`, `done`" },
  });
});

test("repeating until done asks itself again with what came out", async () => {
  const { expanded } = await testNode(repeatUntil, { workflow: "counted", value: 5 }, { subWorkflows });
  expect(expanded?.nodes["time"]).toEqual({
    type: "workflow/counted",
    inputs: { value: { $input: "value" }, index: 0 },
  });
  expect(expanded?.nodes["rest"]?.inputs).toMatchObject({ done: { $link: ["time", "done"] }, index: 1 });
});

test.each([{ done: true }, { most: 3, index: 3 }])("repeating ends: %o", async (more) => {
  const { outputs } = await testNode(repeatUntil, { workflow: "soften", value: 5, ...more }, { subWorkflows });
  expect(outputs).toEqual({ value: 5 });
});
