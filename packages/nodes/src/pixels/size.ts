/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether two sizes are equal. */
export function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

/** Whether two sizes have the same ratio of width to height within 1 %, as rounding to whole pixels changes it. */
export function sameAspect(a: Size, b: Size): boolean {
  return Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= 0.01;
}

/** `1024 × 768 pixels`, as errors say it. */
export function describeSize({ width, height }: Size): string {
  return `${width} × ${height} pixels`;
}
