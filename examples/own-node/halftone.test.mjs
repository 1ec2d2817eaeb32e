import assert from "node:assert/strict";
import { test } from "node:test";
import { testNode } from "inlay/testing";
import halftone from "./halftone.mjs";

const grey = (level) => ({
  kind: "image",
  width: 4,
  height: 4,
  channels: 1,
  depth: "u8",
  data: new Uint8Array(16).fill(level),
});

/** How many of the 16 pixels have ink. */
async function inked(level) {
  const { outputs } = await testNode(halftone, { image: grey(level), cell: 4 });
  return outputs.image.data.filter((sample, i) => i % 3 === 0 && sample !== 255).length;
}

test("white has no dot, and a darker cell has a larger one", async () => {
  assert.deepEqual([await inked(255), await inked(190), await inked(64)], [0, 4, 12]);
});
