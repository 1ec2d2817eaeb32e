export { rasterizeEllipse, type Ellipse } from "./rasterize-ellipse.ts";
export { rasterizePolygon, type FillRule, type Point, type Polygon } from "./rasterize-polygon.ts";
export type { Canvas } from "./scan-convert.ts";
export { featherMask, featherMaskSteps, type FeatherDirection } from "./feather-mask.ts";
export { featherReach } from "./box-widths.ts";
export { invertMask } from "./invert-mask.ts";
export { isEmptyMask, maskBounds, type Bounds } from "./mask-bounds.ts";
export type { RasterError, RasterErrorCode } from "./raster-error.ts";
