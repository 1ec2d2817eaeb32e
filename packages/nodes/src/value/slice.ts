import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { AnyList } from "./any-value.ts";

export default defineNode({
  type: "value/slice",
  version: 1,
  title: "Part of a List",
  category: "Value",
  description:
    "Takes neighbouring items out of a list, such as the first three to try a workflow before it runs for all. " +
    "What lies beyond the list's ends is left out.",
  aliases: ["take", "head", "tail", "skip", "limit", "sublist", "first", "last"],
  inputs: {
    list: AnyList.meta({ title: "List", description: "The list to take from." }),
    start: z.int().min(-100_000).max(100_000).default(0).meta({
      title: "Start",
      description: "The place of the first item, from 0; a negative one counts from the back: −3 takes the last three.",
    }),
    count: z.int().min(0).max(100_000).optional().meta({
      title: "Count",
      description: "How many items at most; without it, all to the end.",
      unit: "items",
    }),
  },
  outputs: { list: AnyList.meta({ title: "List", description: "The items in their order; it may be empty." }) },
  resource: "none",
  run: ({ list, start, count }) => {
    const first = start < 0 ? Math.max(0, list.length + start) : start;
    return { list: list.slice(first, count === undefined ? undefined : first + count) };
  },
});
