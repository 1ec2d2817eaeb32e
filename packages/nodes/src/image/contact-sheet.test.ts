import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import contactSheet from "./contact-sheet.ts";

const plain = (width: number, height: number, pixel: readonly number[], channels: 1 | 3 | 4 = 3): ImageValue => ({
  ...noise(width, height, channels),
  data: Uint8Array.from({ length: width * height * channels }, (_, i) => pixel[i % channels]!),
});
const red = plain(8, 8, [255, 0, 0]);
const blue = plain(8, 8, [0, 0, 255]);

async function sheetOf(images: readonly ImageValue[], inputs: Record<string, unknown> = {}) {
  const cells = { cell_width: 8, cell_height: 8, gap: 2 };
  const { outputs } = await testNode(contactSheet, { images, ...cells, ...inputs });
  const image = outputs.image as ImageValue;
  const at = (x: number, y: number) => {
    const start = (y * image.width + x) * image.channels;
    return [...image.data.subarray(start, start + image.channels)];
  };
  return { image, at };
}

test("pictures stand in rows, with the gap between them and around", async () => {
  const { image, at } = await sheetOf([red, blue, red], { columns: 2 });
  expect([image.width, image.height, image.channels]).toEqual([22, 22, 3]);
  expect(at(2, 2)).toEqual([255, 0, 0]);
  expect(at(9, 9)).toEqual([255, 0, 0]);
  expect(at(12, 2)).toEqual([0, 0, 255]);
  expect(at(2, 12)).toEqual([255, 0, 0]);
  for (const [x, y] of [
    [0, 0],
    [10, 2],
    [2, 10],
    [12, 12],
    [21, 21],
  ] as const)
    expect(at(x, y)).toEqual([255, 255, 255]);
});

test("a picture of the cell's size keeps its samples exactly", async () => {
  const source = noise(8, 8);
  const { image } = await sheetOf([source], { gap: 0 });
  expect(image.data).toEqual(source.data);
});

test.each([
  [1, [12, 12]],
  [4, [22, 22]],
  [5, [22, 32]],
  [9, [32, 32]],
])("without columns the sheet of %i is about square", async (count, size) => {
  const { image } = await sheetOf(Array.from({ length: count }, () => red));
  expect([image.width, image.height]).toEqual(size);
});

test("a picture of another shape stands in the middle of its cell, or fills it", async () => {
  const wide = plain(16, 8, [0, 200, 0]);
  const contained = await sheetOf([wide], { gap: 0 });
  expect([contained.at(0, 1), contained.at(0, 2), contained.at(7, 5), contained.at(7, 6)]).toEqual([
    [255, 255, 255],
    [0, 200, 0],
    [0, 200, 0],
    [255, 255, 255],
  ]);
  const covered = await sheetOf([wide], { gap: 0, fit: "cover" });
  expect([covered.at(0, 0), covered.at(7, 7)]).toEqual([
    [0, 200, 0],
    [0, 200, 0],
  ]);
});

test("grey, 16-bit and transparent pictures stand beside each other in 8-bit colour", async () => {
  const grey = plain(8, 8, [100], 1);
  const deep: ImageValue = { ...noise(8, 8, 3, "u16"), data: new Uint16Array(192).fill(257 * 70) };
  const clear = plain(8, 8, [0, 0, 0, 0], 4);
  const { image, at } = await sheetOf([grey, deep, clear], { columns: 3, gap: 0, background: "#336699" });
  expect([image.channels, image.depth]).toEqual([3, "u8"]);
  expect([at(0, 0), at(8, 0), at(16, 0)]).toEqual([
    [100, 100, 100],
    [70, 70, 70],
    [0x33, 0x66, 0x99],
  ]);
});

test("a transparent background gives the sheet transparency", async () => {
  const { image, at } = await sheetOf([red], { background: "#00000000" });
  expect(image.channels).toBe(4);
  expect([at(0, 0), at(2, 2)]).toEqual([
    [0, 0, 0, 0],
    [255, 0, 0, 255],
  ]);
});

test("labels stand below their pictures, in the same dots everywhere", async () => {
  const { image, at } = await sheetOf([red, blue], { columns: 2, labels: ["I", 1], label_scale: 1 });
  expect([image.width, image.height]).toEqual([22, 2 + 8 + 4 + 7 + 2]);
  const row = (y: number) => Array.from({ length: 5 }, (_, i) => (at(3 + i, y)[0] === 0 ? "#" : ".")).join("");
  expect([14, 15, 16, 17, 18, 19, 20].map(row)).toEqual([
    ".###.",
    "..#..",
    "..#..",
    "..#..",
    "..#..",
    "..#..",
    ".###.",
  ]);
});

test("a label that is too long is cut off within its cell", async () => {
  const { image, at } = await sheetOf([plain(40, 8, [255, 0, 0])], {
    cell_width: 40,
    gap: 2,
    labels: ["a very long label"],
    label_scale: 1,
  });
  for (let y = 12; y < image.height; y++) expect([at(0, y), at(43, y)]).toEqual(Array(2).fill([255, 255, 255]));
});

test("as many labels as pictures are needed", async () => {
  await expect(sheetOf([red], { labels: [] })).rejects.toMatchObject({
    data: { code: "list.length", input: "labels" },
  });
});

test("a sheet larger than a picture may be is refused", async () => {
  const images = Array.from({ length: 100 }, () => red);
  await expect(sheetOf(images, { cell_width: 4096, cell_height: 4096 })).rejects.toMatchObject({
    data: { code: "image.too-large" },
  });
});
