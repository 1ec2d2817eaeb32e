import { join } from "node:path";
import { expect, test } from "vitest";
import { staticImports } from "../test/imports.ts";
import { loadSharp } from "./codec/sharp.ts";
import { nodesPack } from "./pack.ts";
import { needsCodec, prefetch } from "./prefetch.ts";

test.each(Object.keys(nodesPack.nodes))(
  "the codec is prefetched exactly when the node's code reaches it: %s",
  (type) => {
    const { modules } = staticImports(join(import.meta.dirname, `${type}.ts`));
    expect(needsCodec(type)).toBe(modules.has(join(import.meta.dirname, "codec/sharp.ts")));
  },
);

test("sharp loads once, with one thread and no cache", async () => {
  prefetch(["mask/ellipse", "unknown/type", "image/load", "image/save"]);
  const sharp = await loadSharp();
  expect(await loadSharp()).toBe(sharp);
  expect(sharp.concurrency()).toBe(1);
  expect(sharp.cache().memory.max).toBe(0);
});
