import { EngineError } from "@inlay/engine";
import { fileLimits } from "../codec/limits.ts";
import { describeSize, type Size } from "./size.ts";

/**
 * Refuses to make a picture that is larger than a file may be: `image.too-large` above 20,000 pixels a side or
 * 128 megapixels.
 */
export function checkSize(size: Size): void {
  const { maxSide, maxPixels } = fileLimits;
  if (size.width <= maxSide && size.height <= maxSide && size.width * size.height <= maxPixels) return;
  throw new EngineError({
    code: "image.too-large",
    message: `The picture would have ${describeSize(size)}.`,
    expected: `at most ${maxSide} pixels a side and ${Math.round(maxPixels / 1e6)} megapixels`,
    received: describeSize(size),
  });
}
