import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { bombPng, differing, fileRef, noise, smooth, withProfile } from "../../test/pictures.ts";
import load from "./load.ts";

async function loadBytes(bytes: Uint8Array, name = "photo.png") {
  const { files } = memoryFiles({ [name]: bytes });
  const { outputs, logs } = await testNode(load, { source: fileRef(name, bytes) }, { files });
  return { image: outputs.image as ImageValue, logs };
}

const raw = ({ width, height, channels, data }: ImageValue) => sharp(data, { raw: { width, height, channels } });
const png = (image: ImageValue, space = "srgb") => raw(image).toColourspace(space).png().toBuffer();

test("an image passes through as the same object", async () => {
  const image = noise(2, 2);
  expect((await testNode(load, { source: image })).outputs.image).toBe(image);
});

test.each([
  ["grey", noise(7, 5, 1), "b-w"],
  ["RGB", noise(7, 5, 3), "srgb"],
  ["RGBA", noise(7, 5, 4), "srgb"],
  ["16-bit grey", noise(7, 5, 1, "u16"), "grey16"],
  ["16-bit RGB", noise(7, 5, 3, "u16"), "rgb16"],
  ["16-bit RGBA", noise(7, 5, 4, "u16"), "rgb16"],
])("a PNG gives its samples exactly: %s", async (_name, image, space) => {
  expect((await loadBytes(await png(image, space))).image).toEqual(image);
});

test("grey with alpha becomes RGBA", async () => {
  const data = Uint8Array.of(10, 255, 200, 128);
  const bytes = await sharp(data, { raw: { width: 2, height: 1, channels: 2 } })
    .png()
    .toBuffer();
  const { image } = await loadBytes(bytes);
  expect(image).toMatchObject({ channels: 4, depth: "u8" });
  expect([...image.data]).toEqual([10, 10, 10, 255, 200, 200, 200, 128]);
});

test("EXIF orientation is applied: 6 turns the picture clockwise", async () => {
  const source = smooth(40, 24);
  const bytes = await raw(source).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
  const { image } = await loadBytes(bytes, "photo.jpg");
  expect([image.width, image.height]).toEqual([24, 40]);
  // What stands at the left top comes to the right top.
  expect(Math.abs(image.data[23 * 3]! - source.data[0]!)).toBeLessThan(6);
});

test("the density is kept beside the pixels", async () => {
  const bytes = await raw(smooth(8, 8)).withMetadata({ density: 300 }).jpeg().toBuffer();
  expect((await loadBytes(bytes, "scan.jpg")).image.metadata).toEqual({ density: 300 });
});

test("a CMYK JPEG becomes RGB", async () => {
  const red = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#ff0000" } })
    .toColourspace("cmyk")
    .jpeg({ quality: 100 })
    .toBuffer();
  const { image } = await loadBytes(red, "print.jpg");
  expect(image.channels).toBe(3);
  expect(image.data[0]).toBeGreaterThan(200);
  expect(image.data[1]).toBeLessThan(80);
});

test.each(["u8", "u16"] as const)("an embedded Display P3 profile is converted to sRGB: %s", async (depth) => {
  const tagged = await raw(noise(1, 1)).withIccProfile("p3").png().toBuffer();
  const { icc } = await sharp(tagged).metadata();
  const scale = depth === "u8" ? 1 : 257;
  const p3 = [200, 120, 90];
  const image: ImageValue = {
    ...noise(4, 4, 3, depth),
    data: noise(4, 4, 3, depth).data.map((_, i) => p3[i % 3]! * scale),
  };
  const bytes = withProfile(await png(image, depth === "u8" ? "srgb" : "rgb16"), icc!);
  const loaded = (await loadBytes(bytes)).image;
  expect(loaded.depth).toBe(depth);
  // By the matrices of both colour spaces and their common transfer curve.
  const expected = [212.98, 115, 82.85];
  for (const [i, value] of expected.entries()) expect(Math.abs(loaded.data[i]! / scale - value)).toBeLessThan(1);
});

test("of an animation the first frame is taken, and the log says so", async () => {
  const frames = [noise(4, 4), noise(4, 4, 3, "u8", 2)].map((image) => raw(image).png().toBuffer());
  const bytes = await sharp(await Promise.all(frames), { join: { animated: true } })
    .gif()
    .toBuffer();
  const { image, logs } = await loadBytes(bytes, "moving.gif");
  expect([image.width, image.height]).toEqual([4, 4]);
  expect(logs).toEqual(["`moving.gif` holds 2 pictures; the first one is used."]);
});

test.each(["webp", "tiff", "gif", "avif"] as const)("%s is read", async (format) => {
  const { image } = await loadBytes(await raw(smooth(32, 32)).toFormat(format).toBuffer(), `photo.${format}`);
  expect([image.width, image.height]).toEqual([32, 32]);
});

test.each([
  ["an empty file", new Uint8Array(0), "image.empty", undefined],
  ["text", Buffer.from("hello\n"), "image.not-an-image", "a text file"],
  ["SVG", Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), "image.svg", "an SVG drawing"],
  ["PDF", Buffer.from("%PDF-1.7\n"), "image.not-an-image", "a PDF document"],
  ["other bytes", Uint8Array.of(0, 1, 2, 3), "image.not-an-image", "a file of another kind"],
  ["only a signature", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "image.truncated", undefined],
  ["a bomb", bombPng(30_000, 30_000), "image.too-large", "30000 × 30000 pixels (900 megapixels)"],
  ["a long strip", bombPng(20_001, 1), "image.too-large", "20001 × 1 pixels (0 megapixels)"],
])("%s is refused with its own code", async (_name, bytes, code, received) => {
  const error = await loadBytes(bytes).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ data: { code, ...(received === undefined ? {} : { received }) } });
});

test.each(["png", "jpeg", "webp"] as const)("a cut off %s is refused", async (format) => {
  const bytes = await raw(noise(64, 64)).toFormat(format).toBuffer();
  for (const part of [0.1, 0.5, 0.98]) {
    const cut = bytes.subarray(0, Math.floor(bytes.length * part));
    await expect(loadBytes(cut)).rejects.toMatchObject({ data: { code: "image.truncated" } });
  }
});

test("the name of a file does not decide its format", async () => {
  const image = noise(3, 3);
  expect(differing((await loadBytes(await png(image), "really-png.jpg")).image.data, image.data)).toBe(0);
});
