import type { ImageValue, NodeContext } from "@inlay/engine";
import { resizeImage } from "../codec/resize-image.ts";
import { runSteps } from "../pace/run-steps.ts";
import { blendImagesSteps } from "../pixels/blend-images.ts";
import type { Colour } from "../pixels/colour.ts";
import { convertColours } from "../pixels/convert-colours.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import { planFit } from "../pixels/fit-size.ts";
import type { Size } from "../pixels/size.ts";
import { solidImage } from "../pixels/solid.ts";
import { withAlpha } from "../pixels/with-alpha.ts";

export interface CellOptions extends Size {
  readonly fit: "contain" | "cover";
  /** The colour of the sheet, which has an alpha channel if that is not opaque. */
  readonly behind: Colour;
}

/** A picture as a cell shows it: scaled, in 8 bits, with the channels of what is behind it, in front of that. */
export async function fitCell(
  image: ImageValue,
  { width, height, fit, behind }: CellOptions,
  ctx: NodeContext,
): Promise<ImageValue> {
  const fitting = planFit(image, {
    width,
    height,
    fit: fit === "cover" ? "cover" : "inside",
    withoutEnlargement: false,
  });
  const run = (steps: Iterator<number, ImageValue, void>) => runSteps(steps, ctx);
  const scaled = convertDepth(await resizeImage(image, fitting, { run }), "u8");
  if (scaled.channels !== 4) return behind[3] < 255 ? withAlpha(scaled) : convertColours(scaled, 3);
  const background = solidImage(scaled, behind);
  return runSteps(blendImagesSteps({ background, foreground: scaled, mode: "normal", opacity: 1 }), ctx);
}
