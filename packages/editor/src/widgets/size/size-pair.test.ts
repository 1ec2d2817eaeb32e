import type { InputDescription } from "@inlay/engine";
import { expect, test } from "vitest";
import { catalog } from "../../../test/catalog.ts";
import { sizeFrom, sizeWith } from "./size-pair.ts";

const number: InputDescription = { schema: { type: "integer" }, required: false };

test.each(["image/resize", "image/solid", "image/crop", "mask/rectangle"])("%s has a size", (type) => {
  const { inputs } = catalog.nodes[type]!;
  expect(sizeFrom(inputs, "width")).toEqual({ width: "width", height: "height" });
  expect(sizeWith(inputs, "height")).toEqual({ width: "width", height: "height" });
});

test("no other inputs of the built-in nodes are taken for a size", () => {
  const found = Object.values(catalog.nodes).flatMap(({ type, inputs }) =>
    Object.keys(inputs).flatMap((name) => (sizeFrom(inputs, name) ? [`${type} ${name}`] : [])),
  );
  expect(found).toEqual([
    "image/contact-sheet cell_width",
    "image/crop width",
    "image/resize width",
    "image/solid width",
    "mask/crop width",
    "mask/rectangle width",
  ]);
});

test("two sides with one beginning of their names are a size", () =>
  expect(sizeFrom({ out_width: number, out_height: number }, "out_width")).toEqual({
    width: "out_width",
    height: "out_height",
  }));

test("the hint makes any two numbers a size, and another hint keeps them apart", () => {
  expect(sizeFrom({ w: { ...number, widget: "size" }, h: number }, "w")).toEqual({ width: "w", height: "h" });
  expect(sizeFrom({ width: { ...number, widget: "slider" }, height: number }, "width")).toBeUndefined();
});

test("a width whose height is elsewhere or no number is no size", () => {
  expect(sizeFrom({ width: number, x: number, height: number }, "width")).toBeUndefined();
  expect(sizeFrom({ width: number, height: { schema: { type: "string" }, required: false } }, "width")).toBeUndefined();
});
