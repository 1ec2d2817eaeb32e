import { defineNode, Image, type InputFinding, Mask } from "@inlay/engine";
import { z } from "zod";
import { channelSteps } from "./channel-steps.ts";
import { maskRows, runMask, type MaskSteps } from "./run-mask.ts";
import type { Size } from "../pixels/size.ts";

const level = z.int().min(0).max(255);

export default defineNode({
  type: "mask/from-luminance",
  version: 1,
  title: "Mask from Brightness",
  category: "Mask",
  description:
    "Selects by brightness: the brighter a pixel, the more it is selected. Brightness is the luma of ITU-R BT.709, 0–255; transparency is ignored.",
  aliases: ["luma", "brightness", "luminosity", "highlights", "shadows", "grey"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture whose brightness is read." }),
    low: level.default(0).meta({
      title: "Low",
      description: "At this brightness and below nothing is selected. Below High.",
      widget: "slider",
    }),
    high: level.default(255).meta({
      title: "High",
      description: "At this brightness and above everything is selected; between the two it rises evenly.",
      widget: "slider",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "255 where the picture is bright, 0 where it is dark." }) },
  validate: ({ low, high }) => (low === undefined || high === undefined || low < high ? [] : [emptyRange(low, high)]),
  run: ({ image, low, high }, ctx) =>
    runMask(image, stretched(image, channelSteps(image, "luminance"), ramp(low, high)), ctx),
});

function emptyRange(low: number, high: number): InputFinding {
  return {
    code: "input.level-range",
    message: "`low` must be below `high`.",
    input: "low",
    expected: `below ${high}`,
    received: String(low),
    suggestion: "To select what is dark, invert the mask.",
  };
}

/** The sample for each brightness. */
function ramp(low: number, high: number): Uint8Array {
  const sample = (value: number) => Math.round((255 * (value - low)) / (high - low));
  return Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.max(0, sample(value))));
}

function* stretched(size: Size, steps: MaskSteps, table: Uint8Array): MaskSteps {
  const luma = yield* steps;
  return yield* maskRows(size, (start, end) => luma.subarray(start, end).map((value) => table[value]!));
}
