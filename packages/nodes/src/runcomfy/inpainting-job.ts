import type { ImageValue, MaskValue, NodeContext } from "@inlay/engine";
import { runSteps } from "../pace/run-steps.ts";
import { convertColours } from "../pixels/convert-colours.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import { dropAlpha } from "../pixels/flatten.ts";
import { hashPixelsSteps } from "../pixels/hash-pixels.ts";
import { maskAsImage } from "../pixels/mask-as-image.ts";
import { encodeMedium } from "./encode-medium.ts";
import type { PlacedMedium } from "./model/send-job.ts";
import { prepareMask } from "./prepare-mask.ts";

/** What is sent, what identifies it, and what is kept for compositing. */
export interface InpaintingJob {
  /** 8-bit RGB. */
  readonly sentImage: ImageValue;
  /** Of the pixels of `sentImage`, so that one picture in two file formats is one job. */
  readonly imageSha256: string;
  /** 255 to repaint, 0 to keep. */
  readonly hardMask: MaskValue;
  readonly maskSha256: string;
  readonly softMask: MaskValue;
}

export interface InpaintingSource {
  readonly image: ImageValue;
  readonly mask: MaskValue;
  /** Whether the mask selects what is to be kept. */
  readonly invert: boolean;
}

/** Makes the pixels to send from any picture and mask; checks the mask as `prepareMask` does. */
export async function prepareJob({ image, mask, invert }: InpaintingSource, ctx: NodeContext): Promise<InpaintingJob> {
  const { soft, hard } = prepareMask({ mask, invert, size: image }, ctx);
  await ctx.yieldNow();
  const sentImage = convertDepth(convertColours(dropAlpha(image), 3), "u8");
  await ctx.yieldNow();
  ctx.signal.throwIfAborted();
  const imageSha256 = await runSteps(hashPixelsSteps(sentImage), ctx);
  const maskSha256 = await runSteps(hashPixelsSteps(maskAsImage(hard)), ctx);
  return { sentImage, imageSha256, hardMask: hard, maskSha256, softMask: soft };
}

/** The two media of the request. */
export function mediaOf(job: InpaintingJob, ctx: NodeContext): readonly PlacedMedium[] {
  const { sentImage, imageSha256, hardMask, maskSha256 } = job;
  const image = { identity: imageSha256, encode: () => encodeMedium(sentImage, ctx, "image") };
  const mask = { identity: maskSha256, encode: () => encodeMedium(maskAsImage(hardMask), ctx, "mask") };
  return [
    { field: "image_url", input: "image", media: image },
    { field: "mask_image_url", input: "mask", media: mask },
  ];
}
