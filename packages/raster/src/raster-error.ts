/** What a rasteriser can refuse. */
export type RasterErrorCode = "raster.bad-size" | "raster.bad-coordinate" | "raster.bad-radius" | "raster.bad-stroke";

/** An `Error` that carries its code as data; match on `error.data.code`. */
export interface RasterError extends Error {
  readonly data: { readonly code: RasterErrorCode; readonly message: string };
}

/** Makes the error to throw. */
export function rasterError(code: RasterErrorCode, message: string): RasterError {
  return Object.assign(new Error(message), { data: { code, message } });
}

/** Throws `raster.bad-size` unless both sides are positive integers and, if given, `length` is their product. */
export function checkSize(width: number, height: number, length?: number): void {
  const sides = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (!sides) throw rasterError("raster.bad-size", `A mask of ${width} × ${height} pixels is not possible.`);
  if (length !== undefined && length !== width * height) {
    throw rasterError(
      "raster.bad-size",
      `A mask of ${width} × ${height} pixels has ${width * height} samples, not ${length}.`,
    );
  }
}
