import type { ImageValue, MaskValue } from "@inlay/engine";
import { rowSteps } from "../../pixels/row-steps.ts";
import { fullScale, sampleArrays } from "../../pixels/sample-depth.ts";

export interface DetailQuestion {
  /** The picture's own pixels, at its depth. */
  readonly source: ImageValue;
  /** What was painted, and what it was painted on, both as it was sent: 8 bits, brought to the source's size. */
  readonly painted: ImageValue;
  readonly sent: ImageValue;
  /** 255 where something new was painted, 0 where only the tone may differ. */
  readonly generated: MaskValue;
}

/**
 * What was painted, in the source's depth, with the detail that the source has and what was sent lacks: finer pixels of a
 * picture that was scaled down, finer levels of one of 16 bits. The detail is added where nothing new was painted, so
 * that a service which gives back what it got changes nothing there at any scale and depth. Colours only, without alpha.
 * Yields progress (0–1).
 */
export function* keepDetailSteps({
  source,
  painted,
  sent,
  generated,
}: DetailQuestion): Generator<number, ImageValue, void> {
  const { width, height, channels, depth } = source;
  const colours = channels === 1 ? 1 : 3;
  const top = fullScale[depth];
  const scale = top / 255;
  const half = depth === "f32" ? 0 : 0.5;
  const data = new sampleArrays[depth](width * height * colours);
  yield* rowSteps({ height, cost: 2 * width * colours }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) {
      const kept = 1 - generated.data[i]! / 255;
      for (let c = 0; c < colours; c++) {
        const fresh = painted.data[i * painted.channels + c]! * scale;
        const detail = source.data[i * channels + c]! - sent.data[i * sent.channels + c]! * scale;
        data[i * colours + c] = Math.min(top, Math.max(0, fresh + kept * detail)) + half;
      }
    }
  });
  return { kind: "image", width, height, channels: colours, depth, data };
}
