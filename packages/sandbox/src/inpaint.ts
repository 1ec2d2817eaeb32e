import { inSlices } from "./in-slices.ts";
import { JobFailure } from "./job.ts";
import type { BinaryMask, Picture, Size } from "./picture.ts";

/**
 * What the sandbox makes of an image:
 *
 * - `fill` – fills the masked part from its surroundings; all other samples are off by at most one level, because the
 *   real service decodes the whole image anew and does not keep what the mask keeps
 * - `identity` – the image as it is
 * - `tone` – every sample 3 % brighter
 * - `shift` – everything one pixel to the right
 *
 * The last three are for tests of clients, and take no account of the mask.
 */
export type SandboxProfile = "fill" | "identity" | "tone" | "shift";

/** What an inpainting works on; image and mask have the same size. */
export interface InpaintInput {
  readonly image: Picture;
  readonly mask: BinaryMask;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** The sizes that the presets of `image_size` stand for. The API does not publish its own; these are the usual ones. */
export const PRESETS: Readonly<Record<string, Size>> = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
};

/** The output's size for a value of `image_size`; `auto` is the image's own. */
export function outputSize(imageSize: string, image: Size): Size {
  return PRESETS[imageSize] ?? { width: image.width, height: image.height };
}

const PROFILES: Readonly<Record<SandboxProfile, (input: InpaintInput) => Picture | Promise<Picture>>> = {
  fill,
  identity: ({ image }) => image,
  tone: ({ image }) => brighten(image),
  shift: ({ image }) => shiftRight(image),
};

/** Does what the profile says. The same input gives the same bytes. */
export async function inpaint(profile: SandboxProfile, input: InpaintInput): Promise<Picture> {
  return PROFILES[profile](input);
}

async function fill({ image, mask, seed, signal }: InpaintInput): Promise<Picture> {
  if (mask.white === mask.data.length) {
    throw new JobFailure("the mask covers the whole image: the sandbox has no surroundings to fill from");
  }
  const filled = mask.white === 0 ? image.data : await patchMatch({ image, mask, seed, signal });
  return { ...image, data: await decodedAnew(filled, mask.data, seed) };
}

async function patchMatch({ image, mask, seed, signal }: InpaintInput): Promise<Uint8Array> {
  const { fillInWorker } = await import("@inlay/patchmatch/node");
  const { width, height, data } = image;
  return fillInWorker({ width, height, channels: 3, data, mask: mask.data, seed: to32Bits(seed) }, { signal });
}

/** Folds an integer of any size to 32 bits, so that seeds that differ only in their high part differ still. */
export function to32Bits(seed: number): number {
  const whole = BigInt(seed);
  return Number(BigInt.asUintN(32, whole ^ (whole >> 32n)));
}

/** Moves each sample outside the mask by -1, 0 or +1, by a hash of its place and the seed. */
async function decodedAnew(filled: Uint8Array, mask: Uint8Array, seed: number): Promise<Uint8Array> {
  const salt = to32Bits(seed);
  const moved = new Uint8ClampedArray(filled);
  await inSlices(mask.length, (from, to) => {
    for (let pixel = from; pixel < to; pixel++) {
      if (mask[pixel] === 255) continue;
      for (let at = pixel * 3; at < pixel * 3 + 3; at++) moved[at] = moved[at]! + (hash32(at ^ salt) % 3) - 1;
    }
  });
  return new Uint8Array(moved.buffer);
}

/** The finaliser of MurmurHash3: spreads every bit of a 32-bit integer over all others. */
function hash32(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

async function brighten({ width, height, data }: Picture): Promise<Picture> {
  const brighter = new Uint8ClampedArray(data.length);
  await inSlices(data.length, (from, to) => {
    for (let at = from; at < to; at++) brighter[at] = Math.round(data[at]! * 1.03);
  });
  return { width, height, data: new Uint8Array(brighter.buffer) };
}

function shiftRight({ width, height, data }: Picture): Picture {
  const shifted = data.slice();
  for (let y = 0; y < height; y++) {
    const row = y * width * 3;
    shifted.set(data.subarray(row, row + (width - 1) * 3), row + 3);
  }
  return { width, height, data: shifted };
}
