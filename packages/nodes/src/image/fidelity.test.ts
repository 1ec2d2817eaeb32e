import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { fileRef, maskOf, noise, smooth } from "../../test/pictures.ts";
import { readPng, writePng, type PngFile } from "../../test/png.ts";
import composite from "./composite.ts";
import crop from "./crop.ts";
import load from "./load.ts";
import save from "./save.ts";

async function loaded(bytes: Uint8Array) {
  const { files } = memoryFiles({ file: bytes });
  const { outputs, logs } = await testNode(load, { source: fileRef("file", bytes) }, { files });
  return { image: outputs.image as ImageValue, logs };
}

async function saved(image: ImageValue, inputs: Record<string, unknown> = {}): Promise<Uint8Array> {
  const { files, stored } = memoryFiles();
  await testNode(save, { image, ...inputs }, { files });
  return [...stored.values()][0]!;
}

const png = (colourType: number, samples: readonly number[], rest: Partial<PngFile> = {}): PngFile => ({
  width: 5,
  height: 4,
  bits: 16,
  colourType,
  samples,
  chunks: {},
  ...rest,
});
const samplesOf = (channels: 1 | 3 | 4, depth: "u8" | "u16" = "u16") => [...noise(5, 4, channels, depth).data];

test.each([
  ["grey", 0, 1],
  ["RGB", 2, 3],
  ["RGBA", 6, 4],
] as const)(
  "a 16-bit PNG keeps every sample outside the mask through load, composite and save: %s",
  async (_name, colourType, channels) => {
    const source = png(colourType, samplesOf(channels));
    const { image } = await loaded(writePng(source));
    const mask = maskOf(5, 4, (x) => (x === 2 ? 255 : 0));
    const foreground = noise(5, 4, 3, "u16", 9);
    const { outputs } = await testNode(composite, { background: image, foreground, mask });
    const result = readPng(await saved(outputs.image as ImageValue));
    expect(result).toMatchObject({ width: 5, height: 4, bits: 16, colourType });
    const isOutside = (i: number) => Math.floor(i / channels) % 5 !== 2;
    const outside = ({ samples }: PngFile) => samples.filter((_, i) => isOutside(i));
    expect(outside(result)).toEqual(outside(source));
    expect(result.samples).not.toEqual(source.samples);
  },
);

test.each([
  ["8-bit grey", png(0, samplesOf(1, "u8"), { bits: 8 })],
  ["16-bit grey", png(0, samplesOf(1))],
  ["8-bit RGB", png(2, samplesOf(3, "u8"), { bits: 8 })],
  ["16-bit RGBA", png(6, samplesOf(4))],
])("what is loaded and saved is the same file to an independent reader: %s", async (_name, file) => {
  const { image } = await loaded(writePng(file));
  const { chunks: _, ...rest } = readPng(await saved(image));
  expect(rest).toEqual({ ...file, chunks: undefined });
});

test("grey of 16 bits with alpha becomes RGBA of 16 bits", async () => {
  const file = png(4, [1000, 65_535, 50_001, 300], { width: 2, height: 1 });
  const { image } = await loaded(writePng(file));
  expect([image.depth, ...image.data]).toEqual(["u16", 1000, 1000, 1000, 65_535, 50_001, 50_001, 50_001, 300]);
});

test("a PNG of one bit is grey", async () => {
  const file = png(0, [0b1010_0000], { width: 4, height: 1, bits: 1 });
  const { image } = await loaded(writePng(file));
  expect([image.channels, ...image.data]).toEqual([1, 255, 0, 255, 0]);
});

test("a palette with transparency becomes RGBA", async () => {
  const chunks = { PLTE: Uint8Array.of(10, 20, 30, 40, 50, 60), tRNS: Uint8Array.of(255, 7) };
  const file = png(3, [1, 0], { width: 2, height: 1, bits: 8, chunks });
  const { image } = await loaded(writePng(file));
  expect([image.channels, ...image.data]).toEqual([4, 40, 50, 60, 7, 10, 20, 30, 255]);
});

