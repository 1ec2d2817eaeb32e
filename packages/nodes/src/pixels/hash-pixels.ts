import { createHash } from "node:crypto";
import type { ImageValue } from "@inlay/engine";

/** Bytes a step hashes: some milliseconds. */
const bytesPerStep = 2 ** 22;

/**
 * SHA-256 of a picture's decoded samples with its size, channels and depth before them, as 64 hex digits: equal for
 * equal pictures however their files were encoded. Yields its progress (0–1).
 */
export function* hashPixelsSteps(image: ImageValue): Generator<number, string, void> {
  const { width, height, channels, depth, data } = image;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const hash = createHash("sha256").update(`${width} ${height} ${channels} ${depth}\n`);
  for (let start = 0; start < bytes.length; start += bytesPerStep) {
    hash.update(bytes.subarray(start, start + bytesPerStep));
    yield Math.min(1, (start + bytesPerStep) / bytes.length);
  }
  return hash.digest("hex");
}
