import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import size from "./size.ts";

test("a picture's size and format come out as values", async () => {
  expect((await testNode(size, { image: noise(30, 20, 4, "u16") })).outputs).toEqual({
    width: 30,
    height: 20,
    longer: 30,
    shorter: 20,
    aspect: 1.5,
    megapixels: 0.0006,
    channels: 4,
    bits: 16,
    has_alpha: true,
  });
});