test("the density of the source file is written again, and changes no sample", async () => {
  // 11,811 pixels a metre are 300 an inch.
  const pHYs = Buffer.alloc(9);
  pHYs.writeUInt32BE(11_811, 0);
  pHYs.writeUInt32BE(11_811, 4);
  pHYs[8] = 1;
  const file = png(2, samplesOf(3), { chunks: { pHYs } });
  const { image } = await loaded(writePng(file));
  expect(image.metadata).toEqual({ density: 300 });
  const result = readPng(await saved(image));
  expect(result.samples).toEqual(file.samples);
  expect(Buffer.from(result.chunks.pHYs!)).toEqual(pHYs);
});

test.each(["jpeg", "webp", "avif"])("a density changes no sample of %s", async (format) => {
  const image = smooth(32, 32);
  const samples = async (density: number | undefined) => {
    const bytes = await saved(density === undefined ? image : { ...image, metadata: { density } }, { format });
    return sharp(bytes).raw().toBuffer();
  };
  expect(await samples(300)).toEqual(await samples(undefined));
});

test("a grey JPEG stays grey", async () => {
  const { data } = smooth(16, 16, 1);
  const bytes = await sharp(data, { raw: { width: 16, height: 16, channels: 1 } })
    .toColourspace("b-w")
    .jpeg({ quality: 100 })
    .toBuffer();
  const { image } = await loaded(bytes);
  expect(image.channels).toBe(1);
  for (const [i, sample] of image.data.entries()) expect(Math.abs(sample - data[i]!)).toBeLessThanOrEqual(2);
  expect(readPng(await saved(image)).colourType).toBe(0);
});

test.each([
  ["white", "#ffffff"],
  ["black", "#000000"],
  ["grey", "#808080"],
])("a CMYK JPEG shows the colour that was printed: %s", async (_name, background) => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .toColourspace("cmyk")
    .jpeg({ quality: 100 })
    .toBuffer();
  expect((await sharp(bytes).metadata()).space).toBe("cmyk");
  const { image } = await loaded(bytes);
  const expected = Number.parseInt(background.slice(1, 3), 16);
  expect(image.channels).toBe(3);
  // Black ink is not quite black.
  for (const sample of image.data) expect(Math.abs(sample - expected)).toBeLessThan(40);
});

