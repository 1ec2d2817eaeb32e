import { type ImageValue, type JsonObject, type RemoteJobRequest, type RemoteService } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { maskOf, noise, smooth } from "../../../test/pictures.ts";
import { defineRunComfyModel } from "./define-model.ts";

const modelId = "vendor/model-1.5/edit";
const define = (properties: JsonObject, more: JsonObject = {}) =>
  defineRunComfyModel({ type: "object", properties, ...more }, { modelId });
const inputsOf = (properties: JsonObject, more?: JsonObject) => define(properties, more).description.inputs;

const mp4 = Buffer.from("\0\0\0\x18ftypmp42", "latin1");

function service(files: RemoteJobRequest extends never ? never : readonly { bytes: Uint8Array; mime: string }[]) {
  const jobs: { request: RemoteJobRequest; body: Record<string, unknown> }[] = [];
  const remote: RemoteService = {
    scope: "test",
    label: "Test",
    run: async (request) => {
      jobs.push({ request, body: (await request.body()) as Record<string, unknown> });
      return { requestId: "job-1", files, attached: false, costUsd: 0.25 };
    },
  };
  return { remote, jobs };
}

const picture = async (width = 4) => ({
  bytes: await sharp({ create: { width, height: 3, channels: 3, background: "red" } })
    .png()
    .toBuffer(),
  mime: "image/png",
});

test("a model's node is remote and paid, and named after its id", () => {
  const { description } = define({ prompt: { type: "string" } }, { title: "Input" });
  expect(description).toMatchObject({
    type: `runcomfy/${modelId}`,
    title: "Model 1 5 Edit",
    resource: "remote",
    paid: true,
    service: "runcomfy",
    model: modelId,
  });
});

test.each([
  "model",
  "Vendor/model",
  "vendor/../etc",
  "vendor//x",
  "/vendor/x",
  "vendor/x/",
  "vendor/x?y",
  "vendor/-x",
  "",
])("%j is no model's id", (id) => {
  expect(() => defineRunComfyModel({ properties: {} }, { modelId: id })).toThrow(
    expect.objectContaining({ code: "model.id" }),
  );
});

test("a seed without bounds is always there, explicit, and of 32 bits", () => {
  expect(inputsOf({ seed: { type: "integer", default: 0 } }).seed).toMatchObject({
    schema: { type: "integer", min: 0, max: 4_294_967_295 },
    default: 1,
    widget: "seed",
  });
  expect(inputsOf({ seed: { type: ["integer", "null"], minimum: -1, maximum: 99 } }).seed).toMatchObject({
    schema: { type: "integer", min: 0, max: 99 },
    default: 1,
  });
});

test("a picture comes from a link or is an https address; a mask may be a mask", () => {
  const { image_url, mask_url } = inputsOf({ image_url: { type: "string" }, mask_url: { type: "string" } });
  const address = { type: "string", maxLength: 2048, pattern: "^https:\\/\\/" };
  const image = { type: "socket", name: "image" };
  expect(image_url?.schema).toEqual({ type: "union", options: [image, address] });
  expect(mask_url?.schema).toEqual({ type: "union", options: [{ type: "socket", name: "mask" }, image, address] });
});

test("names become snake case, and stay apart", () => {
  const inputs = inputsOf({
    guidanceScale: { type: "float" },
    "guidance-scale": { type: "float" },
    "3d": { type: "boolean" },
  });
  expect(Object.keys(inputs).toSorted()).toEqual(["guidance_scale", "guidance_scale_2", "input_3d"]);
});

test("what the inputs say is sent by the service's names; what is absent is not", async () => {
  const { remote, jobs } = service([await picture()]);
  const node = define({
    prompt: { type: "string" },
    guidanceScale: { type: "float", default: 3 },
    loras: {
      type: "array",
      items: { type: "object", properties: { path: { type: "string" }, scale: { type: "float" } } },
    },
    image_urls: { type: "array", items: { type: "string" }, maxItems: 3 },
    mask_url: { type: "string" },
    seed: { type: "integer" },
    extra: { type: "string" },
  });
  const loras = [{ path: "a", scale: 0.5 }];
  const images = [smooth(4, 3), "https://example.com/b.png", noise(4, 3, 4, "u16")];
  const mask = maskOf(4, 3, () => 255);
  const { outputs } = await testNode(
    node,
    { prompt: "an apple", loras, image_urls: images, mask_url: mask },
    { remote },
  );
  expect(jobs[0]!.body).toEqual({
    prompt: "an apple",
    guidanceScale: 3,
    loras,
    image_urls: [
      { kind: "media", mime: "image/png", bytes: expect.any(Uint8Array) as Uint8Array },
      { kind: "media", url: "https://example.com/b.png" },
      { kind: "media", mime: "image/png", bytes: expect.any(Uint8Array) as Uint8Array },
    ],
    mask_url: { kind: "media", mime: "image/png", bytes: expect.any(Uint8Array) as Uint8Array },
    seed: 1,
  });
  expect(jobs[0]!.request).toMatchObject({ model: modelId, output: "images" });
  expect(jobs[0]!.request.identity).toMatchObject({
    image_urls: [/^[0-9a-f]{64}$/, "https://example.com/b.png", /./].map((it) =>
      typeof it === "string" ? it : (expect.stringMatching(it) as string),
    ),
  });
  expect(outputs.request).toEqual({ model: modelId, request_id: "job-1", seed: 1, cost_usd: 0.25 });
});

