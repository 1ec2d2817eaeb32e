import { fillError } from "./fill-error.ts";

/** What to fill. Nothing in it is written to. */
export interface FillRequest {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** 1 grey, 3 RGB, 4 RGB with straight alpha; every channel is filled. */
  readonly channels: 1 | 3 | 4;
  /** Samples of 0–255, row by row, channels interleaved: `width × height × channels` of them. */
  readonly data: Uint8Array;
  /** One sample a pixel; 128 or more = fill this pixel, less = keep it. */
  readonly mask: Uint8Array;
  /** The same seed gives the same bytes, another seed another result. Any finite number. */
  readonly seed: number;
}

/** Throws `fill.bad-request` when sizes and lengths do not agree. */
export function checkRequest({ width, height, channels, data, mask, seed }: FillRequest): void {
  const pixels = width * height;
  const fits =
    [width, height].every((side) => Number.isSafeInteger(side) && side > 0) &&
    [1, 3, 4].includes(channels) &&
    data.length === pixels * channels &&
    mask.length === pixels;
  if (!fits) {
    const given = `${data.length} samples and ${mask.length} mask samples`;
    throw fillError("fill.bad-request", `An image of ${width} × ${height} × ${channels} does not have ${given}.`);
  }
  if (!Number.isFinite(seed)) throw fillError("fill.bad-request", `The seed ${seed} is not a finite number.`);
}
