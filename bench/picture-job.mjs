// One photograph through seven steps: JPEG → resize → ellipse mask → feather → edit → compose → save. Twice: as Inlay
// nodes, and as the fewest sharp pipelines that do the same.
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInlay } from "inlay";
import sharp from "sharp";

const [width, height] = [2880, 1620];
const ellipse = { cx: 1440, cy: 810, rx: 900, ry: 500 };
const feather = 40;
const contrast = 1.3;

/** A 3840 × 2160 photograph with fine grain, made once a process: encoding cost depends on detail. */
export async function photograph(folder, format) {
  const path = join(folder, `photo.${format}`);
  if (existsSync(path)) return path;
  const source = new URL("../examples/remove-spoon/coffee.png", import.meta.url);
  const { data, info } = await sharp(source.pathname)
    .resize(3840, 2160, { fit: "cover" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let seed = 1;
  for (let i = 0; i < data.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    data[i] = Math.max(0, Math.min(255, data[i] + (seed >>> 28) - 8));
  }
  await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .toFormat(format, { quality: 92 })
    .toFile(path);
  return path;
}

export function newFolder() {
  return mkdtempSync(join(tmpdir(), "inlay-bench-"));
}

const link = (node, output) => ({ $link: [node, output] });

function workflowOf(format) {
  const nodes = {
    load: { type: "image/load", inputs: { source: { $file: `photo.${format}` } } },
    resize: { type: "image/resize", inputs: { image: link("load", "image"), width, height, fit: "fill" } },
    mask: { type: "mask/ellipse", inputs: { image: link("resize", "image"), ...ellipse } },
    feather: { type: "mask/feather", inputs: { mask: link("mask", "mask"), radius: feather } },
    edit: { type: "image/adjust", inputs: { image: link("resize", "image"), contrast } },
    compose: {
      type: "image/composite",
      inputs: { background: link("resize", "image"), foreground: link("edit", "image"), mask: link("feather", "mask") },
    },
    save: {
      type: "image/save",
      inputs: { image: link("compose", "image"), name: `inlay.${format}`, on_exists: "overwrite", quality: 90 },
    },
  };
  const versioned = Object.entries(nodes).map(([id, node]) => [id, { version: 1, ...node }]);
  return {
    inlay: 1,
    name: "bench",
    inputs: {},
    outputs: {},
    packs: {},
    assets: {},
    nodes: Object.fromEntries(versioned),
    workflows: {},
    view: {},
  };
}

/** The job as a workflow, in a new Inlay each time, so that nothing is cached. */
export async function inlayJob(folder, format) {
  const inlay = await openInlay({ workspace: folder, out: folder, cache: false });
  await inlay.run(workflowOf(format));
  await inlay.close();
}

/** The job in three sharp pipelines: one can neither use its result twice nor order its own steps. */
export async function sharpJob(folder, format) {
  const { data: base } = await sharp(join(folder, `photo.${format}`))
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { raw: { width, height, channels: 3 } };
  const { cx, cy, rx, ry } = ellipse;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="black"/><ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="white"/></svg>`;
  const mask = await sharp(Buffer.from(svg))
    .blur(feather / 2)
    .extractChannel(0)
    .raw()
    .toBuffer();
  const edited = await sharp(base, raw)
    .linear(contrast, 127.5 * (1 - contrast))
    .joinChannel(mask, { raw: { width, height, channels: 1 } })
    .raw()
    .toBuffer();
  const output = sharp(base, raw).composite([{ input: edited, raw: { width, height, channels: 4 } }]);
  const encoded =
    format === "png"
      ? output.removeAlpha().png({ compressionLevel: 2, adaptiveFiltering: true })
      : output.jpeg({ quality: 90 });
  await encoded.toFile(join(folder, `sharp.${format}`));
}
