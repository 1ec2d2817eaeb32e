import { encodePreview } from "@inlay/nodes/codec";
import sharp from "sharp";
import { newFolder, photograph } from "../picture-job.mjs";

const times = 20;
const side = 256;

/** The kinds of pictures between the nodes of the 4K job: the photograph, its resized copies, the masks of their size. */
const photo = sharp(await photograph(newFolder(), "jpeg"));
const [width, height] = [2880, 1620];
const loaded = await imageOf(photo.clone());
const resized = await imageOf(photo.clone().resize(width, height));
const { data } = await photo
  .clone()
  .resize(width, height)
  .extractChannel(0)
  .raw()
  .toBuffer({ resolveWithObject: true });
const mask = { kind: "mask", width, height, data: new Uint8Array(data) };

async function imageOf(pipeline) {
  const { data: samples, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { kind: "image", ...info, depth: "u8", data: new Uint8Array(samples) };
}

const preview = (name, value) => ({
  name,
  async run() {
    for (let i = 0; i < times; i++) await encodePreview(value, side);
  },
});

export default {
  name: "previews",
  title: "Preview of an intermediate of the 4K job, WebP of 256 pixels, CPU",
  goal: "≤ 3 ms each",
  measure: "cpu",
  unit: "ms",
  scale: 1 / times,
  order: 18,
  cases: [preview("3840 × 2160", loaded), preview("2880 × 1620", resized), preview("mask", mask)],
  met: (medians) => Object.values(medians).every((ms) => ms <= 3),
};
