import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageValue, MaskValue } from "@inlay/engine";
import { growMask, shrinkMask } from "@inlay/raster";
import { openInlay, type PictureResult } from "inlay";
import fc from "fast-check";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { deltaE2000, labOf } from "./support/delta-e.ts";
import { asService, openSandbox } from "./support/sandbox.ts";
import { tempFolder } from "./support/workspace.ts";

// The laws of the Inpaint node, against the sandbox over sockets: what it may change, where, and how a seam looks.

const isProof = process.env["INLAY_PROOF"] === "1";
const cases = isProof ? 200 : 20;

/** A picture and a mask, drawn from a seed. */
interface Scene {
  readonly width: number;
  readonly height: number;
  readonly depth: "u8" | "u16";
  readonly hasAlpha: boolean;
  readonly seed: number;
  /** The mask is an ellipse around a place of the picture, in shares of its sides, soft by so many pixels. */
  readonly at: readonly [number, number];
  readonly radii: readonly [number, number];
  readonly softness: number;
}

/** Areas are log-uniform from 32² pixels, so that nine in ten lie below 256²; sides differ by up to three times. */
const scenes: fc.Arbitrary<Scene> = fc
  .record({
    area: fc.double({ min: 0, max: 1, noNaN: true }),
    shape: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    depth: fc.constantFrom("u8", "u16"),
    hasAlpha: fc.boolean(),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
    at: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    radii: fc.tuple(fc.double({ min: 0.1, max: 0.3, noNaN: true }), fc.double({ min: 0.1, max: 0.3, noNaN: true })),
    softness: fc.constantFrom(0, 1, 6),
  })
  .map(({ area, shape, ...scene }) => {
    const pixels = 32 ** 2 * (256 / 32) ** (2 * (area / 0.9));
    const ratio = 3 ** shape;
    const side = (length: number) => Math.max(20, Math.round(length));
    return { ...scene, width: side(Math.sqrt(pixels) * ratio), height: side(Math.sqrt(pixels) / ratio) } as Scene;
  });

/** Waves of several lengths and some grain, between 30 and 225 of 255, so that a brighter tone cuts nothing off. */
function samplesOf({ width, height, depth, hasAlpha, seed }: Scene): Uint8Array | Uint16Array {
  const channels = hasAlpha ? 4 : 3;
  const out = depth === "u8" ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  const random = generator(seed);
  const waves = Array.from({ length: 12 }, () => Array.from({ length: 4 }, random));
  for (let i = 0; i < out.length; i++) {
    const [c, pixel] = [i % channels, Math.floor(i / channels)];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    let wave = 0;
    for (let k = c; k < waves.length; k += 4) {
      const [fx = 0, fy = 0, phase = 0, strength = 0] = waves[k]!;
      wave += (0.3 + strength) * Math.sin((x * fx + y * fy) * 0.6 + phase * 6.3);
    }
    const level = 128 + 24 * wave + 12 * (random() - 0.5);
    const value = Math.min(225, Math.max(30, level));
    out[i] = depth === "u8" ? value : value * 257 + 128 * (random() - 0.5);
  }
  return out;
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function maskOf({ width, height, at, radii, softness }: Scene): Uint8Array {
  const [cx, cy] = [at[0] * width, at[1] * height];
  const [rx, ry] = [Math.max(10, radii[0] * width), Math.max(10, radii[1] * height)];
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const distance = Math.hypot(((i % width) + 0.5 - cx) / rx, (Math.floor(i / width) + 0.5 - cy) / ry);
    const pixels = (1 - distance) * Math.min(rx, ry);
    return softness === 0 ? (pixels >= 0 ? 255 : 0) : Math.min(255, Math.max(0, (pixels / softness) * 255));
  });
}

async function writeScene(folder: string, scene: Scene, name: number): Promise<void> {
  const { width, height, hasAlpha, depth } = scene;
  const raw = { width, height, channels: hasAlpha ? 4 : 3 } as const;
  const samples = samplesOf(scene);
  const picture = sharp(samples, { raw });
  const png = depth === "u16" ? picture.toColourspace("rgb16").png() : picture.png();
  await writeFile(join(folder, `photo-${name}.png`), await png.toBuffer());
  const mask = sharp(maskOf(scene), { raw: { width, height, channels: 1 } });
  await writeFile(join(folder, `mask-${name}.png`), await mask.png().toBuffer());
}

