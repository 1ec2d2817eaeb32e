import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { differing, maskOf, noise } from "../../test/pictures.ts";
import cropToMask from "./crop-to-mask.ts";
import stitch from "./stitch.ts";

const image: ImageValue = { ...noise(50, 41, 4, "u16"), metadata: { density: 300 } };
const disc = maskOf(50, 41, (x, y) => Math.max(0, 255 - 30 * Math.round(Math.hypot(x - 47, y - 3))));

async function cropped(inputs: Record<string, unknown> = {}) {
  const { outputs } = await testNode(cropToMask, { image, mask: disc, multiple: 8, ...inputs });
  return outputs as { image: ImageValue; mask: unknown; region: unknown };
}
const stitched = async (inputs: Record<string, unknown>) =>
  (await testNode(stitch, { image, ...inputs })).outputs.image as ImageValue;
const inverted = (picture: ImageValue): ImageValue => ({
  ...picture,
  data: (picture.data as Uint16Array).map((sample, i) => (i % 4 === 3 ? sample : 65_535 - sample)),
});

test("a patch that was not changed gives the picture, bit for bit", async () => {
  const { image: patch, region } = await cropped();
  expect(await stitched({ patch, region })).toEqual(image);
});

test("where the mask is 0 no sample differs; where it is 255 the patch shows", async () => {
  const { image: patch, region } = await cropped();
  const opaque = {
    ...inverted(patch),
    data: (inverted(patch).data as Uint16Array).map((v, i) => (i % 4 === 3 ? 65_535 : v)),
  };
  const result = await stitched({ patch: opaque, region, mask: disc });
  const outside = (picture: ImageValue) => picture.data.filter((_, i) => disc.data[i >> 2] === 0);
  expect(differing(outside(result), outside(image))).toBe(0);
  const centre = (3 * 50 + 47) * 4;
  expect([...result.data.subarray(centre, centre + 3)]).toEqual(
    [...image.data.subarray(centre, centre + 3)].map((sample) => 65_535 - sample),
  );
  expect(result).toMatchObject({ depth: "u16", channels: 4, metadata: { density: 300 } });
});

test("a mask in the crop's size does the same as the picture's", async () => {
  const { image: patch, mask, region } = await cropped();
  const changed = inverted(patch);
  expect(await stitched({ patch: changed, region, mask })).toEqual(
    await stitched({ patch: changed, region, mask: disc }),
  );
});

test("a patch of twice the size comes to the same place", async () => {
  const { image: patch, region } = await cropped();
  const twice: ImageValue = { ...patch, width: patch.width * 2, height: patch.height * 2, data: doubled(patch) };
  const result = await stitched({ patch: twice, region, mask: disc });
  const outside = (picture: ImageValue) => picture.data.filter((_, i) => disc.data[i >> 2] === 0);
  expect(differing(outside(result), outside(image))).toBe(0);
});

function doubled({ data, width, height, channels }: ImageValue): Uint16Array {
  return Uint16Array.from({ length: width * height * channels * 4 }, (_, i) => {
    const [c, pixel] = [i % channels, Math.floor(i / channels)];
    const [x, y] = [(pixel % (width * 2)) >> 1, Math.floor(pixel / (width * 2)) >> 1];
    return data[(y * width + x) * channels + c]!;
  });
}

test("a patch of another shape and a picture of another size are refused", async () => {
  const { image: patch, region } = await cropped();
  await expect(stitched({ patch: noise(9, 40, 4, "u16"), region })).rejects.toMatchObject({
    data: { code: "image.size-mismatch", input: "patch" },
  });
  await expect(stitched({ image: noise(51, 41), patch, region })).rejects.toMatchObject({
    data: { code: "image.size-mismatch", input: "image" },
  });
});
