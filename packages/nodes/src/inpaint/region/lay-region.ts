import { EngineError, type ImageValue, type MaskValue } from "@inlay/engine";
import { resizeImage } from "../../codec/resize-image.ts";
import { runSteps, type Pace } from "../../pace/run-steps.ts";
import { cropSteps } from "../../pixels/crop.ts";
import { cropMask } from "../../pixels/crop-mask.ts";
import { pasteSteps } from "../../pixels/paste.ts";
import { describeSize, sameAspect, sameSize } from "../../pixels/size.ts";
import { insideOf } from "./plan-region.ts";
import type { Region } from "./region.ts";

export interface Laying {
  readonly image: ImageValue;
  /** The region's new content, at its working size or another one of that shape. */
  readonly patch: ImageValue;
  readonly region: Region;
  /** Of the picture's size: where the patch shows. Without it all of the region is replaced. */
  readonly mask?: MaskValue | undefined;
}

/**
 * Lays a region back to where it was cut: scaled to the region's own size, without what had left the picture. Where the
 * mask is 0, and outside of the region, the samples are the picture's, bit for bit; its channels, depth, transparency,
 * profile and metadata stay.
 *
 * Errors: `image.size-mismatch` when the region was cut from a picture of another size, or the patch has another shape.
 */
export async function layRegion({ image, patch, region, mask }: Laying, pace: Pace): Promise<ImageValue> {
  checkRegion(image, region);
  const inside = insideOf(region);
  const foreground = await fitPatch(patch, region, pace);
  const weights = mask && cropMask(mask, inside);
  const pasting = { background: image, foreground, mask: weights, x: inside.left, y: inside.top, opacity: 1 };
  return runSteps<ImageValue>(pasteSteps(pasting), pace);
}

/** The patch at the region's own size, without what had left the picture. */
export async function fitPatch(patch: ImageValue, region: Region, pace: Pace): Promise<ImageValue> {
  const worked = { width: region.scaled_width, height: region.scaled_height };
  if (!sameAspect(patch, worked)) {
    throw new EngineError({
      code: "image.size-mismatch",
      message: "The patch has another shape than the region that was cut out.",
      input: "patch",
      expected: `${describeSize(worked)}, or another size of that shape`,
      received: describeSize(patch),
      suggestion: "Give the picture that was made of the crop, and that crop's region.",
    });
  }
  const inside = insideOf(region);
  const { width, height } = region;
  const scaled = await resizeImage(patch, { width, height }, { run: (steps) => runSteps(steps, pace) });
  pace.signal.throwIfAborted();
  if (sameSize(inside, region)) return scaled;
  const shown = { ...inside, left: inside.left - region.x, top: inside.top - region.y };
  return runSteps<ImageValue>(cropSteps(scaled, shown), pace);
}

function checkRegion(image: ImageValue, region: Region): void {
  const from = { width: region.image_width, height: region.image_height };
  if (sameSize(image, from)) return;
  throw new EngineError({
    code: "image.size-mismatch",
    message: "The region was cut from a picture of another size.",
    input: "image",
    expected: describeSize(from),
    received: describeSize(image),
    suggestion: "Link the picture that was cropped.",
  });
}
