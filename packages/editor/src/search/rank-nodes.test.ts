import { expect, test } from "vitest";
import { catalog } from "../../test/catalog.ts";
import { fittingSocket, rankNodes } from "./rank-nodes.ts";

const first = (text: string) => rankNodes(catalog, text)[0]?.node.type;

test.each([
  ["load image", "image/load"],
  ["blur", "image/blur"],
  ["feather", "mask/feather"],
  ["lasso", "mask/paint"],
  ["z-image", "runcomfy/z-image-turbo-inpainting"],
  ["save image", "image/save"],
  ["thrshld", "mask/threshold"],
  ["photo", "image/load"],
])("%s finds %s first", (text, type) => expect(first(text)).toBe(type));

test("every word must be found", () => expect(rankNodes(catalog, "blur zebra")).toEqual([]));

test("without a text everything is there", () => {
  expect(rankNodes(catalog, "")).toHaveLength(Object.keys(catalog.nodes).length);
});

test("what fits a link comes first, with the socket that it would take", () => {
  const mask = { side: "output", schema: { type: "socket", name: "mask" } } as const;
  const found = rankNodes(catalog, "", mask);
  const fitting = found.filter(({ socket }) => socket !== undefined);
  expect(found.slice(0, fitting.length)).toEqual(fitting);
  expect(fitting.some(({ node }) => node.type === "image/load")).toBe(false);
  expect(found.find(({ node }) => node.type === "mask/feather")?.socket).toBe("mask");
});

test("an input is fed by a node's first output of its type", () => {
  const needs = { side: "input", schema: { type: "socket", name: "image" } } as const;
  expect(fittingSocket(catalog.nodes["image/load"]!, needs)).toBe("image");
  expect(fittingSocket(catalog.nodes["value/text"]!, needs)).toBeUndefined();
});
