import { expect, test } from "vitest";
import { inShape, toMultiples, turned } from "./common-sizes.ts";

test("another shape keeps the longer side and whether the picture stands", () => {
  expect(inShape({ width: 1600, height: 1000 }, [16, 9])).toEqual({ width: 1600, height: 900 });
  expect(inShape({ width: 1000, height: 1600 }, [16, 9])).toEqual({ width: 900, height: 1600 });
  expect(inShape({ width: 1, height: 1 }, [21, 9])).toEqual({ width: 1, height: 1 });
});

test("sides are rounded to the nearest multiple, but never to nothing", () => {
  expect(toMultiples({ width: 1023, height: 3 }, 16)).toEqual({ width: 1024, height: 16 });
});

test("a size stands when it is asked to", () => {
  expect(turned([1216, 832], true)).toEqual({ width: 832, height: 1216 });
  expect(turned([1216, 832], false)).toEqual({ width: 1216, height: 832 });
});
