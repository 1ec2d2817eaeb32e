import type { ImageValue, RunInfo } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { fileRef, noise, smooth } from "../../test/pictures.ts";
import { readPng } from "../../test/png.ts";
import save from "../image/save.ts";
import { workflowOfPicture } from "./workflow-of-picture.ts";

const workflow = {
  inlay: 1,
  name: "Cups & <walls> ü 漢",
  nodes: {
    load: {
      type: "image/load",
      version: 1,
      inputs: { source: { $file: "https://cups.example/a.png?signature=secret1#more" } },
    },
  },
};

const run: Partial<RunInfo> = {
  workflow: "Cups",
  inputs: {
    photo: fileRef("cup.png", Uint8Array.of(1)),
    prompt: "see https://cups.example/b.png?token=secret2 \n & more",
    size: 7,
  },
  seeds: { "fill.seed": 42 },
  workflowText: () => `${JSON.stringify(workflow, null, 2)}\n`,
};

async function saved(inputs: Record<string, unknown>, image: ImageValue = smooth(16, 16), info = run) {
  const { files, stored } = memoryFiles();
  const { logs } = await testNode(save, { image, ...inputs }, { files, run: info });
  return { bytes: [...stored.values()][0]!, logs };
}

const formats = ["png", "jpeg", "webp", "avif"] as const;

test.each(formats)("a %s says how it was made: workflow, inputs and seeds", async (format) => {
  const { bytes } = await saved({ format });
  const { text, inputs, seeds } = await workflowOfPicture(bytes);
  const source = { $file: "https://cups.example/a.png" };
  expect(JSON.parse(text)).toEqual({
    ...workflow,
    nodes: { load: { ...workflow.nodes.load, inputs: { source } } },
  });
  const { name, sha256 } = fileRef("cup.png", Uint8Array.of(1));
  expect(inputs).toEqual({ photo: { name, sha256 }, prompt: "see https://cups.example/b.png \n & more", size: 7 });
  expect(seeds).toEqual({ "fill.seed": 42 });
});

test.each(formats)("a %s can hold the workflow alone, or nothing", async (format) => {
  const graph = await workflowOfPicture((await saved({ format, metadata: "graph" })).bytes);
  expect(Object.keys(graph)).toEqual(["text"]);
  const { bytes } = await saved({ format, metadata: "none" });
  await expect(workflowOfPicture(bytes)).rejects.toMatchObject({ data: { code: "picture.no-workflow" } });
  expect((await sharp(bytes).metadata()).xmp).toBeUndefined();
});

test.each(formats)("what a %s says changes none of its samples", async (format) => {
  const samples = async (metadata: string) =>
    sharp((await saved({ format, metadata })).bytes)
      .raw()
      .toBuffer();
  expect(await samples("full")).toEqual(await samples("none"));
});

test("queries of URLs, where signatures stand, are in no picture", async () => {
  for (const format of formats) {
    const { bytes } = await saved({ format });
    const { xmp } = await sharp(bytes).metadata();
    expect(xmp?.toString("utf8")).not.toContain("secret");
    expect(Buffer.from(bytes).includes("secret")).toBe(false);
  }
});

test("a 16-bit PNG keeps its samples beside its record", async () => {
  const image = noise(5, 4, 3, "u16");
  const { bytes } = await saved({}, image);
  expect(readPng(bytes)).toMatchObject({ bits: 16, samples: [...image.data] });
});

test("a long workflow is deflated in a JPEG, and left out with a warning where even that is too long", async () => {
  const long = (text: string): Partial<RunInfo> => ({
    workflowText: () => JSON.stringify({ inlay: 1, name: text, nodes: {} }),
  });
  const repeated = "cup ".repeat(50_000);
  const { bytes } = await saved({ format: "jpeg" }, smooth(8, 8), long(repeated));
  expect(JSON.parse((await workflowOfPicture(bytes)).text)).toMatchObject({ name: repeated });
  const random = Array.from(noise(400, 400).data, (sample) => sample.toString(16)).join("");
  const { bytes: without, logs } = await saved({ format: "jpeg" }, smooth(8, 8), long(random));
  expect(logs).toEqual(["The workflow is too long for a JPEG's metadata and was left out."]);
  await expect(workflowOfPicture(without)).rejects.toMatchObject({ data: { code: "picture.no-workflow" } });
});

test.each([
  ["no picture", Buffer.from("{}")],
  ["a cut-off picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
])("%s has no workflow", async (_name, bytes) => {
  await expect(workflowOfPicture(bytes)).rejects.toMatchObject({ data: { code: "picture.no-workflow" } });
});

test.each([
  "<inlay:record>not JSON</inlay:record>",
  "<inlay:record>[1]</inlay:record>",
  '<inlay:record>{"workflow":7}</inlay:record>',
  "<inlay:deflated>AAAA</inlay:deflated>",
])("XMP that cannot be read holds no workflow: %s", async (content) => {
  const bytes = await sharp(smooth(8, 8).data, { raw: { width: 8, height: 8, channels: 3 } })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${content}</x:xmpmeta>`)
    .png()
    .toBuffer();
  await expect(workflowOfPicture(bytes)).rejects.toMatchObject({ data: { code: "picture.no-workflow" } });
});

test("what is deflated is not unpacked without end", async () => {
  const { deflateSync } = await import("node:zlib");
  const bomb = deflateSync(Buffer.alloc(2 ** 26)).toString("base64");
  const bytes = await sharp(smooth(8, 8).data, { raw: { width: 8, height: 8, channels: 3 } })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><inlay:deflated>${bomb}</inlay:deflated></x:xmpmeta>`)
    .png()
    .toBuffer();
  await expect(workflowOfPicture(bytes)).rejects.toMatchObject({ data: { code: "picture.no-workflow" } });
});

test("nothing of the source's EXIF is written again, such as the place where it was taken", async () => {
  const { default: load } = await import("../image/load.ts");
  const gps = { IFD0: { Artist: "nobody" }, IFD3: { GPSLatitude: "50/1 0/1 0/1", GPSLatitudeRef: "N" } };
  const source = await sharp(smooth(8, 8).data, { raw: { width: 8, height: 8, channels: 3 } })
    .withExif(gps)
    .jpeg()
    .toBuffer();
  const { files } = memoryFiles({ "a.jpg": source });
  const { outputs } = await testNode(load, { source: fileRef("a.jpg", source) }, { files });
  const { bytes } = await saved({ format: "jpeg" }, outputs.image as ImageValue);
  expect((await sharp(bytes).metadata()).exif).toBeUndefined();
});

test("who runs it says what a picture holds, whatever the node is set to", async () => {
  const bare = await saved({ metadata: "none" });
  expect((await saved({ metadata: "full" }, undefined, { ...run, metadata: "none" })).bytes).toEqual(bare.bytes);
  const { bytes } = await saved({ metadata: "none" }, undefined, { ...run, metadata: "graph" });
  expect(Object.keys(await workflowOfPicture(bytes))).toEqual(["text"]);
});
