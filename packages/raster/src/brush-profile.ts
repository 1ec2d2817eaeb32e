import { rowUnits } from "./fixed-point.ts";

/** Distances are looked up in 1/64 px. */
const profileUnits = 64;

/** What a brush does at each distance from its centre. */
export interface BrushProfile {
  /** From this distance on nothing, in 1/16 px. */
  readonly reach: number;
  /** The weight of 0–255 by the distance in 1/64 px, up to the reach. */
  readonly weights: Uint8Array;
}

/**
 * The profile of a round brush: 255 up to an inner distance, 0 from half a pixel beyond the radius on, and smooth
 * between (3t² − 2t³). The transition is (1 − hardness) × radius wide and at least one pixel, so a hard brush has a
 * smooth edge through the middle of its edge pixels.
 *
 * `radius` is in 1/16 px, `hardness` 0–1.
 */
export function brushProfile(radius: number, hardness: number): BrushProfile {
  const reach = radius + rowUnits / 2;
  const finer = profileUnits / rowUnits;
  const softness = Math.floor(radius * finer * (1 - hardness) + 0.5);
  const transition = Math.max(profileUnits, softness);
  const weights = new Uint8Array(reach * finer + 1);
  for (let distance = 0; distance < weights.length; distance++) {
    weights[distance] = smooth(Math.min(1024, Math.floor(((reach * finer - distance) * 1024) / transition)));
  }
  return { reach, weights };
}

/** 255 × (3t² − 2t³) for t in 1/1024, rounded. */
function smooth(t: number): number {
  return Math.floor((255 * t * t * (3072 - 2 * t) + 2 ** 29) / 2 ** 30);
}
