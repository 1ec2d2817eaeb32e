import { readFile } from "node:fs/promises";
import { readWorkflow, type Workflow } from "@inlay/engine";
import { featherMask, rasterizePolygon, type FeatherDirection, type Polygon } from "@inlay/raster";
import sharp from "sharp";

/** Decoded 8-bit samples. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

export async function readSamples(source: string | Uint8Array): Promise<Samples> {
  const { data, info } = await sharp(source).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
}

/** Whether two pictures have the same size and the same samples; `toEqual` would take seconds for it. */
export function samePicture(a: Samples, b: Samples): boolean {
  return a.width === b.width && a.height === b.height && Buffer.compare(a.data, b.data) === 0;
}

/** How many samples there are, and differ between two pictures, where the mask satisfies the condition. */
export function compareWhere(
  [a, b]: readonly [Samples, Samples],
  mask: Uint8Array,
  wanted: (value: number) => boolean,
): { readonly samples: number; readonly differing: number } {
  let samples = 0;
  let differing = 0;
  for (let i = 0; i < a.data.length; i++) {
    if (!wanted(mask[Math.floor(i / a.channels)]!)) continue;
    samples += 1;
    if (a.data[i] !== b.data[i]) differing += 1;
  }
  return { samples, differing };
}

export async function readExample(path: string): Promise<Workflow> {
  const { workflow, diagnostics } = readWorkflow(await readFile(path, "utf8"));
  if (!workflow) throw new Error(`${path}: ${diagnostics[0]?.message}`);
  return workflow;
}

/** The feathered mask of a workflow with a polygon `mask` and a `feather`, drawn without the engine and its nodes. */
export function featheredMask({ nodes }: Workflow, { width, height }: Samples): Uint8Array {
  const { mask, feather } = nodes;
  if (!mask || !feather) throw new Error("The workflow has no nodes `mask` and `feather`.");
  const { points } = mask.inputs as unknown as Polygon;
  const { radius, direction } = feather.inputs as { radius: number; direction: FeatherDirection };
  return featherMask(rasterizePolygon({ width, height }, { points }), width, height, radius, direction);
}
