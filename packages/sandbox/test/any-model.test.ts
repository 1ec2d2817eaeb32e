import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { SandboxModel } from "../src/index.ts";
import { boxMaskPng, dataUri, insideBox, rgbOf, SMALL, stripedPng } from "./support/pictures.ts";
import {
  afterThisTest,
  call,
  download,
  finalResult,
  outputUrl,
  sandboxForTest,
  temporaryFolder,
  type Json,
} from "./support/sandboxes.ts";

const edit: SandboxModel = {
  id: "vendor/edit",
  schema: {
    type: "object",
    required: ["prompt", "missing"],
    properties: {
      prompt: { type: "string" },
      strength: { type: "float", minimum: 0, maximum: 1 },
      image_urls: { type: "array", items: { type: "string" }, maxItems: 2 },
      elements: { type: "array", items: { type: "object", properties: { image_url: { type: "string" } } } },
      mask_url: { type: "string" },
      seed: { type: "integer" },
      size: { type: "string" },
      output_format: { type: "string" },
      num_images: { type: "integer" },
    },
  },
};

/** Submits to a sandbox with one model and waits for its end. */
async function play(model: SandboxModel, input: Json) {
  const sandbox = await sandboxForTest({ models: [model] });
  const submitted = await call(sandbox, "POST", `/v1/models/${model.id}`, { body: JSON.stringify(input) });
  const end = submitted.status === 200 ? await finalResult(sandbox, String(submitted.json["request_id"])) : {};
  const output = (end["output"] ?? {}) as Json;
  const files: Buffer[] = [];
  for (const value of Object.values(output))
    for (const url of [value].flat() as string[]) files.push((await download(url)).bytes);
  return { sandbox, submitted, end, output, files };
}

test("is described as it was given, at no price, and says what the sandbox makes of it", async () => {
  const sandbox = await sandboxForTest({ models: [edit] });
  const { json } = await call(sandbox, "GET", "/v1/models/vendor/edit");
  expect(json).toMatchObject({ model_id: "vendor/edit", base_price_usd: 0, input_schema: edit.schema });
  expect(json["pricing_note"]).toContain("not RunComfy");
});

test.each([
  [{ strength: 0.5 }, "prompt"],
  [{ prompt: "x", strength: 2 }, "strength"],
  [{ prompt: "x", image_urls: ["https://a.example/1.png", "b", "c"] }, "image_urls"],
  [{ prompt: "x", elements: [{ image_url: 7 }] }, "elements.0.image_url"],
])("an input that its schema does not take is refused where it is wrong: %j", async (input, where) => {
  const { submitted, sandbox } = await play(edit, input);
  expect([submitted.status, submitted.json["error_message"]]).toEqual([422, expect.stringContaining(where)]);
  expect(sandbox.ledger()).toEqual([]);
});

