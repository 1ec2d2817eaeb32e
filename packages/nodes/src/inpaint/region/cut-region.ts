import type { ImageValue, MaskValue } from "@inlay/engine";
import { resizeImage } from "../../codec/resize-image.ts";
import { runSteps, type Pace } from "../../pace/run-steps.ts";
import { cropSteps } from "../../pixels/crop.ts";
import { maskAsImage } from "../../pixels/mask-as-image.ts";
import type { KernelName } from "../../pixels/kernels.ts";
import { padSteps } from "../../pixels/pad.ts";
import { sameSize } from "../../pixels/size.ts";
import { insideOf } from "./plan-region.ts";
import type { Region } from "./region.ts";

/**
 * The region of a picture at its working size. Where the region leaves the picture its edge pixels are repeated. At
 * scale 1 every sample is the picture's own.
 */
export function cutRegion(image: ImageValue, region: Region, pace: Pace): Promise<ImageValue> {
  return cut(image, region, "lanczos3", pace);
}

/** The same of a mask, interpolated without ringing: what is far from the selection stays 0. */
export async function cutRegionOfMask(mask: MaskValue, region: Region, pace: Pace): Promise<MaskValue> {
  const { width, height, data } = await cut(maskAsImage(mask), region, "bilinear", pace);
  return { kind: "mask", width, height, data: data as Uint8Array };
}

async function cut(image: ImageValue, region: Region, kernel: KernelName, pace: Pace): Promise<ImageValue> {
  const inside = insideOf(region);
  const part = await runSteps<ImageValue>(cropSteps(image, inside), pace);
  const left = inside.left - region.x;
  const top = inside.top - region.y;
  const right = region.width - inside.width - left;
  const bottom = region.height - inside.height - top;
  const padding = { left, top, right, bottom, fill: "edge" } as const;
  const whole = sameSize(inside, region) ? part : await runSteps<ImageValue>(padSteps(part, padding), pace);
  const size = { width: region.scaled_width, height: region.scaled_height };
  const scaled = await resizeImage(whole, size, { kernel, run: (steps) => runSteps(steps, pace) });
  pace.signal.throwIfAborted();
  return scaled;
}
