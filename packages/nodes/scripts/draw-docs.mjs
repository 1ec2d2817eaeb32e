// Draws the pictures of the docs pages: what goes into a node beside what comes out, by running the node itself. Values
// that are no pictures stand on cards. With types as arguments it draws only those.
// Reads dist, so run `tsc -b` first. Run it again when a node's result looks different; generate.mjs names the pictures.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { decodeImage } from "../dist/codec/decode-image.js";
import { encodeImage } from "../dist/codec/encode-image.js";
import { resizeImage } from "../dist/codec/resize-image.js";
import { docExamples } from "./doc-examples.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = join(root, "docs/nodes/pictures");
const gap = 12;

/** What nodes read and write is kept nowhere. */
const files = {
  read: () => Promise.resolve(readFileSync(join(root, "examples/remove-spoon/coffee.png"))),
  list: () =>
    Promise.resolve(
      ["cup 2.png", "cup 10.jpg", "wall.jpg"].map((path) => ({
        path,
        file: { kind: "file", name: path, size: 80_000 },
      })),
    ),
  write: ({ path, bytes }) => Promise.resolve({ path, size: bytes.length, sha256: sha256Of(bytes), unchanged: false }),
};
const artifacts = {
  put: (bytes, { mime }) => Promise.resolve({ kind: "artifact", sha256: sha256Of(bytes), size: bytes.length, mime }),
};

const subWorkflows = { "turn-and-shrink": { inputs: ["value"], outputs: ["value", "done"] } };
const samples = await makeSamples();
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const [type, inputs] of Object.entries(docExamples)) {
  if (wanted.length > 0 && !wanted.includes(type)) continue;
  const panels = [...panelsOf(given(inputs)), ...panelsOf(await run(type, inputs))];
  writeFileSync(join(folder, `${type.replaceAll("/", "-")}.jpg`), await drawRow(panels));
}

/** The pictures among some values, or else all of them on a card. */
function panelsOf(values) {
  const pictures = Object.values(values).flat().filter(isPicture);
  return pictures.length > 0 ? pictures : [{ kind: "card", values }];
}

/** The inputs with what their samples stand for. */
function given(inputs) {
  const real = (input) => (Array.isArray(input) ? input.map(real) : input?.sample ? samples[input.sample] : input);
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, real(input)]));
}

