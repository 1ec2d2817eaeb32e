import type { MessageKey } from "../../messages/translate.ts";

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Shapes that people ask for, width to height, lying down. */
export const shapes: readonly (readonly [number, number])[] = [
  [1, 1],
  [5, 4],
  [4, 3],
  [3, 2],
  [16, 9],
  [21, 9],
];

/** What sides of pictures are rounded to for models: most want multiples of 8 or 16, older ones of 64. */
export const multiples = [8, 16, 64] as const;

/** Sizes by what they are for, lying down. Those for models have about a megapixel in the shapes that such models learnt. */
export const commonSizes: readonly {
  readonly label: MessageKey;
  readonly sizes: readonly (readonly [number, number])[];
  /** They stand, whatever the size does now. */
  readonly isUpright?: true;
}[] = [
  {
    label: "size.models",
    sizes: [
      [512, 512],
      [768, 768],
      [1024, 1024],
      [1152, 896],
      [1216, 832],
      [1344, 768],
      [1536, 640],
    ],
  },
  {
    label: "size.screens",
    sizes: [
      [1280, 720],
      [1920, 1080],
      [2560, 1440],
      [3840, 2160],
    ],
  },
  {
    label: "size.posts",
    isUpright: true,
    sizes: [
      [1080, 1080],
      [1350, 1080],
      [1920, 1080],
    ],
  },
  {
    label: "size.print",
    sizes: [
      [1772, 1181],
      [2480, 1748],
      [3508, 2480],
    ],
  },
];

/** A size of another shape with the same longer side, lying or standing as it does now. */
export function inShape({ width, height }: Size, [long, short]: readonly [number, number]): Size {
  const side = Math.max(width, height);
  const other = Math.max(1, Math.round((side * short) / long));
  return height > width ? { width: other, height: side } : { width: side, height: other };
}

/** Both sides as the nearest multiples, at least one of them each. */
export function toMultiples({ width, height }: Size, step: number): Size {
  const round = (side: number): number => Math.max(step, Math.round(side / step) * step);
  return { width: round(width), height: round(height) };
}

/** A size that lies down or stands. */
export function turned([long, short]: readonly [number, number], isUpright: boolean): Size {
  return isUpright ? { width: short, height: long } : { width: long, height: short };
}
