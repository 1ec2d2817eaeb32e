import { hash } from "node:crypto";
import type { FileAccess, ImageValue, RunInfo } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { nodesPack } from "@inlay/nodes";
import { expect, test } from "vitest";
import { workflowInPicture } from "../src/sharing/picture-workflow.ts";

const formats = ["png", "jpeg", "webp", "avif"] as const;

/** A picture as `image/save` writes it. */
async function saved(inputs: object, workflow: object): Promise<Blob> {
  let written = new Uint8Array();
  const files: Partial<FileAccess> = {
    async write({ path, bytes }) {
      written = Uint8Array.from(bytes);
      return { path, sha256: hash("sha256", bytes), size: bytes.length, unchanged: false };
    },
  };
  const run: Partial<RunInfo> = {
    workflow: "Cups",
    inputs: { prompt: "a <red> cup & saucer", size: 7, wrong: "text" },
    seeds: {},
    workflowText: () => JSON.stringify(workflow),
  };
  const image: ImageValue = {
    kind: "image",
    width: 16,
    height: 16,
    channels: 3,
    depth: "u8",
    data: new Uint8Array(16 * 16 * 3).fill(90),
    metadata: {},
  };
  const save = await nodesPack.nodes["image/save"]!.load();
  await testNode(save, { image, ...inputs }, { files: files as FileAccess, run });
  return new Blob([written]);
}

const workflow = {
  inlay: 1,
  name: "Cups & <walls> ü 漢",
  inputs: {
    prompt: { type: "string", default: "a cup" },
    size: { type: "integer", default: 1 },
    wrong: { type: "integer", default: 1 },
  },
  nodes: { load: { type: "image/load", version: 1, inputs: { source: { $file: "cup.png" } } } },
};

test.each(formats)("a %s made by Inlay has its workflow, with the values of its run", async (format) => {
  const found = await workflowInPicture(await saved({ format }, workflow));
  expect(found).toMatchObject({ name: workflow.name, nodes: workflow.nodes });
  const defaults = Object.values(found!.inputs).map((input) => input.default);
  expect(defaults).toEqual(["a <red> cup & saucer", 7, 1]);
});

test.each(formats)("a %s may hold the workflow alone, or nothing", async (format) => {
  const graph = await workflowInPicture(await saved({ format, metadata: "graph" }, workflow));
  expect(graph?.inputs["prompt"]?.default).toBe("a cup");
  expect(await workflowInPicture(await saved({ format, metadata: "none" }, workflow))).toBeUndefined();
});

test("a workflow that was too long for a JPEG is found deflated", async () => {
  const description = "cup ".repeat(50_000);
  const found = await workflowInPicture(await saved({ format: "jpeg" }, { ...workflow, description }));
  expect(found?.description).toBe(description);
});

test("damage anywhere gives the workflow, another one or none, and never throws", async () => {
  const bytes = new Uint8Array(await (await saved({ format: "png" }, workflow)).arrayBuffer());
  for (let at = 0; at < bytes.length; at += 7) {
    const damaged = bytes.slice();
    damaged[at]! ^= 0x55;
    await workflowInPicture(new Blob([damaged]));
    if (at % 35 === 0) await workflowInPicture(new Blob([bytes.subarray(0, at)]));
  }
});
