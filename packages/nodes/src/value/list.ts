import { defineNode } from "@inlay/engine";
import { AnyList } from "./any-value.ts";

export default defineNode({
  type: "value/list",
  version: 1,
  title: "List of Values",
  category: "Value",
  description:
    "Puts values together in a list: literals, files and links in any order. A list that is linked in gives its items, in its place. " +
    "A node that takes one value runs once for each item of a list.",
  aliases: ["array", "collect", "several", "many", "concatenate", "batch", "gather"],
  inputs: {
    items: AnyList.max(100_000).default([]).meta({
      title: "Items",
      description: "The values in their order, at most 100,000; of one kind if one input is to take them.",
    }),
  },
  outputs: { list: AnyList.meta({ title: "List", description: "The items in their order." }) },
  resource: "none",
  run: ({ items }) => ({ list: items.slice() }),
});
