import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { memoryArtifacts } from "../../test/memory-files.ts";
import { noise, smooth } from "../../test/pictures.ts";
import preview from "./preview.ts";

async function shown(image: unknown, inputs: Record<string, unknown> = {}) {
  const { artifacts, stored } = memoryArtifacts();
  const result = await testNode(preview, { image, ...inputs }, { artifacts });
  const bytes = stored.get(result.published[0]!.sha256)!;
  return { ...result, bytes, header: await sharp(bytes).metadata() };
}

test("a small JPEG is published, and the picture passes through", async () => {
  const image = smooth(1200, 600);
  const { outputs, published, bytes, header } = await shown(image);
  expect(outputs.image).toBe(image);
  expect(header).toMatchObject({ format: "jpeg", width: 512, height: 256 });
  expect(published).toEqual([
    { role: "preview", sha256: published[0]!.sha256, size: bytes.length, mime: "image/jpeg" },
  ]);
});

test("a picture that is small enough keeps its size", async () => {
  expect((await shown(noise(30, 20, 4, "u16"))).header).toMatchObject({ width: 30, height: 20 });
});

test("a very long picture keeps at least one pixel of its short side", async () => {
  expect((await shown(noise(4000, 1, 1), { max_size: 100 })).header).toMatchObject({ width: 100, height: 1 });
});
