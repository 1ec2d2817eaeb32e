import { expect, test } from "vitest";
import { loadSharp } from "../src/codec/sharp.ts";
import { prefetch } from "../src/prefetch.ts";

// On its own: a test file that imports sharp itself sets libvips' cache, which is one for the process, to sharp's default.
test("sharp loads once, with one thread and no cache", async () => {
  prefetch(["mask/ellipse", "unknown/type", "image/load", "image/save"]);
  const sharp = await loadSharp();
  expect(await loadSharp()).toBe(sharp);
  expect(sharp.concurrency()).toBe(1);
  expect(sharp.cache().memory.max).toBe(0);
});
