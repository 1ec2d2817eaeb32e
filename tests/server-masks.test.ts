import { hash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { serve } from "./support/server.ts";
import { tempFolder } from "./support/workspace.ts";

// What the mask editor asks of the built server.

test("a wand selects by raw pixels, and strokes that it keeps as a file make the mask of a run", async () => {
  const workspace = await tempFolder();
  await mkdir(join(workspace, "inputs"));
  // Two halves that 8 bits do not tell apart.
  const samples = new Uint16Array(8 * 4).map((_, i) => (i % 8 < 3 ? 30_000 : 30_100));
  const image = sharp(samples, { raw: { width: 8, height: 4, channels: 1 } }).toColourspace("grey16");
  await writeFile(join(workspace, "inputs/halves.png"), await image.png().toBuffer());
  const server = await serve(workspace);

  const source = { file: "inputs/halves.png" };
  expect(await server.api("POST", "/api/masks/similar", { source })).toEqual({ width: 8, height: 4, spans: [] });
  const wanted = { source, point: [1, 2], tolerance: 0.1 };
  const { spans } = await server.api("POST", "/api/masks/similar", wanted);
  expect(spans).toEqual([0, 1, 2, 3].map((y) => [Math.min(y, 1), 0, 3]));

  const strokes = [{ tool: "wand", mode: "add", spans }, { tool: "invert" }];
  const packed = new Uint8Array(gzipSync(JSON.stringify(strokes)));
  const headers = { "content-type": "application/gzip" };
  const answer = await server.fetch("/api/masks/strokes?name=mask", { method: "POST", body: packed, headers });
  expect(answer.status).toBe(201);
  const kept = (await answer.json()) as { sha256: string; size: number; path: string };
  const sha256 = hash("sha256", packed);
  expect(kept).toEqual({ sha256, size: packed.length, path: `inputs/masks/mask-${sha256.slice(0, 8)}.json.gz` });

  const workflow = {
    inlay: 1,
    assets: { [sha256]: { name: "mask.json.gz", mime: "application/gzip", size: kept.size, path: kept.path } },
    nodes: {
      load: { type: "image/load", version: 1, inputs: { source: { $file: "inputs/halves.png" } } },
      paint: {
        type: "mask/paint",
        version: 1,
        inputs: { image: { $link: ["load", "image"] }, strokes: { $asset: sha256 } },
      },
      picture: { type: "mask/to-image", version: 1, inputs: { mask: { $link: ["paint", "mask"] } } },
      save: { type: "image/save", version: 1, inputs: { image: { $link: ["picture", "image"] }, name: "mask" } },
    },
  };
  const run = await server.api("POST", "/api/runs?wait=60", { workflow });
  expect(run).toMatchObject({ status: "succeeded" });
  // The pixels between the nodes are looked at where they are.
  const between = { source: { run: run.id, node: "load", output: "image" }, point: [1, 2], tolerance: 0.1 };
  expect((await server.api("POST", "/api/masks/similar", between)).spans).toEqual(spans);
  const saved = await sharp(await readFile(join(workspace, "outputs/mask.png")))
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  expect([...saved.subarray(0, 8)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);

  const refused = async (body: unknown) => (await server.fetch("/api/masks/similar", post(body))).json();
  expect(await refused({ source, point: [8, 0] })).toMatchObject({ error: { code: "input.point" } });
  expect(await refused({ source: { file: "../x.png" }, point: [0, 0] })).toMatchObject({
    error: { code: "file.outside-workspace" },
  });
  const plain = await server.fetch("/api/masks/strokes?name=mask", { method: "POST", body: "[]", headers });
  expect(plain.status).toBe(415);
}, 120_000);

function post(body: unknown) {
  return { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}
