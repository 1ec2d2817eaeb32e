import type { ImageValue } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { fullScale, sampleArrays } from "./sample-depth.ts";

/** A picture with alpha in two, both `u16`, so that a filter may treat each sample alike. */
export interface PremultipliedPlanes {
  /** RGB times alpha. */
  readonly colours: ImageValue;
  /** One channel. */
  readonly alpha: ImageValue;
}

const full = fullScale.u16;

/** Takes an RGBA picture of any depth apart. Yields progress (0–1). */
export function* splitPremultipliedSteps(image: ImageValue): Generator<number, PremultipliedPlanes, void> {
  const { width, height, data, depth } = image;
  const scale = full / fullScale[depth];
  const colours = new Uint16Array(width * height * 3);
  const alpha = new Uint16Array(width * height);
  yield* rowSteps({ height, cost: width * 4 }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) {
      const opacity = Math.min(full, Math.max(0, data[i * 4 + 3]! * scale));
      const factor = (opacity / full) * scale;
      alpha[i] = opacity + 0.5;
      for (let c = 0; c < 3; c++) colours[i * 3 + c] = Math.min(full, Math.max(0, data[i * 4 + c]! * factor)) + 0.5;
    }
  });
  const rest = { ...image, depth: "u16" } as const;
  return { colours: { ...rest, channels: 3, data: colours }, alpha: { ...rest, channels: 1, data: alpha } };
}

/** Puts the two together again, as RGBA of `depth`. Yields progress (0–1). */
export function* joinPremultipliedSteps(
  { colours, alpha }: PremultipliedPlanes,
  depth: ImageValue["depth"],
): Generator<number, ImageValue, void> {
  const { width, height } = alpha;
  const top = fullScale[depth];
  const half = depth === "f32" ? 0 : 0.5;
  const out = new sampleArrays[depth](width * height * 4);
  yield* rowSteps({ height, cost: width * 4 }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) {
      const opacity = alpha.data[i]!;
      if (opacity === 0) continue;
      for (let c = 0; c < 3; c++) out[i * 4 + c] = Math.min(top, (colours.data[i * 3 + c]! / opacity) * top) + half;
      out[i * 4 + 3] = (opacity / full) * top + half;
    }
  });
  return { ...alpha, channels: 4, depth, data: out };
}
