// Draws the pictures of the docs pages: what goes into a node beside what comes out, by running the node itself.
// Reads dist, so run `tsc -b` first. Run it again when a node's result looks different; generate.mjs names the pictures.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { decodeImage } from "../dist/codec/decode-image.js";
import { encodeImage } from "../dist/codec/encode-image.js";
import { resizeImage } from "../dist/codec/resize-image.js";
import { nodesPack } from "../dist/pack.js";
import { docExamples } from "./doc-examples.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = join(root, "docs/nodes/pictures");
const gap = 12;

const samples = await makeSamples();
mkdirSync(folder, { recursive: true });
for (const [type, inputs] of Object.entries(docExamples)) {
  const panels = Object.values(inputs).flatMap((input) => (input.sample ? [samples[input.sample]] : []));
  panels.push(...Object.values(await run(type, inputs)).filter(isPicture));
  writeFileSync(join(folder, `${type.replaceAll("/", "-")}.jpg`), await drawRow(panels));
}

/** The photograph of the examples, small, and what is made of it. */
async function makeSamples() {
  const bytes = readFileSync(join(root, "examples/remove-spoon/coffee.png"));
  const { image } = await decodeImage(bytes, { name: "coffee.png" });
  const photo = await resizeImage(image, { width: 300, height: 200 });
  const compressed = await encodeImage(photo, { format: "jpeg", quality: 15 });
  const hard = maskOf(photo, (x, y) => Math.hypot((x - 150) / 90, (y - 100) / 60) < 1);
  const { mask: soft } = await run("mask/feather", { mask: hard, radius: 40 });
  return {
    photo,
    layer: gradient(photo),
    compressed: (await decodeImage(compressed, { name: "compressed" })).image,
    hard,
    soft,
    spoon: (await run("mask/polygon", { image: photo, points: spoonOutline() })).mask,
    bar: maskOf(photo, (_x, y) => y > 75 && y < 125),
    ring: maskOf(photo, (x, y) => Math.abs(Math.hypot((x - 150) / 90, (y - 100) / 60) - 0.85) < 0.15),
    cutout: (await run("image/join-alpha", { image: photo, mask: soft })).image,
  };
}

/** The outline of the example, which is drawn for the photograph at twice the size. */
function spoonOutline() {
  const { nodes } = JSON.parse(readFileSync(join(root, "examples/remove-spoon/workflow.json"), "utf8"));
  return nodes.mask.inputs.points.map((point) => point.map((pixels) => pixels / 2));
}

function maskOf({ width, height }, isSelected) {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    isSelected(i % width, Math.floor(i / width)) ? 255 : 0,
  );
  return { kind: "mask", width, height, data };
}

function gradient(image) {
  const { width, height } = image;
  const data = image.data.map((_, i) => {
    const x = (Math.floor(i / 3) % width) / width;
    const y = Math.floor(i / 3 / width) / height;
    return [255 * x, 90 + 100 * y, 255 * (1 - x)][i % 3];
  });
  return { ...image, data };
}

async function run(type, inputs) {
  const definition = await nodesPack.nodes[type].load();
  const given = Object.entries(inputs).map(([name, input]) => [name, input.sample ? samples[input.sample] : input]);
  return (await testNode(definition, Object.fromEntries(given))).outputs;
}

function isPicture(value) {
  return value?.kind === "image" || value?.kind === "mask";
}

/** The panels side by side on grey, as JPEG. */
async function drawRow(panels) {
  const width = panels.reduce((sum, panel) => sum + panel.width, gap * (panels.length - 1));
  const height = Math.max(...panels.map((panel) => panel.height));
  const overlays = [];
  let left = 0;
  for (const panel of panels) {
    overlays.push({ input: await drawPanel(panel), left, top: Math.floor((height - panel.height) / 2) });
    left += panel.width + gap;
  }
  const canvas = sharp({ create: { width, height, channels: 3, background: "#b0b0b0" } });
  return canvas.composite(overlays).jpeg({ quality: 85 }).toBuffer();
}

/** A mask in grey; a transparent picture in front of a checkerboard. */
async function drawPanel(value) {
  const { width, height } = value;
  const image = value.kind === "mask" ? { ...value, kind: "image", channels: 1, depth: "u8" } : value;
  const png = await encodeImage(image, { format: "png" });
  const board = Uint8Array.from({ length: width * height }, (_, i) =>
    (((i % width) >> 3) + (Math.floor(i / width) >> 3)) % 2 === 0 ? 255 : 204,
  );
  const behind = sharp(board, { raw: { width, height, channels: 1 } });
  return behind
    .toColourspace("srgb")
    .composite([{ input: png }])
    .png()
    .toBuffer();
}
