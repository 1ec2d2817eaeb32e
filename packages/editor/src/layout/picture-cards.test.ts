import { expect, test } from "vitest";
import { catalog } from "../../test/catalog.ts";
import { gridPlaces, sizeWithPicture } from "./picture-cards.ts";

test("many cards stand in rows, and none covers another", () => {
  const size = sizeWithPicture(catalog.nodes["image/load"]!);
  const { places, block } = gridPlaces(14, size);
  for (const [i, a] of places.entries()) {
    expect([a.x + size.w <= block.w, a.y + size.h <= block.h]).toEqual([true, true]);
    for (const b of places.slice(i + 1)) {
      expect(Math.abs(a.x - b.x) >= size.w || Math.abs(a.y - b.y) >= size.h).toBe(true);
    }
  }
  expect(block.w / block.h).toBeGreaterThan(1);
});
