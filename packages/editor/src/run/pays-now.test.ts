import { expect, test } from "vitest";
import { paysNow } from "./pays-now.ts";

const method = { schema: { type: "string" }, required: false, default: "runcomfy" } as const;
const description = { paid: true, paidWhen: { input: "method", is: ["runcomfy"] }, inputs: { method } };
const named = { how: { type: "string", default: "local" } } as const;

test.each([
  ["its default", {}, true],
  ["what is written", { method: "local" }, false],
  ["a named input's default", { method: { $input: "how" } }, false],
  ["a link, which may bring either", { method: { $link: ["choice", "value"] } }, true],
])("a node pays by %s", (_by, inputs, pays) => {
  expect(paysNow({ inputs }, description, { inputs: named })).toBe(pays);
});

test("a node without a choice pays or does not", () => {
  expect(paysNow({ inputs: {} }, { paid: true, inputs: {} }, { inputs: {} })).toBe(true);
  expect(paysNow({ inputs: {} }, { inputs: {} }, { inputs: {} })).toBe(false);
});
