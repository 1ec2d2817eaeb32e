import type { MaskEdit } from "@inlay/raster";
import fc from "fast-check";

const step = (far: number) => fc.tuple(fc.integer({ min: -far, max: far }), fc.integer({ min: -far, max: far }));
const mode = fc.constantFrom("add" as const, "subtract" as const, "intersect" as const);
const fraction = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const points = (min: number, max: number) =>
  fc
    .tuple(step(1000), fc.array(step(300), { minLength: min - 1, maxLength: max - 1 }))
    .map(([first, others]) => [first, ...others]);

const brush = fc
  .record({
    tool: fc.constantFrom("brush" as const, "eraser" as const),
    size: fc.integer({ min: 8, max: 480 }).map((n) => n / 8),
    hardness: fraction,
    opacity: fraction,
    way: points(1, 12),
    isPen: fc.boolean(),
    seed: fc.nat(255),
  })
  .map(({ way, isPen, seed, ...stroke }): MaskEdit => {
    const pressure = way.map((_, i) => (seed + 61 * i) % 256);
    return isPen ? { ...stroke, points: way, pressure } : { ...stroke, points: way };
  });

const span = fc.tuple(fc.nat(9), fc.nat(50), fc.integer({ min: 1, max: 60 }));

/** Any edit of a mask of about 120 × 90 pixels, many of them reaching out of it. */
const edit: fc.Arbitrary<MaskEdit> = fc.oneof(
  { weight: 4, arbitrary: brush },
  fc.record({ tool: fc.constantFrom("lasso" as const, "polygon" as const), mode, points: points(3, 9) }),
  fc.record({ tool: fc.constantFrom("rectangle" as const, "ellipse" as const), mode, points: points(2, 2) }),
  fc.record({
    tool: fc.constant("gradient" as const),
    mode,
    shape: fc.constantFrom("linear" as const, "radial" as const),
    points: points(2, 2),
  }),
  fc.record({
    tool: fc.constant("fill" as const),
    mode: fc.constantFrom("add" as const, "subtract" as const),
    points: points(1, 1),
  }),
  fc.record({
    tool: fc.constantFrom("wand" as const, "color-range" as const),
    mode,
    spans: fc.array(span, { maxLength: 30 }),
  }),
  fc.record({
    tool: fc.constantFrom("grow" as const, "shrink" as const, "feather" as const),
    radius: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({ tool: fc.constant("threshold" as const), level: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ tool: fc.constantFrom("invert" as const, "fill-holes" as const, "clear" as const) }),
);

/** Lists of edits, the same for the same number. */
export function randomEdits(count: number): readonly (readonly MaskEdit[])[] {
  return fc.sample(fc.array(edit, { minLength: 1, maxLength: 10 }), { numRuns: count, seed: 7 });
}