test("a body that is nested without end is refused, and takes nothing down", async () => {
  const sandbox = await sandboxForTest({ models: [edit] });
  const deep = `{"prompt":"x","elements":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  const { status, json } = await call(sandbox, "POST", "/v1/models/vendor/edit", { body: deep });
  expect([status, json["error_message"]]).toEqual([422, expect.stringContaining("nested deeper than 64")]);
});

test("gives back the first picture that it is sent, wherever it stands, and the ledger shows what came", async () => {
  const picture = await stripedPng();
  const { sandbox, files } = await play(edit, { prompt: "x", elements: [{ image_url: dataUri(picture) }], extra: 1 });
  expect((await rgbOf(files[0]!)).data).toEqual((await rgbOf(picture)).data);
  expect(sandbox.ledger()).toMatchObject([{ model: "vendor/edit", image: SMALL, unknown_fields: ["extra"] }]);
  expect(JSON.stringify(sandbox.ledger())).not.toContain("base64,iVBOR");
});

test("fills the masked part of a picture, where there is a mask", async () => {
  const [picture, mask] = [await stripedPng(), await boxMaskPng()];
  const sandbox = await sandboxForTest({ models: [edit], profile: "fill" });
  const input = { prompt: "x", image_urls: [dataUri(picture)], mask_url: dataUri(mask), seed: 3 };
  const { json } = await call(sandbox, "POST", "/v1/models/vendor/edit", { body: JSON.stringify(input) });
  const end = await finalResult(sandbox, String(json["request_id"]));
  const [before, after] = [await rgbOf(picture), await rgbOf((await download(outputUrl(end))).bytes)];
  let [inside, outside] = [0, 0];
  before.data.forEach((sample, at) => {
    const [x, y] = [Math.floor(at / 3) % SMALL.width, Math.floor(at / 3 / SMALL.width)];
    const off = Math.abs(sample - after.data[at]!);
    if (insideBox(x, y)) inside = Math.max(inside, off);
    else outside = Math.max(outside, off);
  });
  expect([inside > 1, outside <= 1]).toEqual([true, true]);
  expect(sandbox.ledger()[0]?.mask).toMatchObject({ ...SMALL, white_pixels: 80 });
});

describe("without a picture", () => {
  test.each([
    [{ size: "64x48" }, 64, 48],
    [{ size: "landscape_16_9" }, 1024, 576],
    [{}, 512, 512],
  ])("it makes a plain one of the size that is asked for: %j", async (asked, width, height) => {
    const { files } = await play(edit, { prompt: "x", ...asked });
    expect(await sharp(files[0]).metadata()).toMatchObject({ width, height, format: "png" });
  });

  test("the same input gives the same one, another seed another, in the format that is asked for", async () => {
    const of = async (seed: number): Promise<Buffer> => {
      const { files } = await play(edit, { prompt: "x", size: "32x32", seed, output_format: "webp" });
      expect((await sharp(files[0]).metadata()).format).toBe("webp");
      return files[0]!;
    };
    expect(await of(1)).toEqual(await of(1));
    expect(await of(1)).not.toEqual(await of(2));
  });
});

test("a model of several pictures gives as many as it is asked for, each another one", async () => {
  const { output, files } = await play({ ...edit, gives: "images" }, { prompt: "x", size: "32x32", num_images: 3 });
  expect(output["images"]).toHaveLength(3);
  expect(new Set(files.map((file) => file.toString("base64"))).size).toBe(3);
});

test("a model of a video gives a file of one second that shows the picture", async () => {
  const { output, files } = await play({ ...edit, gives: "video" }, { prompt: "x", size: "64x48" });
  expect(Object.keys(output)).toEqual(["video"]);
  const [video] = files;
  expect([video!.toString("latin1", 0, 4), video!.readUInt32LE(4) + 8, video!.toString("latin1", 8, 12)]).toEqual([
    "RIFF",
    video!.length,
    "AVI ",
  ]);
  // Every frame is a JPEG of the picture's size.
  const at = video!.indexOf("00dc");
  const frame = video!.subarray(at + 8, at + 8 + video!.readUInt32LE(at + 4));
  expect(await sharp(frame).metadata()).toMatchObject({ format: "jpeg", width: 64, height: 48 });
});

test("a picture that cannot be had makes the job fail, by the place where it stands", async () => {
  const server = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterThisTest(() => new Promise((closed) => void server.close(() => closed())));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.png`;
  const { end } = await play(edit, { prompt: "x", image_urls: [url] });
  expect(end).toMatchObject({
    status: "failed",
    error: expect.stringContaining("image_urls.0 cannot be fetched") as string,
  });
});

test("where data URIs are refused, one inside a list of objects is too", async () => {
  const sandbox = await sandboxForTest({ models: [edit], dialect: { dataUris: "refuse" } });
  const body = JSON.stringify({
    prompt: "data: not one, a sentence",
    elements: [{ image_url: dataUri(await stripedPng()) }],
  });
  const { status, json } = await call(sandbox, "POST", "/v1/models/vendor/edit", { body });
  expect([status, json["detail"]]).toEqual([
    422,
    [{ loc: ["body", "elements", "0", "image_url"], msg: expect.any(String) as string, type: "url" }],
  ]);
});

test("a job of a model that a later start does not know goes on", async () => {
  const dir = await temporaryFolder();
  const first = await sandboxForTest({ dir, models: [edit], timing: { queuedMs: 600_000 } });
  const { json } = await call(first, "POST", "/v1/models/vendor/edit", { body: '{"prompt":"x","size":"32x32"}' });
  await first.close();
  const later = await sandboxForTest({ dir });
  expect(await finalResult(later, String(json["request_id"]))).toMatchObject({ status: "completed" });
  expect((await call(later, "POST", "/v1/models/vendor/edit", { body: '{"prompt":"x"}' })).status).toBe(404);
});

test("a schema that is none is refused before anything starts", async () => {
  const schema = { properties: { a: { type: "string", pattern: "(" } } };
  await expect(sandboxForTest({ models: [{ id: "vendor/broken", schema }] })).rejects.toMatchObject({
    data: { code: "sandbox.model", message: expect.stringContaining("vendor/broken") as string },
  });
});
