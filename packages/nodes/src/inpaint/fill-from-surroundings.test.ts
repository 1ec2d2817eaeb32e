import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { differing, maskOf, noise, smooth } from "../../test/pictures.ts";
import fillFromSurroundings from "./fill-from-surroundings.ts";

const softDisc = maskOf(40, 30, (x, y) => Math.max(0, 255 - 20 * Math.round(Math.hypot(x - 20, y - 15))));
const hardDisc = maskOf(40, 30, (x, y) => (Math.hypot(x - 20, y - 15) < 8 ? 255 : 0));

async function fill(inputs: Record<string, unknown>) {
  const run = await testNode(fillFromSurroundings, { image: smooth(40, 30), mask: softDisc, ...inputs });
  return { ...run, image: run.outputs.image as ImageValue };
}

/** The colours, or the alphas, of the pixels whose mask sample satisfies the condition. */
function samplesWhere({ data, channels }: ImageValue, mask: MaskValue, wanted: (value: number) => boolean) {
  return Array.from(data).filter((_, i) => wanted(mask.data[Math.floor(i / channels)]!));
}

test.each([
  ["RGB", smooth(40, 30)],
  ["RGBA", noise(40, 30, 4)],
  ["grey", smooth(40, 30, 1)],
  ["16-bit RGB", noise(40, 30, 3, "u16")],
  ["16-bit RGBA", noise(40, 30, 4, "u16")],
])("no sample differs where the mask is 0, and format and alpha stay: %s", async (_name, source) => {
  const { image } = await fill({ image: source });
  const { data, ...format } = image;
  const { data: before, ...formatBefore } = source;
  const outside = (picture: ImageValue) => samplesWhere(picture, softDisc, (value) => value === 0);
  const alpha = (samples: typeof data) => samples.filter((_, i) => source.channels === 4 && i % 4 === 3);
  expect(format).toEqual(formatBefore);
  expect(differing(outside(image), outside(source))).toBe(0);
  expect(differing(data, before)).toBeGreaterThan(0);
  expect(differing(alpha(data), alpha(before))).toBe(0);
});

test("what was in the hole does not show", async () => {
  const source = smooth(40, 30, 1);
  const marked: ImageValue = { ...source, data: source.data.map((v, i) => (hardDisc.data[i] === 255 ? 255 : v)) };
  const { image } = await fill({ image: marked, mask: hardDisc });
  expect(Math.max(...samplesWhere(image, hardDisc, (value) => value === 255))).toBeLessThan(230);
  expect((await fill({ image: source, mask: hardDisc })).image).toEqual(image);
});

test("the same seed gives the same samples, another seed others", async () => {
  const [first, again, other] = await Promise.all(
    [1, 1, 2].map(async (seed) => (await fill({ image: noise(40, 30), mask: hardDisc, seed })).image),
  );
  expect(again).toEqual(first);
  expect(differing(first!.data, other!.data)).toBeGreaterThan(0);
});

test.each([
  ["a small picture", 40, 30],
  ["one so large that conversion and blending report as well", 3000, 2000],
])("progress rises to its total and never falls: %s", async (_size, width, height) => {
  const mask = maskOf(width, height, (x, y) => (Math.hypot(x - 20, y - 15) < 8 ? 255 : 0));
  const { progress } = await fill({ image: smooth(width, height), mask });
  const parts = progress.map(([done, total]) => done / total);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(parts.at(-1)).toBe(1);
});

test("an empty mask gives the picture itself, with a warning", async () => {
  const source = noise(8, 8);
  const { image, logs } = await fill({ image: source, mask: maskOf(8, 8, () => 0) });
  expect(image).toBe(source);
  expect(logs).toEqual(["The mask selects nothing, so the picture stays as it is."]);
});

test("a mask of everything is refused", async () => {
  await expect(fill({ mask: maskOf(40, 30, () => 1) })).rejects.toMatchObject({
    data: { code: "mask.full", input: "mask" },
  });
});

test("a mask of the same shape is scaled, one of another shape is refused", async () => {
  const { logs } = await fill({ mask: maskOf(20, 15, (x) => (x < 3 ? 255 : 0)) });
  expect(logs).toEqual(["The mask of 20 × 15 pixels was scaled to the picture's 40 × 30 pixels."]);
  await expect(fill({ mask: maskOf(20, 20, () => 255) })).rejects.toMatchObject({
    data: { code: "mask.size-mismatch" },
  });
});

test("an abort ends it with the signal's reason", async () => {
  const abort = new AbortController();
  const reason = new Error("no longer wanted");
  const mask = maskOf(700, 700, (x, y) => (Math.hypot(x - 350, y - 350) < 200 ? 255 : 0));
  const filled = testNode(fillFromSurroundings, { image: noise(700, 700), mask }, { signal: abort.signal });
  setTimeout(() => abort.abort(reason), 50);
  await expect(filled).rejects.toBe(reason);
});
