import sharp from "sharp";
import { expect, test } from "vitest";
import { imageSizeOf } from "./image-size.ts";

const image = sharp({ create: { width: 301, height: 17, channels: 4, background: { r: 9, g: 8, b: 7, alpha: 0.5 } } });

const encoders = {
  "a PNG": () => image.clone().png(),
  "a JPEG": () => image.clone().jpeg(),
  "a progressive JPEG with metadata": () => image.clone().withMetadata({ density: 300 }).jpeg({ progressive: true }),
  "a lossy WebP": () => image.clone().removeAlpha().webp(),
  "a lossy WebP with alpha": () => image.clone().webp(),
  "a lossless WebP": () => image.clone().webp({ lossless: true }),
};

for (const [name, encode] of Object.entries(encoders)) {
  test(`reads the size of ${name}, and of no part that is too short`, async () => {
    const bytes = await encode().toBuffer();
    expect(imageSizeOf(bytes)).toEqual({ width: 301, height: 17 });
    for (let length = 0; length < 21; length += 1) expect(imageSizeOf(bytes.subarray(0, length))).toBeUndefined();
  });
}

test("has no size for what is no image, and for a JPEG without a frame", () => {
  expect(imageSizeOf(Buffer.from("GIF89a"))).toBeUndefined();
  expect(imageSizeOf(Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 0, 0, 0, 0]))).toBeUndefined();
  expect(imageSizeOf(Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xff]))).toBeUndefined();
});