const workflow = {
  inlay: 1,
  inputs: { photo: { type: "image" }, painted: { type: "image" }, match: { type: "boolean", default: true } },
  outputs: {
    before: { node: "load", output: "image" },
    after: { node: "inpaint", output: "image" },
    generation: { node: "inpaint", output: "generation_mask" },
    blend: { node: "inpaint", output: "blend_mask" },
  },
  nodes: {
    load: { type: "image/load", version: 1, inputs: { source: { $input: "photo" } } },
    file: { type: "image/load", version: 1, inputs: { source: { $input: "painted" } } },
    mask: { type: "mask/from-image", version: 1, inputs: { image: { $link: ["file", "image"] } } },
    inpaint: {
      type: "inpaint/inpaint",
      version: 1,
      inputs: {
        image: { $link: ["load", "image"] },
        mask: { $link: ["mask", "mask"] },
        prompt: "a cup on a wooden table",
        match_color: { $input: "match" },
      },
    },
  },
};

/** What a run made of a scene. */
interface Made {
  readonly scene: Scene;
  readonly before: ImageValue;
  readonly after: ImageValue;
  readonly generation: MaskValue;
  readonly blend: MaskValue;
}

type Results = Readonly<Record<"before" | "after" | "generation" | "blend", PictureResult>>;

/** A workspace with the workflow, and a sandbox of that profile as its service. */
async function openBench(profile: "identity" | "tone" | "shift") {
  const workspace = await tempFolder();
  const sandbox = await openSandbox({ profile, timing: { queuedMs: 0, minRunMs: 0 }, concurrency: 4 });
  const inlay = await openInlay({ workspace, env: asService(sandbox) });
  onTestFinished(() => inlay.close());
  await writeFile(join(workspace, "workflow.json"), JSON.stringify(workflow));
  const run = async (name: number, inputs: Readonly<Record<string, boolean>> = {}): Promise<Results> => {
    const files = { photo: join(workspace, `photo-${name}.png`), painted: join(workspace, `mask-${name}.png`) };
    return (await inlay.run("workflow.json", { ...files, ...inputs })) as unknown as Results;
  };
  return { workspace, sandbox, run };
}

/** Runs every scene through the node, with a sandbox of that profile as the service. */
async function inpaintAll(
  profile: "identity" | "tone" | "shift",
  drawn: readonly Scene[],
  inputs: Readonly<Record<string, boolean>> = {},
): Promise<Made[]> {
  const { workspace, run } = await openBench(profile);
  const made = drawn.map(async (scene, name) => {
    await writeScene(workspace, scene, name);
    const { before, after, generation, blend } = await run(name, inputs);
    return {
      scene,
      before: before.value as ImageValue,
      after: after.value as ImageValue,
      generation: generation.value as MaskValue,
      blend: blend.value as MaskValue,
    };
  });
  return Promise.all(made);
}

const levelOf = ({ depth }: ImageValue): number => (depth === "u16" ? 257 : 1);

/** The largest difference of a sample, in levels of 255, where the masks satisfy a condition. */
function farthest({ before, after, blend, generation }: Made, wanted: (blend: number, generation: number) => boolean) {
  let most = 0;
  for (let i = 0; i < before.data.length; i++) {
    const pixel = Math.floor(i / before.channels);
    if (!wanted(blend.data[pixel]!, generation.data[pixel]!)) continue;
    most = Math.max(most, Math.abs(before.data[i]! - after.data[i]!));
  }
  return most / levelOf(before);
}

/** Law 1, of every profile: where the blend mask is 0 nothing differs; format and alpha stay everywhere. */
function expectOutsideKept(made: Made): void {
  const { before, after } = made;
  const { data, ...format } = after;
  const { data: source, ...formatBefore } = before;
  expect(format).toEqual(formatBefore);
  expect(farthest(made, (blend) => blend === 0)).toBe(0);
  if (before.channels === 4) expect(source.filter((_, i) => i % 4 === 3 && source[i] !== data[i])).toHaveLength(0);
}

