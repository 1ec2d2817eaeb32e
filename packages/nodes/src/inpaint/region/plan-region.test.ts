import fc from "fast-check";
import { expect, test } from "vitest";
import { differing, noise } from "../../../test/pictures.ts";
import { cutRegion } from "./cut-region.ts";
import { layRegion } from "./lay-region.ts";
import { insideOf, padBounds, planRegion, regionScalings } from "./plan-region.ts";

const pace = { progress: () => undefined, signal: new AbortController().signal, yieldNow: () => Promise.resolve() };

const side = fc.integer({ min: 1, max: 150 });
const requests = fc
  .record({
    picture: fc.record({ width: side, height: side }),
    from: fc.tuple(fc.nat(), fc.nat()),
    extent: fc.tuple(fc.nat(), fc.nat()),
    size: fc.integer({ min: 8, max: 128 }),
    multiple: fc.constantFrom(1, 2, 8, 16, 20),
    scaling: fc.constantFrom(...regionScalings),
    widen: fc.boolean(),
  })
  .map(({ from, extent, ...request }) => {
    const { width, height } = request.picture;
    const [x, y] = [from[0] % width, from[1] % height];
    const wanted = { x, y, width: 1 + (extent[0] % (width - x)), height: 1 + (extent[1] % (height - y)) };
    return { ...request, wanted };
  });

test("a region holds what is wanted, in multiples, undistorted, and inside the picture when there is room", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const region = planRegion(request);
      const { wanted, picture, multiple } = request;
      expect(region.x).toBeLessThanOrEqual(wanted.x);
      expect(region.y).toBeLessThanOrEqual(wanted.y);
      expect(region.x + region.width).toBeGreaterThanOrEqual(wanted.x + wanted.width);
      expect(region.y + region.height).toBeGreaterThanOrEqual(wanted.y + wanted.height);
      expect([region.scaled_width % multiple, region.scaled_height % multiple]).toEqual([0, 0]);
      const scale = region.scaled_width / region.width;
      expect(Math.abs(region.height * scale - region.scaled_height)).toBeLessThanOrEqual(
        scale * (1 + region.height / region.width),
      );
      if (region.width <= picture.width) expect(region.x).toBeGreaterThanOrEqual(0);
      if (region.width <= picture.width) expect(region.x + region.width).toBeLessThanOrEqual(picture.width);
      if (region.width > picture.width) expect(region.width - picture.width).toBeLessThan(multiple / scale + 1);
      expect(insideOf(region).width).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

test("what is cut and laid back unchanged is the picture, bit for bit, at scale 1", async () => {
  const format = fc.constantFrom(["u8", 3], ["u8", 4], ["u16", 3], ["u16", 1], ["f32", 4] as const);
  await fc.assert(
    fc.asyncProperty(requests, format, async (request, [depth, channels]) => {
      const { width, height } = request.picture;
      const image = noise(width, height, channels as 3, depth as "u8");
      const region = planRegion({ ...request, scaling: "never" });
      const patch = await cutRegion(image, region, pace);
      expect(patch).toMatchObject({ width: region.scaled_width, height: region.scaled_height });
      const { data, ...format } = await layRegion({ image, patch, region }, pace);
      expect({ ...format, data: image.data }).toEqual(image);
      expect(differing(data, image.data)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test("a scaled region comes back to where it was: the middle of a spot does not move", async () => {
  const spot = (x: number, y: number) => Math.exp(-(((x - 60.5) / 9) ** 2 + ((y - 41.5) / 9) ** 2));
  const image = { ...noise(123, 87, 1, "f32") };
  const data = Float32Array.from(image.data, (_, i) => spot(i % 123, Math.floor(i / 123)));
  const picture = { ...image, data };
  const middle = (samples: Float32Array) => {
    let [sum, sx, sy] = [0, 0, 0];
    samples.forEach((sample, i) => {
      sum += sample;
      sx += sample * (i % 123);
      sy += sample * Math.floor(i / 123);
    });
    return [sx / sum, sy / sum];
  };
  const wanted = { x: 20, y: 7, width: 91, height: 77 };
  for (const size of [48, 64, 200, 317]) {
    const region = planRegion({ wanted, picture, size, multiple: 16, scaling: "fit", widen: false });
    expect(region.scaled_width).not.toBe(region.width);
    const patch = await cutRegion(picture, region, pace);
    const back = await layRegion({ image: picture, patch, region }, pace);
    const [x = 0, y = 0] = middle(back.data as Float32Array);
    const [x0 = 0, y0 = 0] = middle(data);
    expect(Math.hypot(x - x0, y - y0)).toBeLessThan(0.02);
  }
});

test("widening takes in surroundings up to the size, and no more than the picture has", () => {
  const request = { wanted: { x: 50, y: 50, width: 4, height: 4 }, size: 64, multiple: 16, scaling: "shrink" } as const;
  expect(planRegion({ ...request, picture: { width: 200, height: 200 }, widen: true })).toMatchObject({
    x: 20,
    y: 20,
    width: 64,
    height: 64,
  });
  expect(planRegion({ ...request, picture: { width: 60, height: 200 }, widen: true })).toMatchObject({
    x: 12,
    width: 48,
    height: 64,
  });
  expect(planRegion({ ...request, picture: { width: 200, height: 200 }, widen: false })).toMatchObject({ width: 16 });
});

test("padding stops at the picture's edges", () => {
  const bounds = { x: 2, y: 3, width: 4, height: 5 };
  expect(padBounds(bounds, { x: 10, y: 1 }, { width: 12, height: 40 })).toEqual({ x: 0, y: 2, width: 12, height: 7 });
});
