import fc from "fast-check";
import { expect, test } from "vitest";
import { fill } from "./fill.ts";
import type { FillRequest } from "./fill-request.ts";

type Paint = (x: number, y: number) => readonly number[];
type Inside = (x: number, y: number) => boolean;

function request(width: number, height: number, paint: Paint, masked: Inside, seed = 1): FillRequest {
  const pixels = Array.from({ length: width * height }, (_, at) => [at % width, Math.floor(at / width)] as const);
  const colours = pixels.map(([x, y]) => paint(x, y));
  return {
    width,
    height,
    channels: (colours[0]?.length ?? 1) as 1 | 3 | 4,
    data: Uint8Array.from(colours.flat()),
    mask: Uint8Array.from(pixels, ([x, y]) => (masked(x, y) ? 255 : 0)),
    seed,
  };
}

/** A pattern without a period. */
const noise: Paint = (x, y) => [(x * x * 31 + y * y * 57 + x * y * 13) % 256];
const bricks: Paint = (x, y) => {
  const row = Math.floor(y / 8);
  const mortar = y % 8 < 2 || (x + (row % 2) * 8) % 16 < 2;
  return mortar ? [190, 190, 180] : [150 + (row % 3) * 8, 60, 40];
};
const stripes: Paint = (x, y) => ((x + y) % 10 < 5 ? [230] : [40]);
const square =
  (from: number, to: number): Inside =>
  (x, y) =>
    x >= from && x < to && y >= from && y < to;

const code = (expected: string) => expect.objectContaining({ data: expect.objectContaining({ code: expected }) });

test("outside the mask every byte equals the source, at every size, number of channels and place of the hole", async () => {
  const images = fc
    .record({
      width: fc.integer({ min: 1, max: 33 }),
      height: fc.integer({ min: 1, max: 33 }),
      channels: fc.constantFrom(1, 3, 4),
    })
    .chain(({ width, height, channels }) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        channels: fc.constant(channels as 1 | 3 | 4),
        data: fc.uint8Array({ minLength: width * height * channels, maxLength: width * height * channels }),
        mask: fc.tuple(fc.nat(width), fc.nat(width), fc.nat(height), fc.nat(height)).map(([a, b, c, d]) =>
          Uint8Array.from({ length: width * height }, (_, at) => {
            const [x, y] = [at % width, Math.floor(at / width)];
            const inside = x >= Math.min(a, b) && x < Math.max(a, b) && y >= Math.min(c, d) && y < Math.max(c, d);
            return inside ? 128 : 127;
          }),
        ),
        seed: fc.integer(),
      }),
    );
  await fc.assert(
    fc.asyncProperty(images, async (image) => {
      fc.pre(image.mask.includes(127));
      const copy = { data: image.data.slice(), mask: image.mask.slice() };
      const result = await fill(image);
      const kept = (samples: Uint8Array) => samples.filter((_, i) => image.mask[Math.floor(i / image.channels)]! < 128);
      expect(kept(result)).toEqual(kept(image.data));
      expect({ data: image.data, mask: image.mask }).toEqual(copy);
    }),
    { seed: 1, numRuns: 120 },
  );
});

test("the same seed gives the same bytes and another seed others", async () => {
  const first = await fill(request(64, 48, noise, square(20, 34), 7));
  expect(await fill(request(64, 48, noise, square(20, 34), 7))).toEqual(first);
  expect(await fill(request(64, 48, noise, square(20, 34), 8))).not.toEqual(first);
});

test("an empty mask gives a copy", async () => {
  const image = request(9, 9, noise, () => false);
  const result = await fill(image);
  expect(result).toEqual(image.data);
  expect(result).not.toBe(image.data);
});

test("a full mask is refused, because nothing is left to copy from", async () => {
  await expect(fill(request(9, 9, noise, () => true))).rejects.toEqual(code("fill.no-source"));
});

