import { createHash } from "node:crypto";
import { inSlices } from "./in-slices.ts";
import { PRESETS } from "./inpaint.ts";
import type { Picture, Size } from "./picture.ts";

const USUAL: Size = { width: 512, height: 512 };
const [LEAST, MOST] = [16, 2048];

/** The size that an input asks for by the names that models use; 512 × 512 when it says none, at most 2048 a side. */
export function askedSize(input: Readonly<Record<string, unknown>>): Size {
  const { width, height } = input;
  if (typeof width === "number" && typeof height === "number") return within({ width, height });
  for (const name of ["image_size", "size", "resolution", "aspect_ratio"]) {
    const value = input[name];
    const size = typeof value === "string" ? readSize(value) : isSize(value) ? within(value) : undefined;
    if (size) return size;
  }
  return USUAL;
}

/** `landscape_4_3`, `1024x768`, `1024*768`, or a ratio such as `16:9`, whose longer side is 512. */
function readSize(text: string): Size | undefined {
  const preset = Object.hasOwn(PRESETS, text) ? PRESETS[text] : undefined;
  if (preset) return preset;
  const [, first, sign, second] = /^(\d{1,5})([x*×:])(\d{1,5})$/.exec(text) ?? [];
  const [width, height] = [Number(first), Number(second)];
  if (sign === undefined || width === 0 || height === 0) return undefined;
  if (sign !== ":") return within({ width, height });
  const scale = USUAL.width / Math.max(width, height);
  return within({ width: width * scale, height: height * scale });
}

function isSize(value: unknown): value is Size {
  if (typeof value !== "object" || value === null) return false;
  return typeof Reflect.get(value, "width") === "number" && typeof Reflect.get(value, "height") === "number";
}

function within({ width, height }: Size): Size {
  const bounded = (side: number): number => Math.round(Math.min(MOST, Math.max(LEAST, side)));
  return { width: bounded(width), height: bounded(height) };
}

/** A gradient from one colour to another, both made of what was asked for: the same input gives the same picture. */
export async function plainPicture({ width, height }: Size, asked: string): Promise<Picture> {
  const colours = createHash("sha256").update(asked).digest();
  const data = new Uint8Array(width * height * 3);
  await inSlices(width * height, (from, to) => {
    for (let pixel = from; pixel < to; pixel++) {
      const share = Math.floor(pixel / width) / height;
      for (let c = 0; c < 3; c++) data[pixel * 3 + c] = colours[c]! + (colours[c + 3]! - colours[c]!) * share;
    }
  });
  return { width, height, data };
}
