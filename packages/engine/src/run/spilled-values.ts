import type { NodeOutputs } from "../cache/result-cache.ts";
import type { SpilledSamples, SpillStore } from "../host.ts";
import { isHandle } from "../schema/check-value.ts";
import type { ImageValue, MaskValue } from "../values/image.ts";

type Pixels = ImageValue | MaskValue;

/** Pixels whose samples have been written out, alone or in a list: whole but for `data`, which is empty. */
type SpilledValue = Pixels & { readonly spilled: SpilledSamples };

/** What outputs hold: bytes of samples in memory, and samples that have been written out. */
export function weigh(outputs: NodeOutputs): { readonly bytes: number; readonly spilled: readonly SpilledSamples[] } {
  let bytes = 0;
  const spilled: SpilledSamples[] = [];
  const add = (value: unknown): void => {
    if (isSpilled(value)) spilled.push(value.spilled);
    else if (isPixels(value)) bytes += value.data.byteLength;
  };
  for (const name in outputs) {
    const value = outputs[name];
    if (Array.isArray(value)) value.forEach(add);
    else add(value);
  }
  return { bytes, spilled };
}

/** The same outputs with their pixels written out, and what has been written. On failure nothing is left behind. */
export async function spillOutputs(
  outputs: NodeOutputs,
  store: SpillStore,
): Promise<{ readonly outputs: NodeOutputs; readonly written: readonly SpilledSamples[] }> {
  const written: SpilledSamples[] = [];
  try {
    const light = await mapValues(outputs, async (value) => {
      if (!isPixels(value) || isSpilled(value)) return value;
      const spilled = await store.write(value.data);
      written.push(spilled);
      return { ...value, data: value.data.slice(0, 0), spilled } as SpilledValue;
    });
    return { outputs: light, written };
  } catch (error) {
    for (const samples of written) store.drop(samples);
    throw error;
  }
}

/** The same values with all samples in memory; undefined when they are already. */
export function restoreValues(
  values: Readonly<Record<string, unknown>>,
  store: SpillStore,
): Promise<Record<string, unknown>> | undefined {
  const isOut = (value: unknown): boolean => isSpilled(value) || (Array.isArray(value) && value.some(isSpilled));
  if (!Object.values(values).some(isOut)) return undefined;
  return mapValues(values, async (value) => {
    if (!isSpilled(value)) return value;
    const { spilled, ...rest } = value;
    return { ...rest, data: await store.read(spilled) };
  });
}

/** One after the other, so that no more is in memory than must be. */
async function mapValues(
  values: Readonly<Record<string, unknown>>,
  map: (value: unknown) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const mapped: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!Array.isArray(value)) {
      mapped[name] = await map(value);
      continue;
    }
    const items: unknown[] = [];
    for (const item of value) items.push(await map(item));
    mapped[name] = items;
  }
  return mapped;
}

function isPixels(value: unknown): value is Pixels {
  return isHandle(value, "image") || isHandle(value, "mask");
}

function isSpilled(value: unknown): value is SpilledValue {
  return typeof value === "object" && value !== null && "spilled" in value;
}
