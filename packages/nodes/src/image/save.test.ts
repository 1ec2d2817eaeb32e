import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { fileRef, noise, smooth } from "../../test/pictures.ts";
import load from "./load.ts";
import save from "./save.ts";

async function saved(image: ImageValue, inputs: Record<string, unknown> = {}, files = memoryFiles()) {
  const run = { workflow: "Work", id: "run1", inputs: { photo: fileRef("my coffee.v2.jpg", new Uint8Array(1)) } };
  const result = await testNode(save, { image, ...inputs }, { files: files.files, run });
  return { ...result, stored: files.stored, file: result.outputs.file as { path: string; sha256: string } };
}

test.each([
  ["grey", noise(33, 21, 1)],
  ["RGB", noise(33, 21, 3)],
  ["RGBA", noise(33, 21, 4)],
  ["16-bit grey", noise(33, 21, 1, "u16")],
  ["16-bit RGB", noise(33, 21, 3, "u16")],
  ["16-bit RGBA", noise(33, 21, 4, "u16")],
])("PNG gives back every sample and the format: %s", async (_name, image) => {
  const { stored } = await saved(image);
  const files = memoryFiles(Object.fromEntries(stored));
  const source = fileRef("Work.png", stored.get("Work.png")!);
  expect((await testNode(load, { source }, { files: files.files })).outputs.image).toEqual(image);
});

test("floating point samples are rounded to 16 bits", async () => {
  const { stored } = await saved({ ...noise(2, 1, 1, "f32"), data: Float32Array.of(0.5, 2) });
  const data = await sharp(stored.get("Work.png")).toColourspace("grey16").raw({ depth: "ushort" }).toBuffer();
  expect([...new Uint16Array(data.buffer, data.byteOffset, 2)]).toEqual([32768, 65535]);
});

test("the picture passes through, the file is described and published", async () => {
  const image = noise(4, 4);
  const { outputs, published, stored, file } = await saved(image);
  const { sha256, size } = fileRef("x", stored.get("Work.png")!);
  expect(outputs.image).toBe(image);
  expect(file).toEqual({ path: "Work.png", sha256, size, mime: "image/png", unchanged: false });
  expect(published).toEqual([{ role: "result", path: "Work.png", sha256, size, mime: "image/png", shows: "image" }]);
});

test.each([
  [{ format: "jpeg" }, "Work.jpg", "jpeg"],
  [{ format: "webp" }, "Work.webp", "webp"],
  [{ format: "avif" }, "Work.avif", "heif"],
  [{ name: "x.avif" }, "x.avif", "heif"],
  [{ name: "a/b.JPEG" }, "a/b.JPEG", "jpeg"],
  [{ name: "x.png", format: "webp" }, "x.png", "png"],
])("the name's extension decides the format, else the input does: %o", async (inputs, path, format) => {
  const { stored } = await saved(smooth(16, 16), inputs);
  expect([...stored.keys()]).toEqual([path]);
  expect((await sharp(stored.get(path)).metadata()).format).toBe(format);
});

test("JPEG puts transparency in front of white, and says so", async () => {
  const clear: ImageValue = { ...noise(8, 8, 4), data: new Uint8Array(8 * 8 * 4) };
  const { stored, logs } = await saved(clear, { format: "jpeg" });
  expect(logs).toEqual(["JPEG cannot hold transparency: the picture was put in front of white."]);
  expect((await sharp(stored.get("Work.jpg")).raw().toBuffer())[0]).toBe(255);
});

test("JPEG of an opaque RGBA picture says nothing", async () => {
  const opaque: ImageValue = { ...noise(8, 8, 4), data: new Uint8Array(8 * 8 * 4).fill(255) };
  expect((await saved(opaque, { format: "jpeg" })).logs).toEqual([]);
});

test("a lower quality takes less space", async () => {
  const size = async (quality: number) =>
    (await saved(noise(64, 64), { format: "jpeg", quality })).stored.get("Work.jpg")!.length;
  expect(await size(30)).toBeLessThan(await size(90));
});

test("{n} is the lowest number whose name is free or holds the same bytes", async () => {
  const files = memoryFiles({ "shot-1.png": Uint8Array.of(1), "shot-2.png": Uint8Array.of(2) });
  const name = "shot-{n}";
  expect((await saved(noise(2, 2), { name }, files)).file.path).toBe("shot-3.png");
  expect((await saved(noise(2, 2), { name }, files)).file).toMatchObject({ path: "shot-3.png", unchanged: true });
  expect((await saved(noise(2, 2, 3, "u8", 9), { name }, files)).file.path).toBe("shot-4.png");
});

test("on_exists goes to the host", async () => {
  const taken = () => memoryFiles({ "Work.png": Uint8Array.of(1) });
  await expect(saved(noise(2, 2), { on_exists: "error" }, taken())).rejects.toMatchObject({ code: "file.exists" });
  expect((await saved(noise(2, 2), { on_exists: "overwrite" }, taken())).file.path).toBe("Work.png");
});

test("a wrong name is refused before anything is encoded or written", async () => {
  const files = memoryFiles();
  await expect(saved(noise(2, 2), { name: "../x" }, files)).rejects.toMatchObject({ code: "save.name" });
  expect(files.stored.size).toBe(0);
});

test("in a list `{n}` is the picture's place, whatever runs first", async () => {
  const files = memoryFiles();
  for (const item of [3, 1, 2]) {
    const run = { workflow: "Work", item };
    await testNode(save, { image: noise(2, 2, 1, "u8", item), name: "cup-{n}" }, { files: files.files, run });
  }
  expect([...files.stored.keys()]).toEqual(["cup-3.png", "cup-1.png", "cup-2.png"]);
});
