import { hash } from "node:crypto";
import { fileURLToPath } from "node:url";
import * as raster from "@inlay/raster";
import { build } from "vite";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openBlank } from "../support/editor-page.ts";
import { randomEdits } from "../support/random-edits.ts";

afterAll(closeBrowser);

const [width, height] = [121, 90];
const count = process.env["INLAY_PROOF"] === "1" ? 300 : 40;

test(`the browser's masks are those of Node, byte for byte, for ${count} random lists of edits`, async () => {
  const page = await openBlank();
  await page.evaluate(await rasterScript());
  for (const edits of randomEdits(count)) {
    const data = new Uint8Array(width * height);
    for (const edit of edits) raster.applyEdit({ width, height, data }, edit);
    const seen = await page.evaluate(
      ({ list, w, h }) => {
        const seenBy = (globalThis as unknown as { raster: Pick<typeof raster, "applyEdit" | "packMask"> }).raster;
        const samples = new Uint8Array(w * h);
        for (const edit of list) seenBy.applyEdit({ width: w, height: h, data: samples }, edit);
        return seenBy.packMask(samples, w);
      },
      { list: edits, w: width, h: height },
    );
    expect(hash("sha256", seen), JSON.stringify(edits)).toBe(hash("sha256", raster.packMask(data, width)));
  }
});

/** The package as one script of a page. */
async function rasterScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      target: "es2023",
      lib: {
        entry: fileURLToPath(new URL("../../../raster/src/index.ts", import.meta.url)),
        formats: ["iife"],
        name: "raster",
        fileName: "raster",
      },
    },
  });
  const [chunk] = (Array.isArray(built) ? built : [built]).flatMap((result) =>
    "output" in result ? result.output : [],
  );
  if (chunk?.type !== "chunk") throw new Error("The package was not built.");
  return `${chunk.code}; globalThis.raster = raster; undefined`;
}
