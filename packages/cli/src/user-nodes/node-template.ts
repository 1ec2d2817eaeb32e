/** A node to begin with and its test, as the texts of two files. */
export interface NodeTemplate {
  readonly code: string;
  readonly test: string;
}

/** What a node imports; not written out below, where it would read as an import of this package. */
const library = "inlay";

/** A node of that type: one of the family `mask` works on a mask, any other on an image. */
export function nodeTemplate(type: string, fileName: string): NodeTemplate {
  return type.startsWith("mask/") ? maskTemplate(type, fileName) : imageTemplate(type, fileName);
}

/** `mask/soft-stripes` is `Soft Stripes`. */
function titleOf(type: string): string {
  const words = type.slice(type.lastIndexOf("/") + 1).split("-");
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ");
}

function maskTemplate(type: string, fileName: string): NodeTemplate {
  return {
    code: `import { defineNode, Mask, z } from "${library}";

export default defineNode({
  type: "${type}",
  version: 1,
  title: "${titleOf(type)}",
  category: "Mask",
  description: "Selects every other stripe of what a mask selects.",
  inputs: { mask: Mask, size: z.int().min(1).max(512).default(16).meta({ title: "Size", unit: "px" }) },
  outputs: { mask: Mask },
  run({ mask, size }) {
    // Inputs are read-only: map() makes new samples, 255 selected, 0 not.
    const data = mask.data.map((sample, i) => (Math.floor((i % mask.width) / size) % 2 === 0 ? sample : 0));
    return { mask: { ...mask, data } };
  },
});
`,
    test: testText(
      fileName,
      "keeps the first of two stripes",
      `  const mask = { kind: "mask", width: 4, height: 1, data: Uint8Array.of(255, 255, 255, 255) };
  const { outputs } = await testNode(node, { mask, size: 2 });
  assert.deepEqual([...outputs.mask.data], [255, 255, 0, 0]);`,
    ),
  };
}

function imageTemplate(type: string, fileName: string): NodeTemplate {
  return {
    code: `import { defineNode, Image, z } from "${library}";

export default defineNode({
  type: "${type}",
  version: 1,
  title: "${titleOf(type)}",
  category: "Image",
  description: "Turns light into dark and dark into light.",
  inputs: { image: Image, strength: z.number().min(0).max(1).default(1).meta({ title: "Strength", widget: "slider" }) },
  outputs: { image: Image },
  run({ image, strength }) {
    const white = { u8: 255, u16: 65535, f32: 1 }[image.depth];
    const isAlpha = (i) => image.channels === 4 && i % 4 === 3;
    // Inputs are read-only: map() makes new samples.
    const data = image.data.map((sample, i) => (isAlpha(i) ? sample : sample + (white - 2 * sample) * strength));
    return { image: { ...image, data } };
  },
});
`,
    test: testText(
      fileName,
      "turns black into white and leaves alpha as it was",
      `  const image = { kind: "image", width: 1, height: 1, channels: 4, depth: "u8", data: Uint8Array.of(0, 100, 255, 128) };
  const { outputs } = await testNode(node, { image });
  assert.deepEqual([...outputs.image.data], [255, 155, 0, 128]);`,
    ),
  };
}

function testText(fileName: string, name: string, body: string): string {
  return `import assert from "node:assert/strict";
import { test } from "node:test";
import { testNode } from "inlay/testing";
import node from "./${fileName}";

test("${name}", async () => {
${body}
});
`;
}
