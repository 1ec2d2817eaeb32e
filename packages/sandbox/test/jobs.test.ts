import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { ALIASED_URLS } from "../src/index.ts";
import { BOX_PIXELS, boxMaskPng, dataUri, greyPng, insideBox, rgbOf, SMALL, stripedPng } from "./support/pictures.ts";
import {
  download,
  entryOf,
  finalResult,
  outputOf,
  outputUrl,
  sandboxForTest,
  submitted,
  type Json,
} from "./support/sandboxes.ts";

describe("a filled picture", () => {
  test("differs inside the mask, and by one level at most outside", async () => {
    const sandbox = await sandboxForTest({ profile: "fill" });
    const [before, after] = [await rgbOf(await stripedPng()), await rgbOf(await outputOf(sandbox, { seed: 3 }))];
    let inside = 0;
    let outside = 0;
    for (let at = 0; at < before.data.length; at++) {
      const pixel = Math.floor(at / 3);
      const difference = Math.abs(before.data[at]! - after.data[at]!);
      if (insideBox(pixel % SMALL.width, Math.floor(pixel / SMALL.width))) inside += difference;
      else outside = Math.max(outside, difference);
    }
    expect(inside).toBeGreaterThan(0);
    expect(outside).toBe(1);
  });

  test("is the same file for the same seed", async () => {
    const sandbox = await sandboxForTest({ profile: "fill" });
    const first = await outputOf(sandbox, { seed: 3 });
    expect((await outputOf(sandbox, { seed: 3 })).equals(first)).toBe(true);
    expect((await outputOf(sandbox, { seed: 4 })).equals(first)).toBe(false);
  });

  test.each([
    ["fixed", true],
    ["random", false],
  ] as const)("with seed 0 is repeatable when zero is %s: %s", async (seedZero, same) => {
    const sandbox = await sandboxForTest({ profile: "fill", seedZero });
    const first = await outputOf(sandbox, { seed: 0 });
    expect((await outputOf(sandbox, { seed: 0 })).equals(first)).toBe(same);
  });

  test("ignores the prompt", async () => {
    const sandbox = await sandboxForTest({ profile: "fill" });
    const apple = await outputOf(sandbox, { seed: 3, prompt: "an apple" });
    expect((await outputOf(sandbox, { seed: 3, prompt: "a pear" })).equals(apple)).toBe(true);
  });
});

describe("output", () => {
  test.each(["png", "jpeg", "webp"])("comes as %s when asked for", async (format) => {
    const sandbox = await sandboxForTest();
    const result = await finalResult(sandbox, await submitted(sandbox, { output_format: format }));
    const { bytes, type } = await download(outputUrl(result));
    const { format: found, width, height } = await sharp(bytes).metadata();
    expect({ type, found, width, height }).toEqual({ type: `image/${format}`, found: format, ...SMALL });
  });

  test("has a preset's size when one is asked for, image and mask cut to cover it", async () => {
    const sandbox = await sandboxForTest();
    const { width, height } = await rgbOf(await outputOf(sandbox, { image_size: "square" }));
    expect([width, height]).toEqual([512, 512]);
  });
});

describe("inputs", () => {
  test("the schema's sample URLs work without a network", async () => {
    const sandbox = await sandboxForTest();
    const [image_url, mask_image_url] = ALIASED_URLS;
    const { width, height } = await rgbOf(await outputOf(sandbox, { image_url, mask_image_url }));
    expect([width, height]).toEqual([600, 400]);
  });

  test("EXIF orientation is applied", async () => {
    const sandbox = await sandboxForTest();
    const turned = await sharp(await stripedPng())
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { width, height } = await rgbOf(await outputOf(sandbox, { image_url: dataUri(turned, "image/jpeg") }));
    expect([width, height]).toEqual([SMALL.height, SMALL.width]);
  });

  test.each([
    [127, 0],
    [128, BOX_PIXELS],
  ])("a mask of grey %i has %i pixels to repaint", async (level, white) => {
    const sandbox = await sandboxForTest();
    const mask = await boxMaskPng(SMALL, level);
    const id = await submitted(sandbox, { mask_image_url: dataUri(mask) });
    await finalResult(sandbox, id);
    expect(entryOf(sandbox, id).mask).toMatchObject({ ...SMALL, white_pixels: white });
  });

  test("a mask of another aspect is cut in the middle: its edges do not count", async () => {
    const sandbox = await sandboxForTest({ profile: "fill" });
    const edges = await greyPng({ width: 64, height: 24 }, (x) => (x < 12 || x >= 52 ? 255 : 0));
    const after = await rgbOf(await outputOf(sandbox, { mask_image_url: dataUri(edges) }));
    const before = await rgbOf(await stripedPng());
    expect(after.data.every((value, at) => Math.abs(value - before.data[at]!) <= 1)).toBe(true);
  });
});

describe("a job fails with a reason", () => {
  const failures: readonly [string, () => Promise<Json> | Json, RegExp][] = [
    [
      "image is not an image",
      () => ({ image_url: dataUri(Buffer.from("hello")) }),
      /^image_url is not a readable image$/,
    ],
    ["mask is empty", () => ({ mask_image_url: "data:image/png;base64," }), /^mask_image_url is not a readable image$/],
    [
      "server cannot be reached",
      () => ({ image_url: "http://127.0.0.1:9/a?key=s3cret" }),
      /^image_url cannot be fetched from http:\/\/127\.0\.0\.1:9\/a\?… \(/,
    ],
    ["URL is a file", () => ({ image_url: "file:///etc/hostname" }), /^image_url must be an http\(s\) URL/],
    [
      "image is truncated",
      async () => ({ image_url: dataUri((await stripedPng()).subarray(0, 120)) }),
      /^image_url is not a readable image$/,
    ],
    [
      "image is too large",
      async () => ({ image_url: dataUri(await blankPng(8000, 4001)) }),
      /^image_url is larger than 32 megapixels$/,
    ],
  ];

  test.each(failures)("when the %s", async (_, input, reason) => {
    const sandbox = await sandboxForTest();
    const result = await finalResult(sandbox, await submitted(sandbox, await input()));
    expect(result["status"]).toBe("failed");
    expect(result["error"]).toMatch(reason);
    expect(result).not.toHaveProperty("output");
  });

  test("when the mask covers everything", async () => {
    const sandbox = await sandboxForTest({ profile: "fill" });
    const mask_image_url = dataUri(await greyPng(SMALL, () => 255));
    const result = await finalResult(sandbox, await submitted(sandbox, { mask_image_url }));
    expect(result).toMatchObject({ status: "failed", error: expect.stringContaining("covers the whole image") });
  });
});

async function blankPng(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "black" } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
