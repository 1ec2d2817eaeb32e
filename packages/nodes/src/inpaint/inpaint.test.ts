import type { ImageValue, MaskValue, RemoteJobRequest, RemoteService } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { differing, maskOf, noise, smooth } from "../../test/pictures.ts";
import inpaint from "./inpaint.ts";

/** What was sent, decoded: the pixels of both pictures. */
interface Sent {
  readonly request: RemoteJobRequest;
  readonly body: Readonly<Record<string, unknown>>;
  readonly image: { readonly data: Buffer; readonly width: number; readonly height: number };
  readonly mask: { readonly data: Buffer; readonly width: number; readonly height: number };
}

type Paint = (sample: number, at: { readonly pixel: number; readonly isMasked: boolean }) => number;

/** A service of one painter that keeps what it was asked. */
function service(paint: Paint) {
  const jobs: Sent[] = [];
  const decoded = async (media: unknown) => {
    const pipeline = sharp((media as { bytes: Uint8Array }).bytes).raw();
    const { data, info } = await pipeline.toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  };
  const remote: RemoteService = {
    scope: "test",
    label: "Test",
    run: async (request) => {
      const body = (await request.body()) as Record<string, unknown>;
      const [image, mask] = [await decoded(body["image_url"]), await decoded(body["mask_image_url"])];
      jobs.push({ request, body, image, mask });
      const painted = image.data.map((sample, i) => {
        const pixel = Math.floor(i / 3);
        return paint(sample, { pixel, isMasked: mask.data[pixel * mask.channels]! >= 128 });
      });
      const { width, height } = image;
      const bytes = await sharp(painted, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
      return { requestId: "job-1", files: [{ bytes, mime: "image/png" }], attached: false };
    },
  };
  return { remote, jobs };
}

const identity: Paint = (sample) => sample;
const blue: Paint = (sample, { isMasked }) => (isMasked ? 40 : sample);

const square = (width: number, height: number, left: number, top: number, side: number) =>
  maskOf(width, height, (x, y) => (x >= left && x < left + side && y >= top && y < top + side ? 255 : 0));

async function run(inputs: Record<string, unknown>, paint: Paint = blue) {
  const { remote, jobs } = service(paint);
  const given = { image: smooth(160, 120), mask: square(160, 120, 60, 40, 20), prompt: "a cup", ...inputs };
  const { outputs, logs } = await testNode(inpaint, given, { remote });
  return {
    image: outputs.image as ImageValue,
    blend: outputs.blend_mask as MaskValue,
    generation: outputs.generation_mask as MaskValue,
    request: outputs.request,
    logs,
    jobs,
  };
}

/** The colours of pixels that satisfy a condition of the mask's sample. */
const where = ({ data, channels }: ImageValue, mask: MaskValue, wanted: (value: number) => boolean) =>
  Array.from(data).filter((_, i) => wanted(mask.data[Math.floor(i / channels)]!));

const formats: readonly (readonly [string, ImageValue])[] = [
  ["RGB", smooth(160, 120)],
  ["RGBA", { ...noise(160, 120, 4), metadata: { density: 300 } }],
  ["grey", smooth(160, 120, 1)],
  ["16-bit RGBA", noise(160, 120, 4, "u16")],
];

test.each(formats.flatMap(([name, source]) => ["runcomfy", "local"].map((method) => [name, method, source] as const)))(
  "no sample differs where the blend mask is 0, and format, alpha and metadata stay: %s, %s",
  async (_name, method, source) => {
    const { image, blend } = await run({ image: source, method });
    const { data, ...format } = image;
    const { data: before, ...formatBefore } = source;
    expect(format).toEqual(formatBefore);
    const isOutside = (value: number) => value === 0;
    expect(differing(where(image, blend, isOutside), where(source, blend, isOutside))).toBe(0);
    expect(differing(data, before)).toBeGreaterThan(0);
    const alphas = (samples: typeof data) => samples.filter((_, i) => source.channels === 4 && i % 4 === 3);
    expect(differing(alphas(data), alphas(before))).toBe(0);
  },
);

test("both masks: what is painted anew, and a blend mask that is full there and softer outside", async () => {
  const { generation, blend } = await run({ grow: 4, feather: 0.1, feather_least: 8, blend: 24 });
  const row = (mask: MaskValue) => [...mask.data.subarray(50 * 160, 51 * 160)];
  const firstAt = (mask: MaskValue, least: number) => row(mask).findIndex((value) => value >= least);
  // The mask begins at 60; 4 are grown, and half of 8 of the feather is painted anew.
  expect(Math.abs(firstAt(generation, 255) - 56)).toBeLessThanOrEqual(1);
  expect(Math.abs(firstAt(generation, 128) - 52)).toBeLessThanOrEqual(1);
  expect(firstAt(generation, 1)).toBeGreaterThanOrEqual(48);
  expect(Math.abs(firstAt(blend, 255) - firstAt(generation, 128))).toBeLessThanOrEqual(1);
  expect(firstAt(blend, 1)).toBeGreaterThanOrEqual(firstAt(generation, 128) - 24);
  expect(firstAt(blend, 1)).toBeLessThan(firstAt(generation, 128) - 12);
});

test("what is sent are the surroundings in the working size, of a picture that may be larger than a service takes", async () => {
  const image = noise(700, 300);
  const { jobs, image: result } = await run({ image, mask: square(700, 300, 600, 10, 30), size: 128 });
  expect(jobs[0]!.image).toMatchObject({ width: 128, height: 128 });
  expect(jobs[0]!.mask).toMatchObject({ width: 128, height: 128 });
  expect(result).toMatchObject({ width: 700, height: 300 });
  const source = image.data.subarray(((0 + 0) * 700 + 551) * 3, (551 + 128) * 3);
  expect(differing(jobs[0]!.image.data.subarray(0, 128 * 3), source)).toBe(0);
});

test.each([
  ["8 bits", noise(160, 120)],
  ["16 bits", noise(160, 120, 3, "u16")],
])(
  "a service that gives back what it got changes nothing outside of what is painted anew: %s",
  async (_name, image) => {
    const { image: result, blend, generation } = await run({ image }, identity);
    const ring = { ...blend, data: blend.data.map((value, i) => (value > 0 && generation.data[i]! === 0 ? 1 : 0)) };
    expect(differing(where(result, ring, Boolean), where(image, ring, Boolean))).toBe(0);
  },
);

test("a picture that is scaled down keeps its detail outside of what is painted anew", async () => {
  const image = noise(400, 300);
  const inputs = { image, mask: square(400, 300, 100, 60, 180), size: 128 };
  const { image: result, blend, generation, jobs } = await run(inputs, identity);
  expect(jobs[0]!.image.width).toBe(128);
  const ring = { ...blend, data: blend.data.map((value, i) => (value > 0 && generation.data[i]! === 0 ? 1 : 0)) };
  expect(differing(where(result, ring, Boolean), where(image, ring, Boolean))).toBe(0);
});

test("another tone of the service is taken back, whatever it painted, unless that is not wanted", async () => {
  const image = smooth(160, 120);
  const toned: Paint = (sample, { isMasked }) => (isMasked ? 40 : Math.round(sample * 1.06));
  const farthest = async (inputs: Record<string, unknown>) => {
    const { image: result, generation } = await run({ image, ...inputs }, toned);
    const isKept = (value: number) => value === 0;
    const [after, before] = [where(result, generation, isKept), where(image, generation, isKept)];
    return Math.max(...after.map((sample, i) => Math.abs(sample - before[i]!)));
  };
  expect(await farthest({})).toBeLessThanOrEqual(1);
  expect(await farthest({ match_color: false })).toBeGreaterThan(5);
});

test("a job is told by what is sent: what only blends the result is the same job", async () => {
  const identityOf = async (inputs: Record<string, unknown>) =>
    JSON.stringify((await run(inputs)).jobs[0]!.request.identity);
  const first = await identityOf({});
  for (const same of [{ blend: 20 }, { match_color: false }, { allow_tiny_mask: true }])
    expect(await identityOf(same)).toBe(first);
  for (const other of [{ seed: 2 }, { prompt: "a pear" }, { grow: 9 }, { strength: 0.5 }, { image: noise(160, 120) }])
    expect(await identityOf(other)).not.toBe(first);
});

test("the request names everything that the model takes", async () => {
  const { jobs, request } = await run({ seed: 7 });
  const { image_url: _, mask_image_url: __, ...parameters } = jobs[0]!.body;
  expect(parameters).toEqual({
    prompt: "a cup",
    control_start: 0,
    control_end: 0.6,
    control_scale: 0.75,
    strength: 1,
    image_size: "auto",
    num_inference_steps: 20,
    seed: 7,
    output_format: "png",
  });
  expect(request).toEqual({ model: jobs[0]!.request.model, request_id: "job-1", seed: 7 });
});

test("the local method asks no service and needs no prompt", async () => {
  const { jobs, request, image } = await run({ method: "local", prompt: "", seed: 3 });
  expect(jobs).toEqual([]);
  expect(request).toEqual({ method: "local", seed: 3 });
  expect(differing(image.data, smooth(160, 120).data)).toBeGreaterThan(0);
});

test("a context mask is seen and not repainted", async () => {
  const { jobs, image } = await run({
    image: noise(600, 100),
    mask: square(600, 100, 20, 40, 20),
    context_mask: square(600, 100, 500, 40, 20),
    size: 64,
  });
  expect(jobs[0]!.image.width).toBe(64);
  const outside = (picture: ImageValue) => picture.data.subarray(300 * 3, 600 * 3);
  expect(differing(outside(image), outside(noise(600, 100)))).toBe(0);
});

const tiny = square(160, 120, 60, 40, 7);
const full = maskOf(160, 120, () => 255);
const empty = maskOf(160, 120, () => 0);

test.each([
  ["an empty mask", { mask: empty }, "mask.empty", { when_empty: "keep" }],
  ["a tiny mask", { mask: tiny }, "mask.tiny", { allow_tiny_mask: true }],
  ["a full mask", { mask: full }, "mask.full", { allow_full_mask: true }],
  ["a mask of another shape", { mask: square(120, 160, 9, 9, 30) }, "mask.size-mismatch", { fit_mask: "stretch" }],
  ["no prompt", { prompt: "" }, "input.prompt", { method: "local" }],
  [
    "control that ends where it starts",
    { control_start: 0.6 },
    "input.control-range",
    { control_start: 0, control_end: 0.6 },
  ],
])("%s is refused before anything is paid, with a fix that works", async (_name, inputs, code, set) => {
  const { remote, jobs } = service(blue);
  const given = { image: smooth(160, 120), mask: square(160, 120, 60, 40, 20), prompt: "a cup", ...inputs };
  await expect(testNode(inpaint, given, { remote })).rejects.toMatchObject({ data: { code, fix: { set } } });
  expect(jobs).toEqual([]);
  await expect(testNode(inpaint, { ...given, ...set }, { remote })).resolves.toBeDefined();
});

test("an empty mask that is to keep the picture gives it back and pays nothing", async () => {
  const image = smooth(160, 120);
  const { image: result, jobs, blend } = await run({ image, mask: empty, when_empty: "keep" });
  expect(result).toBe(image);
  expect(jobs).toEqual([]);
  expect(Math.max(...blend.data)).toBe(0);
});

test("the local method takes a tiny mask, and refuses one that leaves nothing", async () => {
  await expect(run({ method: "local", mask: tiny })).resolves.toBeDefined();
  await expect(run({ method: "local", mask: full, allow_full_mask: true })).rejects.toMatchObject({
    data: { code: "mask.full" },
  });
});

test("an inverted mask repaints what it leaves out", async () => {
  const { blend } = await run({ mask: maskOf(160, 120, (x) => (x < 20 ? 0 : 255)), invert_mask: true });
  expect([blend.data[0], blend.data[159]]).toEqual([255, 0]);
});
