import { EngineError } from "@inlay/engine";
import { describeSize, sameAspect, type Size } from "../pixels/size.ts";

/** The service's presets with their shapes. `auto` follows the picture. */
export const imageSizes = [
  "auto",
  "square_hd",
  "square",
  "portrait_4_3",
  "portrait_16_9",
  "landscape_4_3",
  "landscape_16_9",
] as const;

export type ImageSize = (typeof imageSizes)[number];

const shapes: Readonly<Record<Exclude<ImageSize, "auto">, Size>> = {
  square_hd: { width: 1, height: 1 },
  square: { width: 1, height: 1 },
  portrait_4_3: { width: 3, height: 4 },
  portrait_16_9: { width: 9, height: 16 },
  landscape_4_3: { width: 4, height: 3 },
  landscape_16_9: { width: 16, height: 9 },
};

/** Fails with `input.control-range` unless control starts before it ends, which the service's own schema leaves open. */
export function checkControlRange({ start, end }: { readonly start: number; readonly end: number }): void {
  if (start < end) return;
  throw new EngineError({
    code: "input.control-range",
    message: "`control_start` must be below `control_end`. Nothing was sent or paid.",
    input: "control_start",
    expected: `below ${end}`,
    received: String(start),
  });
}

/**
 * Fails with `input.image-size` when a preset has another shape than the picture: the result could not be laid over it,
 * and would have been paid.
 */
export function checkImageSize(preset: ImageSize, size: Size): void {
  if (preset === "auto" || sameAspect(shapes[preset], size)) return;
  const { width, height } = shapes[preset];
  throw new EngineError({
    code: "input.image-size",
    message: "`image_size` has another shape than the picture. Nothing was sent or paid.",
    input: "image_size",
    expected: `a preset of the shape of ${describeSize(size)}`,
    received: `${preset}, which is ${width} : ${height}`,
    suggestion: "Use `auto`.",
  });
}