test("an address inside an object or a list of objects is a medium, which is fetched before anything is paid", async () => {
  const { remote, jobs } = service([await picture()]);
  const element = {
    type: "object",
    properties: {
      frontal_image: { type: "string" },
      reference_image_urls: { type: "array", items: { type: "string" } },
      role: { type: "string" },
    },
  };
  const node = define({
    elements: { type: "array", items: element },
    first: { anyOf: [{ type: "null" }, element] },
  });
  const url = (name: string): string => `https://example.com/${name}.png`;
  const elements = [
    { frontal_image: url("a"), reference_image_urls: [url("b"), url("c")], role: url("no-picture") },
    { frontal_image: "data:image/png;base64,AAAA", role: "" },
  ];
  await testNode(node, { elements, first: { frontal_image: url("d") } }, { remote });
  const medium = (name: string) => ({ kind: "media", url: url(name) });
  expect(jobs[0]!.body).toEqual({
    elements: [
      {
        frontal_image: medium("a"),
        reference_image_urls: [medium("b"), medium("c")],
        role: url("no-picture"),
      },
      { frontal_image: "data:image/png;base64,AAAA", role: "" },
    ],
    first: { frontal_image: medium("d") },
  });
  expect(jobs[0]!.request.identity).toEqual({ elements, first: { frontal_image: url("d") } });
});

test("the address of a video or a sound is a medium of any kind, at the top and further inside", async () => {
  const { remote, jobs } = service([await picture()]);
  const clip = { type: "object", properties: { audio_urls: { type: "array", items: { type: "string" } } } };
  const node = define({
    video_url: { type: "string" },
    audio: { anyOf: [{ type: "null" }, { type: "string" }] },
    reference_video_urls: { type: "array", items: { type: "string" } },
    clip,
    webhook_url: { type: "string" },
    voice: { type: "string" },
  });
  const url = (name: string): string => `https://example.com/${name}`;
  const given = {
    video_url: url("a.mp4"),
    audio: "data:audio/mpeg;base64,AAAA",
    reference_video_urls: [url("b.mp4"), "c.mp4"],
    clip: { audio_urls: [url("d.mp3")] },
    webhook_url: url("hook"),
    voice: url("voice"),
  };
  await testNode(node, given, { remote });
  const medium = (address: string) => ({ kind: "media", url: address, content: "any" });
  expect(jobs[0]!.body).toEqual({
    ...given,
    video_url: medium(url("a.mp4")),
    reference_video_urls: [medium(url("b.mp4")), medium("c.mp4")],
    clip: { audio_urls: [medium(url("d.mp3"))] },
  });
  expect(jobs[0]!.request.identity).toEqual(given);
});

test("one pictures' field given to a single-picture input is one address", async () => {
  const { remote, jobs } = service([await picture()]);
  await testNode(define({ image: { type: "string" } }), { image: smooth(4, 3) }, { remote });
  expect(jobs[0]!.body.image).toMatchObject({ kind: "media" });
});

test.each([
  ["image", undefined, "image"],
  ["num_images", { num_images: { type: "integer" } }, "images"],
] as const)("what a model gives is guessed from %s", (_why, more, output) => {
  const { outputs } = define({ prompt: { type: "string" }, ...more }).description;
  expect(Object.keys(outputs)).toEqual([output, "request"]);
});

test("a model whose id says video gives a video as a file", async () => {
  const node = defineRunComfyModel(
    { properties: { prompt: { type: "string" } } },
    { modelId: "wan-ai/wan-2-6/image-to-video" },
  );
  const { remote, jobs } = service([{ bytes: mp4, mime: "video/mp4" }]);
  const kept: Uint8Array[] = [];
  const artifacts = {
    put: async (bytes: Uint8Array, { mime }: { readonly mime: string }) => {
      kept.push(bytes);
      return { kind: "artifact", sha256: "a".repeat(64), size: bytes.length, mime } as const;
    },
    get: async () => mp4,
    has: async () => true,
  };
  const { outputs } = await testNode(node, { prompt: "waves" }, { remote, artifacts });
  expect(outputs.video).toEqual({ kind: "file", name: "aaaaaaaaaaaa.mp4", sha256: "a".repeat(64), size: mp4.length });
  expect(kept).toEqual([mp4]);
  expect(jobs[0]!.request.output).toBe("videos");
});

test("several pictures where one was expected are an error that says how to get them", async () => {
  const { remote } = service([await picture(), await picture(5)]);
  const error = await testNode(define({ prompt: { type: "string" } }), { prompt: "x" }, { remote }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ data: { code: "remote.output", received: "2 images", requestId: "job-1" } });
});

test("several pictures are a list where they are wanted", async () => {
  const { remote } = service([await picture(), await picture(5)]);
  const node = defineRunComfyModel({ properties: { prompt: { type: "string" } } }, { modelId, output: "images" });
  const { outputs } = await testNode(node, { prompt: "x" }, { remote });
  expect((outputs.images as ImageValue[]).map(({ width }) => width)).toEqual([4, 5]);
});

test("inputs that the schema does not take together are refused before anything is sent", async () => {
  const { remote, jobs } = service([await picture()]);
  const node = define({ size: { oneOf: [{ type: "integer" }, { type: "number", minimum: 5 }] } });
  await expect(testNode(node, { size: 7 }, { remote })).rejects.toMatchObject({
    data: { code: "input.model", input: "size" },
  });
  expect(jobs).toEqual([]);
});

test("an empty prompt that must be there is refused", () => {
  expect(inputsOf({ prompt: { type: "string" } }, { required: ["prompt"] }).prompt).toMatchObject({
    required: true,
    schema: { type: "string", minLength: 1 },
    widget: "textarea",
  });
});
