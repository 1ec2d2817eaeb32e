import { fileURLToPath } from "node:url";
import { fill, type FillRequest } from "@inlay/patchmatch";
import sharp from "sharp";
import { expect, test } from "vitest";

type Picture = Omit<FillRequest, "mask" | "seed">;

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a photograph of an example. */
async function photograph(path: string, part: Rectangle): Promise<Picture> {
  const file = fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url));
  const { data, info } = await sharp(file).removeAlpha().extract(part).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

/** A wall of bricks whose tones differ, with grain: no two are the same. */
function brickWall(width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const row = Math.floor(y / 16);
    const along = x + (row % 2) * 16;
    const isMortar = y % 16 < 3 || along % 32 < 3;
    const tone = (scatter(Math.floor(along / 32), row) % 24) - 12;
    const grain = (scatter(x + 1000, y + 7) % 13) - 6;
    const colour = isMortar ? [186, 182, 172] : [150 + tone, 72 + tone / 2, 54 + tone / 2];
    data.set(
      colour.map((sample) => Math.round(sample + grain)),
      at * 3,
    );
  }
  return { width, height, channels: 3, data };
}

function scatter(x: number, y: number): number {
  const mixed = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263);
  return (Math.imul(mixed ^ (mixed >>> 13), 1_274_126_177) >>> 0) >>> 24;
}

function maskOf({ width, height }: Picture, hole: Rectangle): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) - hole.left, Math.floor(at / width) - hole.top];
    return x >= 0 && x < hole.width && y >= 0 && y < hole.height ? 255 : 0;
  });
}

/** What heat would do: every pixel of the hole becomes the mean of its neighbours, by 500 rounds of over-relaxation. */
function diffusionFill({ width, height, channels, data, mask }: FillRequest): Uint8Array {
  const values = Float64Array.from(data, (sample, i) => (isHole(mask, Math.floor(i / channels)) ? 128 : sample));
  const steps = [-1, 1, -width, width];
  for (let round = 0; round < 500; round++) {
    for (let at = width; at < width * (height - 1); at++) {
      if (!isHole(mask, at)) continue;
      for (let i = at * channels; i < (at + 1) * channels; i++) {
        const mean = steps.reduce((sum, step) => sum + values[i + step * channels]!, 0) / 4;
        values[i] = values[i]! + 1.8 * (mean - values[i]!);
      }
    }
  }
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value))));
}

/** The peak signal-to-noise ratio within the hole, in decibels. */
function psnrInHole({ data, mask, channels }: FillRequest, filled: Uint8Array): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (!isHole(mask, Math.floor(i / channels))) continue;
    sum += (filled[i]! - data[i]!) ** 2;
    count += 1;
  }
  return 10 * Math.log10((255 * 255 * count) / sum);
}

function isHole(mask: Uint8Array, at: number): boolean {
  return mask[at]! >= 128;
}

/**
 * The holes cross what surrounds them, so that there is something to continue: courses of bricks, an edge, an outline. In
 * mere grain nothing can be right by more than chance, and the blur of a diffusion always has the smaller error.
 */
const scenes: readonly (readonly [name: string, picture: () => Promise<Picture> | Picture, hole: Rectangle])[] = [
  ["a brick wall", () => brickWall(192, 160), { left: 70, top: 50, width: 56, height: 56 }],
  [
    "the wood of the table, with its edge",
    () => photograph("remove-spoon/coffee.png", { left: 0, top: 0, width: 190, height: 128 }),
    { left: 20, top: 20, width: 70, height: 50 },
  ],
  [
    "the fur of the cat's chest, with its whiskers",
    () => photograph("own-node/chelsea.png", { left: 0, top: 170, width: 130, height: 130 }),
    { left: 20, top: 40, width: 50, height: 40 },
  ],
];

test.each(scenes)("%s is continued, at least one decibel better than by diffusion", async (_name, picture, hole) => {
  const given = await picture();
  const request = { ...given, mask: maskOf(given, hole), seed: 1 };
  const filled = psnrInHole(request, await fill(request));
  expect(filled).toBeGreaterThan(psnrInHole(request, diffusionFill(request)) + 1);
});
