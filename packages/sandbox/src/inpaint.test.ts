import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inpaint, outputSize, to32Bits, type SandboxProfile } from "./inpaint.ts";
import type { BinaryMask, Picture } from "./picture.ts";

const WIDTH = 32;
const HEIGHT = 24;

const image: Picture = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => (at * 37 + (at >> 5) * 11) % 251),
};

function maskOf(isWhite: (x: number, y: number) => boolean): BinaryMask {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    isWhite(at % WIDTH, Math.floor(at / WIDTH)) ? 255 : 0,
  );
  return { width: WIDTH, height: HEIGHT, data, white: data.filter((value) => value === 255).length };
}

const box = maskOf((x, y) => x >= 8 && x < 18 && y >= 6 && y < 14);

/** The samples inside the box. */
function masked(data: Uint8Array): Uint8Array {
  return data.filter((_, at) => box.data[Math.floor(at / 3)] === 255);
}

async function run(profile: SandboxProfile, mask = box, seed = 1): Promise<Uint8Array> {
  const { data } = await inpaint(profile, { image, mask, seed, signal: new AbortController().signal });
  return data;
}

describe("fill", () => {
  test("changes samples outside the mask, but by one level at most", async () => {
    const filled = await run("fill");
    const off = image.data.map((value, at) =>
      box.data[Math.floor(at / 3)] === 255 ? 0 : Math.abs(filled[at]! - value),
    );
    expect(Math.max(...off)).toBe(1);
  });

  test("fills the masked part with something else", async () => {
    const filled = await run("fill");
    const before = masked(image.data);
    expect(masked(filled).filter((value, at) => value !== before[at]).length).toBeGreaterThan(80);
  });

  test("gives the same bytes for the same seed and others for another", async () => {
    const [one, again, other] = [await run("fill", box, 5), await run("fill", box, 5), await run("fill", box, 6)];
    expect(again).toEqual(one);
    expect(masked(other)).not.toEqual(masked(one));
  });

  test("of an empty mask changes nothing by more than one level", async () => {
    const filled = await run(
      "fill",
      maskOf(() => false),
    );
    expect(filled.every((value, at) => Math.abs(value - image.data[at]!) <= 1)).toBe(true);
  });

  test("of a full mask fails: there is nothing to fill from", async () => {
    await expect(
      run(
        "fill",
        maskOf(() => true),
      ),
    ).rejects.toThrow("covers the whole image");
  });
});

describe("the profiles for tests", () => {
  test("identity gives the image", async () => {
    expect(await run("identity")).toEqual(image.data);
  });

  test("tone makes every sample 3 % brighter, up to white", async () => {
    const brighter = await run("tone");
    expect(brighter.every((value, at) => value === Math.min(255, Math.round(image.data[at]! * 1.03)))).toBe(true);
  });

  test("shift moves every row one pixel to the right", async () => {
    const shifted = await run("shift");
    for (let y = 0; y < HEIGHT; y++) {
      const row = y * WIDTH * 3;
      expect(shifted.subarray(row + 3, row + WIDTH * 3)).toEqual(image.data.subarray(row, row + (WIDTH - 1) * 3));
      expect(shifted.subarray(row, row + 3)).toEqual(image.data.subarray(row, row + 3));
    }
  });
});

test("auto is the image's own size, and the presets are fixed", () => {
  expect(outputSize("auto", image)).toEqual({ width: WIDTH, height: HEIGHT });
  expect(outputSize("landscape_4_3", image)).toEqual({ width: 1024, height: 768 });
});

test("every integer makes a 32-bit seed, small ones themselves", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (seed) => {
      const folded = to32Bits(seed);
      return Number.isInteger(folded) && folded >= 0 && folded < 2 ** 32;
    }),
    { seed: 1, numRuns: 200 },
  );
  expect(to32Bits(7)).toBe(7);
  expect(to32Bits(7 + 2 ** 32)).not.toBe(7);
});
