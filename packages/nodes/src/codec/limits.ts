/** How large a picture may be once it is decoded. */
export interface DecodeLimits {
  /** Pixels along the longer side. */
  readonly maxSide: number;
  /** Width × height. */
  readonly maxPixels: number;
}

/**
 * What a file may decode to. 20,000 px a side is beyond every camera; 128 megapixels of 16-bit RGBA are 1 GB, as
 * much as one value may reasonably occupy. A file of a few kilobytes can claim far more.
 */
export const fileLimits: DecodeLimits = { maxSide: 20_000, maxPixels: 128_000_000 };

/** What a remote service may send: it is given at most 32 megapixels, and may answer with twice that. */
export const remoteLimits: DecodeLimits = { maxSide: 20_000, maxPixels: 64_000_000 };