test("of an animated WebP the first frame is taken exactly, and the log says so", async () => {
  const frames = [noise(8, 8), noise(8, 8, 3, "u8", 2)].map(({ data }) =>
    sharp(data, { raw: { width: 8, height: 8, channels: 3 } })
      .png()
      .toBuffer(),
  );
  const bytes = await sharp(await Promise.all(frames), { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer();
  const { image, logs } = await loaded(bytes);
  expect([image.width, image.height, ...image.data]).toEqual([8, 8, ...noise(8, 8).data]);
  expect(logs).toEqual(["`file` holds 2 pictures; the first one is used."]);
});

test.each([
  [1, 3, [1, 2, 3, 4, 5, 6]],
  [2, 3, [3, 2, 1, 6, 5, 4]],
  [3, 3, [6, 5, 4, 3, 2, 1]],
  [4, 3, [4, 5, 6, 1, 2, 3]],
  [5, 2, [1, 4, 2, 5, 3, 6]],
  [6, 2, [4, 1, 5, 2, 6, 3]],
  [7, 2, [6, 3, 5, 2, 4, 1]],
  [8, 2, [3, 6, 2, 5, 1, 4]],
])("EXIF orientation %i comes out upright, sample by sample", async (orientation, width, samples) => {
  const bytes = await sharp(Uint8Array.of(1, 2, 3, 4, 5, 6), { raw: { width: 3, height: 2, channels: 1 } })
    .toColourspace("b-w")
    .withMetadata({ orientation })
    .tiff({ compression: "none" })
    .toBuffer();
  const { image } = await loaded(bytes);
  // sharp writes a TIFF with a profile as RGB: three equal samples a pixel.
  expect([image.width, ...image.data.filter((_, i) => i % 3 === 0)]).toEqual([width, ...samples]);
});

test("a 16-bit TIFF gives its samples exactly", async () => {
  const source = noise(6, 5, 3, "u16");
  const bytes = await sharp(source.data, { raw: { width: 6, height: 5, channels: 3 } })
    .toColourspace("rgb16")
    .tiff({ compression: "lzw" })
    .toBuffer();
  expect((await loaded(bytes)).image).toMatchObject({ depth: "u16", data: source.data });
});

test("AVIF is written and read, with alpha", async () => {
  const source: ImageValue = { ...smooth(32, 32, 4), metadata: { density: 300 } };
  const bytes = await saved(source, { format: "avif", quality: 95 });
  const { image } = await loaded(bytes);
  expect(image.channels).toBe(4);
  for (const [i, sample] of image.data.entries()) expect(Math.abs(sample - source.data[i]!)).toBeLessThan(8);
});

test.each([
  ["webp", 16_384],
  ["avif", 16_385],
])("a picture longer than %s can be is refused", async (format, width) => {
  await expect(saved(noise(width, 1, 1), { format })).rejects.toMatchObject({ data: { code: "image.too-large" } });
});

test("of an animated GIF the first frame is taken exactly, and the log says so", async () => {
  const plain = (level: number) =>
    sharp({ create: { width: 4, height: 4, channels: 3, background: { r: level, g: 0, b: 0 } } });
  const frames = await Promise.all([200, 40].map((level) => plain(level).png().toBuffer()));
  const bytes = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  const { image, logs } = await loaded(bytes);
  expect([image.width, image.height]).toEqual([4, 4]);
  expect([...image.data.subarray(0, 3)]).toEqual([200, 0, 0]);
  expect(logs).toEqual(["`file` holds 2 pictures; the first one is used."]);
});

test("a palette without transparency becomes RGB", async () => {
  const chunks = { PLTE: Uint8Array.of(10, 20, 30, 40, 50, 60) };
  const file = png(3, [1, 0, 1], { width: 3, height: 1, bits: 8, chunks });
  const { image } = await loaded(writePng(file));
  expect([image.channels, ...image.data]).toEqual([3, 40, 50, 60, 10, 20, 30, 40, 50, 60]);
});

test("a lossless WebP gives its samples exactly, with alpha", async () => {
  const source = noise(6, 5, 4);
  const bytes = await sharp(source.data, { raw: { width: 6, height: 5, channels: 4 } })
    .webp({ lossless: true, exact: true })
    .toBuffer();
  expect((await loaded(bytes)).image).toMatchObject({ channels: 4, data: source.data });
});

/** The levels of the four quarters of a picture, by rows. */
function quarters({ width, height, channels, data }: ImageValue): number[] {
  const at = (x: number, y: number) => data[(Math.floor(y * height) * width + Math.floor(x * width)) * channels]!;
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

test.each([
  [1, [0, 80, 160, 240]],
  [2, [80, 0, 240, 160]],
  [3, [240, 160, 80, 0]],
  [4, [160, 240, 0, 80]],
  [5, [0, 160, 80, 240]],
  [6, [160, 0, 240, 80]],
  [7, [240, 80, 160, 0]],
  [8, [80, 240, 0, 160]],
])("a JPEG of orientation %i comes out upright, and its copy says nothing of it", async (orientation, levels) => {
  const data = Uint8Array.from({ length: 32 * 16 }, (_, i) => (i % 32 < 16 ? 0 : 80) + (i < 256 ? 0 : 160));
  const bytes = await sharp(data, { raw: { width: 32, height: 16, channels: 1 } })
    .toColourspace("b-w")
    .withMetadata({ orientation })
    .jpeg({ quality: 100 })
    .toBuffer();
  const { image } = await loaded(bytes);
  expect([image.width, image.height]).toEqual(orientation < 5 ? [32, 16] : [16, 32]);
  quarters(image).forEach((level, i) => expect(Math.abs(level - levels[i]!)).toBeLessThanOrEqual(2));
  expect((await sharp(await saved(image, { format: "jpeg" })).metadata()).orientation).toBeUndefined();
});

test("16-bit grey keeps every sample through load, crop and save", async () => {
  const source = png(0, samplesOf(1));
  const { image } = await loaded(writePng(source));
  const { outputs } = await testNode(crop, { image, x: 1, y: 1, width: 3, height: 2 });
  const result = readPng(await saved(outputs.image as ImageValue));
  const inside = source.samples.filter((_, i) => i % 5 >= 1 && i % 5 < 4 && i >= 5 && i < 15);
  expect(result).toMatchObject({ width: 3, height: 2, bits: 16, colourType: 0, samples: inside });
});
