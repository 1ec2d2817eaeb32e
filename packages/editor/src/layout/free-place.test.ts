import { expect, test } from "vitest";
import { freePlace } from "./free-place.ts";
import { Grid } from "./grid.ts";

const wanted = { x: 0, y: 0, w: 100, h: 100 };

test("a new box stands where it is wanted when nothing does, else beside what stands there", () => {
  const layout = new Grid();
  expect(freePlace({ layout, notes: [] }, wanted)).toEqual({ x: 0, y: 0 });
  layout.set("node", { x: -50, y: -200, w: 100, h: 400 });
  expect(freePlace({ layout, notes: [] }, wanted)).toEqual({ x: 80, y: 0 });
  const note = { x: 60, y: -50, w: 100, h: 200 };
  expect(freePlace({ layout, notes: [note] }, wanted)).toEqual({ x: 200, y: 0 });
});
