import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { AnyList } from "./any-value.ts";

export default defineNode({
  type: "value/length",
  version: 1,
  title: "Length of List",
  category: "Value",
  description: "Counts the items of a list.",
  aliases: ["count", "size", "number of items", "how many", "empty"],
  inputs: { list: AnyList.meta({ title: "List", description: "The list to count." }) },
  outputs: {
    length: z.int().meta({ title: "Length", description: "How many items the list has." }),
    is_empty: z.boolean().meta({ title: "Is Empty", description: "Whether it has none." }),
  },
  resource: "none",
  run: ({ list }) => ({ length: list.length, is_empty: list.length === 0 }),
});
