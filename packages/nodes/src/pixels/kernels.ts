/** A resampling kernel: the weight of a sample by its distance, which is 0 from `radius` on. */
export interface Kernel {
  /** In samples. */
  readonly radius: number;
  weight(distance: number): number;
}

/** The kernels that interpolate or average; `nearest`, which does neither, is none of them. */
export type KernelName = "bilinear" | "bicubic" | "mitchell" | "lanczos2" | "lanczos3";

/**
 * - `bilinear`: the triangle.
 * - `bicubic`: Keys (1981) with a = −1 ÷ 2, also known as Catmull–Rom.
 * - `mitchell`: Mitchell and Netravali (1988) with B = C = 1 ÷ 3.
 * - `lanczos2`, `lanczos3`: sinc(x) · sinc(x ÷ n) with n lobes.
 */
export const kernels: Readonly<Record<KernelName, Kernel>> = {
  bilinear: { radius: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: cubic(0, 1 / 2),
  mitchell: cubic(1 / 3, 1 / 3),
  lanczos2: lanczos(2),
  lanczos3: lanczos(3),
};

/** The family of cubic filters of Mitchell and Netravali, "Reconstruction Filters in Computer Graphics", 1988. */
function cubic(b: number, c: number): Kernel {
  const near = (x: number) => ((12 - 9 * b - 6 * c) * x ** 3 + (-18 + 12 * b + 6 * c) * x ** 2 + (6 - 2 * b)) / 6;
  const far = (x: number) =>
    ((-b - 6 * c) * x ** 3 + (6 * b + 30 * c) * x ** 2 + (-12 * b - 48 * c) * x + (8 * b + 24 * c)) / 6;
  return {
    radius: 2,
    weight: (distance) => {
      const x = Math.abs(distance);
      return x < 1 ? near(x) : x < 2 ? far(x) : 0;
    },
  };
}

function lanczos(lobes: number): Kernel {
  const weight = (x: number) => (Math.abs(x) < lobes ? sinc(x) * sinc(x / lobes) : 0);
  return { radius: lobes, weight };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
