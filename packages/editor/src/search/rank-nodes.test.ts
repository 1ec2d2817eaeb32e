import { expect, test } from "vitest";
import { catalog } from "../../test/catalog.ts";
import { type Fitting, fittingSocket, rankNodes } from "./rank-nodes.ts";

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

test("exact comes before prefix, prefix before a word, a word before letters in order; a link's type before all of that", () => {
  const named = (title: string, like: string) => {
    return { ...catalog.nodes[like]!, title, type: `of/${title}`, aliases: [], description: "" };
  };
  const others = ["Pale lantern", "Big plan", "Planet", "Plan"].map((title) => named(title, "value/text"));
  const nodes = Object.fromEntries(
    [...others, named("Polar antenna", "mask/feather")].map((node) => [node.title, node]),
  );
  const titles = (fitting?: Fitting) => rankNodes({ ...catalog, nodes }, "plan", fitting).map(({ node }) => node.title);
  expect(titles()).toEqual(["Plan", "Planet", "Big plan", "Polar antenna", "Pale lantern"]);
  const mask = { side: "output", schema: { type: "socket", name: "mask" } } as const;
  expect(titles(mask)).toEqual(["Polar antenna", "Plan", "Planet", "Big plan", "Pale lantern"]);
});

test("an alias finds a node, behind one whose own name is as near", () => {
  const node = { ...catalog.nodes["value/text"]!, description: "" };
  const own = { ...node, title: "Wash", type: "a/own", aliases: [] };
  const other = { ...node, title: "Clean", type: "a/other", aliases: ["wash"] };
  expect(rankNodes({ ...catalog, nodes: { other, own } }, "wash").map((found) => found.node.title)).toEqual([
    "Wash",
    "Clean",
  ]);
});

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
