import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { fileRef } from "../../test/pictures.ts";
import save from "./save.ts";

const bytes = Buffer.from("\0\0\0\x18ftypmp42", "latin1");

async function saved(inputs: Record<string, unknown> = {}, name = "clip.MP4") {
  const files = memoryFiles({ [name]: bytes });
  const run = { workflow: "Work", id: "run1", inputs: {} };
  const result = await testNode(save, { file: fileRef(name, bytes), ...inputs }, { files: files.files, run });
  return { ...result, stored: files.stored };
}

test("a file is written byte for byte, with its own ending", async () => {
  const { stored, outputs, published } = await saved();
  expect(stored.get("Work.mp4")).toEqual(bytes);
  expect(outputs.written).toMatchObject({ path: "Work.mp4", mime: "video/mp4", size: bytes.length, unchanged: false });
  expect(published).toMatchObject([{ role: "result", path: "Work.mp4", mime: "video/mp4" }]);
});

test("an ending that the name has already is not doubled", async () => {
  expect((await saved({ name: "films/wave.mp4" })).stored.has("films/wave.mp4")).toBe(true);
});

test("{n} takes the lowest number that is free", async () => {
  expect((await saved({ name: "wave-{n}" })).stored.has("wave-1.mp4")).toBe(true);
});

test("a file without an ending gets none, and is bytes", async () => {
  expect((await saved({}, "clip")).outputs.written).toMatchObject({ path: "Work", mime: "application/octet-stream" });
});

test("a name that cannot be is refused", async () => {
  await expect(saved({ name: "{nonsense}" })).rejects.toMatchObject({ data: { code: "save.placeholder" } });
});
