import type { ImageValue, MaskValue, RemoteJobRequest, RemoteService } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { differing, maskOf, noise, smooth } from "../../test/pictures.ts";
import inpaint from "./z-image-turbo-inpainting.ts";

type SentBody = Record<string, unknown>;
type Painter = (body: SentBody) => Promise<Uint8Array>;

/** A service of one painter that keeps what it was asked. */
function service(paint: Painter) {
  const jobs: { request: RemoteJobRequest; body: SentBody }[] = [];
  const remote: RemoteService = {
    scope: "test",
    label: "Test",
    run: async (request) => {
      const body = (await request.body()) as SentBody;
      jobs.push({ request, body });
      return { requestId: "job-1", files: [{ bytes: await paint(body), mime: "image/png" }], attached: false };
    },
  };
  return { remote, jobs };
}

const bytesOf = (media: unknown) => Buffer.from((media as { bytes: Uint8Array }).bytes);

/** The picture that was sent, 7 levels brighter everywhere, as a PNG of any size. */
const brighter =
  (resize?: { width: number; height: number }): Painter =>
  async (body) => {
    const { data, info } = await sharp(bytesOf(body.image_url)).raw().toBuffer({ resolveWithObject: true });
    const shifted = data.map((sample) => (sample > 248 ? sample - 7 : sample + 7));
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const pipeline = sharp(shifted, { raw });
    return (resize ? pipeline.resize({ ...resize, fit: "fill" }) : pipeline).png().toBuffer();
  };

const softDisc = maskOf(40, 30, (x, y) => Math.max(0, 255 - 20 * Math.round(Math.hypot(x - 20, y - 15))));

async function paint(inputs: Record<string, unknown>, painter: Painter = brighter()) {
  const { remote, jobs } = service(painter);
  const image = smooth(40, 30);
  const given = { image, mask: softDisc, prompt: "an apple", ...inputs };
  const { outputs, logs } = await testNode(inpaint, given, { remote });
  return { image: outputs.image as ImageValue, outputs, logs, jobs };
}

/** The samples whose mask value satisfies the condition, of all channels. */
function samplesWhere({ data, channels }: ImageValue, mask: MaskValue, wanted: (value: number) => boolean) {
  return Array.from(data).filter((_, i) => wanted(mask.data[Math.floor(i / channels)]!));
}
const outside = (image: ImageValue, mask = softDisc) => samplesWhere(image, mask, (value) => value === 0);
const inside = (image: ImageValue, mask = softDisc) => samplesWhere(image, mask, (value) => value === 255);

test.each([
  ["RGB", smooth(40, 30)],
  ["RGBA", noise(40, 30, 4)],
  ["grey", smooth(40, 30, 1)],
  ["16-bit RGB", noise(40, 30, 3, "u16")],
  ["16-bit RGBA", noise(40, 30, 4, "u16")],
])("no sample differs where the mask is 0, and format and alpha stay: %s", async (_name, source) => {
  const { image } = await paint({ image: source });
  const { data, ...format } = image;
  const { data: before, ...formatBefore } = source;
  expect(format).toEqual(formatBefore);
  expect(differing(outside(image), outside(source))).toBe(0);
  expect(differing(inside(image), inside(source))).toBeGreaterThan(0);
  const alpha = (samples: typeof data) => samples.filter((_, i) => source.channels === 4 && i % 4 === 3);
  expect(differing(alpha(data), alpha(before))).toBe(0);
});

test("a soft edge blends the service's picture in", async () => {
  const source = smooth(40, 30);
  const { image, outputs } = await paint({ image: source });
  const generated = outputs.generated as ImageValue;
  for (let i = 0; i < image.data.length; i++) {
    const w = softDisc.data[Math.floor(i / 3)]!;
    expect(image.data[i]).toBe(Math.floor((source.data[i]! * (255 - w) + generated.data[i]! * w + 127) / 255));
  }
});

test("the sent mask is a PNG of one channel, white exactly where the mask is above 0", async () => {
  const { jobs, outputs } = await paint({});
  const bytes = bytesOf(jobs[0]!.body.mask_image_url);
  expect(await sharp(bytes).metadata()).toMatchObject({
    format: "png",
    width: 40,
    height: 30,
    channels: 1,
    depth: "uchar",
  });
  const sent = await sharp(bytes).toColourspace("b-w").raw().toBuffer();
  const expected = Array.from(softDisc.data, (value) => (value > 0 ? 255 : 0));
  expect([...sent]).toEqual(expected);
  expect([...(outputs.mask as MaskValue).data]).toEqual(expected);
});

test("invert_mask repaints what the mask does not select", async () => {
  const { jobs, image } = await paint({ invert_mask: true });
  const sent = await sharp(bytesOf(jobs[0]!.body.mask_image_url)).toColourspace("b-w").raw().toBuffer();
  expect([...sent]).toEqual(Array.from(softDisc.data, (value) => (value < 255 ? 255 : 0)));
  expect(differing(inside(image), inside(smooth(40, 30)))).toBe(0);
});