const isRing = (blend: number): boolean => blend > 0 && blend < 255;

/** The mean ΔE2000 to the picture in the three pixels on either side of the edge of what was painted anew. */
function seamOf({ before, after, generation: { data, width, height } }: Made): number {
  const painted = data.map((sample) => (sample >= 128 ? 255 : 0));
  const hard = { radius: 3, antialias: false };
  const outer = growMask(painted, width, height, hard);
  const inner = shrinkMask(painted, width, height, hard);
  let [sum, count] = [0, 0];
  for (let pixel = 0; pixel < outer.length; pixel++) {
    if (outer[pixel] === 0 || inner[pixel] === 255) continue;
    sum += deltaE2000(labAt(before, pixel), labAt(after, pixel));
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

function labAt({ data, channels, depth }: ImageValue, pixel: number) {
  const at = (c: number): number => data[pixel * channels + c]! / (depth === "u16" ? 65_535 : 255);
  return labOf(at(0), at(1), at(2));
}

/** By how many pixels the painted part lies beside where it belongs: the shift that leaves the smallest difference. */
function shiftOf({ before, after, generation: { data, width, height } }: Made): readonly [number, number] {
  const error = ([dx, dy]: readonly [number, number]): number => {
    let sum = 0;
    for (let y = 2; y < height - 2; y++) {
      for (let x = 2; x < width - 2; x++) {
        if (data[y * width + x]! < 255) continue;
        const [to, from] = [(y * width + x) * before.channels, ((y - dy) * width + x - dx) * before.channels];
        for (let c = 0; c < 3; c++) sum += (after.data[to + c]! - before.data[from + c]!) ** 2;
      }
    }
    return sum;
  };
  const shifts = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const));
  return shifts.reduce((best, shift) => (error(shift) < error(best) ? shift : best), [0, 0] as const);
}

const drawScenes = (seed: number, count: number) => fc.sample(scenes, { seed, numRuns: count });
const third = Math.ceil(cases / 3);

test("a service that gives back what it got changes at most a level in the ring, and nothing outside or by a pixel", async () => {
  for (const made of await inpaintAll("identity", drawScenes(1, third))) {
    expectOutsideKept(made);
    expect(farthest(made, isRing)).toBeLessThanOrEqual(1);
    expect(shiftOf(made)).toEqual([0, 0]);
  }
}, 600_000);

test("a service of a brighter tone leaves no seam", async () => {
  for (const made of await inpaintAll("tone", drawScenes(2, third))) {
    expectOutsideKept(made);
    expect(seamOf(made)).toBeLessThan(1);
  }
}, 600_000);

test("the seam is there when colours are not matched", async () => {
  const [made] = await inpaintAll("tone", drawScenes(2, 1), { match: false });
  expect(seamOf(made!)).toBeGreaterThan(1);
}, 60_000);

test("a service that shifts its picture by a pixel is found out, and still changes nothing outside", async () => {
  for (const made of await inpaintAll("shift", drawScenes(3, third))) {
    expectOutsideKept(made);
    expect(farthest(made, isRing)).toBeGreaterThan(1);
    expect(shiftOf(made)).toEqual([1, 0]);
  }
}, 600_000);

test("a job is what is sent: a result that is only blended otherwise is not paid again", async () => {
  const { workspace, sandbox, run } = await openBench("tone");
  await writeScene(workspace, drawScenes(2, 1)[0]!, 0);
  const [matched, plain] = [await run(0), await run(0, { match: false })];
  expect(Buffer.compare(await matched.after.toBuffer(), await plain.after.toBuffer())).not.toBe(0);
  expect(sandbox.ledger()).toHaveLength(1);
}, 60_000);

test.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441],
] as const)("the colour difference of %j and %j is that of Sharma's table", (a, b, difference) => {
  expect(deltaE2000(a, b)).toBeCloseTo(difference, 4);
});
