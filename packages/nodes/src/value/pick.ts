import { defineNode, EngineError } from "@inlay/engine";
import { z } from "zod";
import { AnyList, AnyValue } from "./any-value.ts";

export default defineNode({
  type: "value/pick",
  version: 1,
  title: "Pick from List",
  category: "Value",
  description: "Takes one item out of a list by its place, from the front or from the back.",
  aliases: ["index", "first", "last", "item", "nth", "select", "get"],
  inputs: {
    list: AnyList.meta({ title: "List", description: "The list to pick from." }),
    index: z.int().min(-100_000).max(100_000).default(0).meta({
      title: "Index",
      description: "0 is the first item, 1 the second; −1 is the last, −2 the one before it.",
    }),
  },
  outputs: { value: AnyValue.meta({ title: "Value", description: "The item as it is." }) },
  resource: "none",
  run: ({ list, index }) => {
    const value = list.at(index);
    if (value !== undefined) return { value };
    throw noItem(list.length, index);
  },
});

function noItem(length: number, index: number): EngineError {
  return new EngineError({
    code: "list.index",
    message: length === 0 ? "The list is empty, so there is no item to pick." : "The list has no item in that place.",
    input: "index",
    expected: length === 0 ? "a list with items" : `${-length} to ${length - 1}, for a list of ${length}`,
    received: String(index),
  });
}