test("the sent picture is the source's RGB, exact and without metadata", async () => {
  const source = { ...noise(40, 30, 4), metadata: { density: 300 } };
  const { jobs } = await paint({ image: source });
  const bytes = bytesOf(jobs[0]!.body.image_url);
  const header = await sharp(bytes).metadata();
  expect(header).toMatchObject({ format: "png", width: 40, height: 30, channels: 3 });
  expect(header.density ?? header.icc ?? header.exif ?? header.xmp).toBeUndefined();
  const rgb = source.data.filter((_, i) => i % 4 !== 3);
  expect(differing(await sharp(bytes).raw().toBuffer(), rgb)).toBe(0);
});

test("a PNG over 6 MiB is sent as JPEG, and the log says so", async () => {
  const image = noise(1600, 1600);
  const mask = maskOf(1600, 1600, (x) => (x < 100 ? 255 : 0));
  const { jobs, logs } = await paint({ image, mask });
  expect(jobs[0]!.body.image_url).toMatchObject({ kind: "media", mime: "image/jpeg" });
  expect(bytesOf(jobs[0]!.body.image_url).length).toBeLessThan(6 * 2 ** 20);
  expect(logs).toEqual([expect.stringContaining("`image` is sent as JPEG of quality 95: as PNG it has")]);
});

test("the request has every parameter of the model, always with a seed", async () => {
  const { jobs, outputs } = await paint({});
  const { image_url, mask_image_url, ...parameters } = jobs[0]!.body;
  expect([image_url, mask_image_url]).toMatchObject([{ mime: "image/png" }, { mime: "image/png" }]);
  expect(parameters).toEqual({
    prompt: "an apple",
    control_start: 0,
    control_end: 0.6,
    control_scale: 0.75,
    strength: 1,
    image_size: "auto",
    num_inference_steps: 20,
    seed: 1,
    output_format: "png",
  });
  expect(jobs[0]!.request.model).toBe("tongyi-mai/z-image/turbo/inpainting");
  expect(outputs.request).toEqual({ model: jobs[0]!.request.model, request_id: "job-1", seed: 1 });
});

test("a job's identity is its parameters and decoded pixels: what is sent differs exactly when it does", async () => {
  const identity = async (inputs: Record<string, unknown>) =>
    JSON.stringify((await paint(inputs)).jobs[0]!.request.identity);
  const first = await identity({});
  const opaque = { ...smooth(40, 30), metadata: { density: 72 } };
  expect(await identity({ image: opaque })).toBe(first);
  expect(await identity({ mask: maskOf(40, 30, (x, y) => Math.min(1, softDisc.data[y * 40 + x]!)) })).toBe(first);
  const others = [
    { prompt: "a pear" },
    { seed: 2 },
    { strength: 0.9 },
    { image: noise(40, 30) },
    { mask: maskOf(40, 30, () => 255) },
  ];
  for (const other of others) expect(await identity(other)).not.toBe(first);
});

test("a result of another size of that shape is scaled to the source's", async () => {
  const { image, outputs } = await paint({}, brighter({ width: 80, height: 60 }));
  expect(outputs.generated).toMatchObject({ width: 40, height: 30 });
  expect(differing(outside(image), outside(smooth(40, 30)))).toBe(0);
  expect(differing(inside(image), inside(smooth(40, 30)))).toBeGreaterThan(0);
});

test.each([
  ["another shape", brighter({ width: 40, height: 40 }), "remote.output-size"],
  ["text", async () => Buffer.from("sorry"), "image.not-an-image"],
  ["a cut off file", async (body: SentBody) => (await brighter()(body)).subarray(0, 200), "image.truncated"],
])("a result that is %s is refused", async (_name, painter, code) => {
  await expect(paint({}, painter)).rejects.toMatchObject({ data: { code } });
});

test("a mask of another size but the picture's shape is scaled, and the log says so", async () => {
  const { logs, outputs } = await paint({ mask: maskOf(20, 15, (x) => (x < 10 ? 255 : 0)) });
  expect(logs).toEqual(["The mask of 20 × 15 pixels was scaled to the picture's 40 × 30 pixels."]);
  expect([...(outputs.mask as MaskValue).data.subarray(0, 40)]).toEqual(
    Array.from({ length: 40 }, (_, x) => (x < 20 ? 255 : 0)),
  );
});

test("a mask that selects everything is sent with a warning", async () => {
  const { logs } = await paint({ mask: maskOf(40, 30, () => 255) });
  expect(logs).toEqual(["The mask selects the whole picture: everything is repainted."]);
});

test.each([
  ["an empty mask", { mask: maskOf(40, 30, () => 0) }, "mask.empty"],
  ["a full mask, inverted", { mask: maskOf(40, 30, () => 255), invert_mask: true }, "mask.empty"],
  ["a mask of another shape", { mask: maskOf(30, 40, () => 255) }, "mask.size-mismatch"],
  ["control that ends where it starts", { control_start: 0.6 }, "input.control-range"],
  ["a preset of another shape", { image_size: "square" }, "input.image-size"],
  ["an empty prompt", { prompt: "" }, "input.pattern"],
  ["a seed beyond 32 bits", { seed: 2 ** 32 }, "input.range"],
])("%s is refused before anything is paid", async (_name, inputs, code) => {
  const { remote, jobs } = service(brighter());
  const given = { image: smooth(40, 30), mask: softDisc, prompt: "an apple", ...inputs };
  await expect(testNode(inpaint, given, { remote })).rejects.toMatchObject({ data: { code } });
  expect(jobs).toEqual([]);
});
