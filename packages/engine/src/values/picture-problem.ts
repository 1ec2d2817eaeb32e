import type { ImageValue, MaskValue } from "./image.ts";

const sampleTypes = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array } as const;

/** What is wrong with a picture's own parts, as what was expected and what came. */
export interface PictureProblem {
  readonly expected: string;
  readonly received: string;
}

/**
 * Whether the parts of a picture or mask go together: a size of whole numbers, known channels and depth, samples of the
 * type of the depth, and as many as the size asks for. TypeScript knows most of it; code that it has not seen does not.
 */
export function pictureProblem(value: ImageValue | MaskValue): PictureProblem | undefined {
  const { width, height, data } = value;
  if (!isSide(width) || !isSide(height)) return problem("whole numbers above 0 as width and height", [width, height]);
  const { channels, depth } = value.kind === "image" ? value : { channels: 1, depth: "u8" as const };
  if (![1, 3, 4].includes(channels)) return problem("1, 3 or 4 channels", channels);
  if (!Object.hasOwn(sampleTypes, depth)) return problem("a depth of u8, u16 or f32", depth);
  const type = sampleTypes[depth];
  if (!(data instanceof type)) return { expected: `samples in a ${type.name}`, received: typeName(data) };
  const samples = width * height * channels;
  if (data.length !== samples) return problem(`${width} × ${height} × ${channels} = ${samples} samples`, data.length);
  return undefined;
}

function isSide(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function problem(expected: string, received: unknown): PictureProblem {
  return { expected, received: Array.isArray(received) ? received.map(String).join(" × ") : String(received) };
}

function typeName(value: unknown): string {
  return typeof value === "object" && value !== null ? (value.constructor?.name ?? "object") : typeof value;
}