/** The photograph of the examples, small, and what is made of it. */
async function makeSamples() {
  const bytes = readFileSync(join(root, "examples/remove-spoon/coffee.png"));
  const { image } = await decodeImage(bytes, { name: "coffee.png" });
  const photo = await resizeImage(image, { width: 300, height: 200 });
  const compressed = await encodeImage(photo, { format: "jpeg", quality: 15 });
  const hard = maskOf(photo, (x, y) => Math.hypot((x - 150) / 90, (y - 100) / 60) < 1);
  const { mask: soft } = await run("mask/feather", { mask: hard, radius: 40 });
  const cut = await run("inpaint/crop-to-mask", { image: photo, mask: soft, context: 1 });
  return {
    warm: (await run("image/adjust", { image: photo, brightness: 0.06, saturation: 1.3 })).image,
    patch: (await run("image/convert", { image: cut.image, colors: "grey" })).image,
    region: cut.region,
    photo,
    layer: gradient(photo),
    stamp: await resizeImage(gradient(photo), { width: 90, height: 60 }),
    file: { kind: "file", name: "coffee.png", sha256: sha256Of(bytes), size: bytes.length },
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
  if (type.startsWith("runcomfy/")) return runInSandbox(type, inputs);
  const { default: definition } = await import(`../dist/${type}.js`);
  const answer = await testNode(definition, given(inputs), {
    files,
    artifacts,
    run: { workflow: "Cups" },
    subWorkflows,
  });
  const outputs = answer.expanded ? await runGraph(answer.expanded) : answer.outputs;
  // A photograph is shown as large as the others.
  const [shown] = Object.values(outputs);
  return type === "image/load" ? { image: await resizeImage(shown, { width: 300, height: 200 }) } : outputs;
}

/** What a node has expanded to, each node when it is asked for. */
async function runGraph({ nodes, outputs, inputs }) {
  const valueOf = async (value) => {
    if (value?.$input) return inputs[value.$input];
    return value?.$link ? (await made(value.$link[0]))[value.$link[1]] : value;
  };
  const made = async (id) => {
    const { type, inputs: written } = nodes[id];
    const entries = Object.entries(written).map(async ([name, value]) => [name, await valueOf(value)]);
    const values = Object.fromEntries(await Promise.all(entries));
    return type === "workflow/turn-and-shrink" ? turnAndShrink(values) : run(type, values);
  };
  const named = Object.entries(outputs).map(async ([name, { node, output }]) => [name, (await made(node))[output]]);
  return Object.fromEntries(await Promise.all(named));
}

/** The sub-workflow that the pictures of loops repeat; done when little is left. */
async function turnAndShrink({ value }) {
  const { image: turned } = await run("image/rotate", { image: value, angle: 15 });
  const image = await resizeImage(turned, {
    width: Math.round(turned.width * 0.7),
    height: Math.round(turned.height * 0.7),
  });
  return { value: image, done: image.width < 120 };
}

/** What a paid node makes is drawn by the built command and the local stand-in of the service. */
async function runInSandbox(type, inputs) {
  const folder = mkdtempSync(join(tmpdir(), "inlay-docs-"));
  try {
    const nodes = { paid: { type, version: 1, inputs: { ...inputs } } };
    for (const [name, value] of Object.entries(given(inputs)).filter(([, value]) => isPicture(value))) {
      const image = value.kind === "mask" ? { ...value, kind: "image", channels: 1, depth: "u8" } : value;
      writeFileSync(join(folder, `${name}.png`), await encodeImage(image, { format: "png" }));
      nodes[name] = { type: "image/load", version: 1, inputs: { source: { $file: `${name}.png` } } };
      nodes.paid.inputs[name] = { $link: [name, "image"] };
      if (value.kind !== "mask") continue;
      nodes[`${name}-mask`] = { type: "mask/from-image", version: 1, inputs: { image: { $link: [name, "image"] } } };
      nodes.paid.inputs[name] = { $link: [`${name}-mask`, "mask"] };
    }
    nodes.save = { type: "image/save", version: 1, inputs: { image: { $link: ["paid", "image"] }, name: "drawn" } };
    writeFileSync(join(folder, "workflow.json"), JSON.stringify({ inlay: 1, nodes }));
    const inlay = join(root, "packages/cli/bin/inlay.js");
    execFileSync(process.execPath, [inlay, "run", "workflow.json", "--sandbox"], { cwd: folder, stdio: "ignore" });
    const drawn = readFileSync(join(folder, "outputs/drawn.png"));
    return { image: (await decodeImage(drawn, { name: "drawn.png" })).image };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isPicture(value) {
  return value?.kind === "image" || value?.kind === "mask";
}

/** The panels side by side on grey, as JPEG. */
async function drawRow(panels) {
  const drawn = await Promise.all(panels.map((panel) => (panel.kind === "card" ? drawCard(panel) : drawPanel(panel))));
  const sizes = await Promise.all(drawn.map((input) => sharp(input).metadata()));
  const width = sizes.reduce((sum, panel) => sum + panel.width, gap * (panels.length - 1));
  const height = Math.max(...sizes.map((panel) => panel.height));
  let left = 0;
  const overlays = drawn.map((input, i) => {
    const place = { input, left, top: Math.floor((height - sizes[i].height) / 2) };
    left += sizes[i].width + gap;
    return place;
  });
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

/** Values that are no pictures, a line each: name and value. */
async function drawCard({ values }) {
  const lines = Object.entries(values).map(([name, value]) => `<b>${name}</b>  ${escape(write(value))}`);
  const text = { text: lines.join("\n"), font: "DejaVu Sans 13", dpi: 72, rgba: true, spacing: 8, width: 420 };
  const card = sharp({ text: { ...text, wrap: "word-char" } });
  const margin = { top: 14, bottom: 14, left: 16, right: 16, background: "#ffffff" };
  return card.flatten({ background: "#ffffff" }).extend(margin).png().toBuffer();
}

function write(value) {
  if (value?.kind === "file") return `${value.name}, ${value.size} bytes`;
  if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : JSON.stringify(value);
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function sha256Of(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