test("one known pixel fills the rest with its colour", async () => {
  const image = request(
    5,
    4,
    (x, y) => (x === 2 && y === 1 ? [10, 20, 30, 40] : [0, 0, 0, 0]),
    (x, y) => x !== 2 || y !== 1,
  );
  expect([...(await fill(image))]).toEqual(Array.from({ length: 20 }, () => [10, 20, 30, 40]).flat());
});

test("a flat surrounding gives a flat fill in all four channels", async () => {
  const image = request(
    70,
    50,
    (x, y) => (square(10, 40)(x, y) ? [255, 0, 255, 0] : [90, 80, 70, 200]),
    square(10, 40),
  );
  const result = await fill(image);
  expect(result).toEqual(
    request(
      70,
      50,
      () => [90, 80, 70, 200],
      () => false,
    ).data,
  );
});

test("sizes that do not agree and a seed that is no number are refused", async () => {
  const image = request(4, 4, noise, square(0, 2));
  await expect(fill({ ...image, width: 5 })).rejects.toEqual(code("fill.bad-request"));
  await expect(fill({ ...image, mask: new Uint8Array(3) })).rejects.toEqual(code("fill.bad-request"));
  await expect(fill({ ...image, seed: Number.NaN })).rejects.toEqual(code("fill.bad-request"));
});

test("progress rises to a total that never changes", async () => {
  const reports: [number, number][] = [];
  await fill(request(96, 96, bricks, square(30, 60)), { onProgress: (done, total) => reports.push([done, total]) });
  const [done, total] = [reports.map(([n]) => n), new Set(reports.map(([, n]) => n))];
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(total.size).toBe(1);
  expect(done.at(-1)).toBe([...total][0]);
});

test("a fill stops at the step at which its caller asks it to", async () => {
  let steps = 0;
  const stopped = fill(request(96, 96, bricks, square(30, 60)), { shouldStop: () => ++steps === 5 });
  await expect(stopped).rejects.toEqual(code("fill.stopped"));
  expect(steps).toBe(5);
});

test("other work on the thread goes on between the steps", async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  const yieldNow = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
  await fill(request(96, 96, bricks, square(30, 60)), { yieldNow });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});

test.each([
  ["bricks", bricks],
  ["stripes", stripes],
])("%s are continued better than by diffusion, by 1 dB and more", async (_, paint) => {
  const image = request(96, 96, paint, square(32, 62));
  const ours = noiseRatio(image, await fill(withoutHole(image)));
  const diffused = noiseRatio(image, diffuse(withoutHole(image)));
  expect(ours).toBeGreaterThan(diffused + 1);
});

/** What is under the mask must not help. */
function withoutHole(image: FillRequest): FillRequest {
  return {
    ...image,
    data: image.data.map((sample, i) => (image.mask[Math.floor(i / image.channels)]! >= 128 ? 0 : sample)),
  };
}

/** Peak signal-to-noise ratio in the hole, dB. */
function noiseRatio({ data, mask, channels }: FillRequest, filled: Uint8Array): number {
  let sum = 0;
  let count = 0;
  filled.forEach((sample, i) => {
    if (mask[Math.floor(i / channels)]! < 128) return;
    sum += (sample - data[i]!) ** 2;
    count += 1;
  });
  return 10 * Math.log10((255 * 255 * count) / Math.max(1, sum));
}

/** The usual simple way: every pixel of the hole becomes the mean of its neighbours until nothing moves. */
function diffuse({ width, channels, data, mask }: FillRequest): Uint8Array {
  const values = Float64Array.from(data);
  const inside = [...values.keys()].filter((i) => mask[Math.floor(i / channels)]! >= 128);
  for (let round = 0; round < 1000; round++) {
    for (const i of inside) {
      const row = width * channels;
      values[i] = (values[i - channels]! + values[i + channels]! + values[i - row]! + values[i + row]!) / 4;
    }
  }
  return Uint8Array.from(values, Math.round);
}
