export { rasterizeEllipse, type Ellipse } from "./rasterize-ellipse.ts";
export { rasterizePolygon, type FillRule, type Point, type Polygon } from "./rasterize-polygon.ts";
export { rasterizeRectangle, type Rectangle } from "./rasterize-rectangle.ts";
export type { Canvas } from "./scan-convert.ts";
export { decodePoints, encodePoints, strokeLimits, type BrushStroke } from "./stroke.ts";
export {
  putTile,
  startStroke,
  takeTile,
  type Brush,
  type MaskCanvas,
  type StrokePainter,
  type TouchedTile,
} from "./stroke-painter.ts";
export { maskTools, type EditMode, type MaskEdit, type MaskTool, type RowSpan } from "./mask-edit.ts";
export { editProblem, editRadiusLimit } from "./check-edit.ts";
export { applyEdit, applyEditSteps, applyEditsSteps } from "./apply-edit.ts";
export { packMask } from "./pack-mask.ts";
export { toRowSpans } from "./row-spans.ts";
export { featherMask, featherMaskSteps, type FeatherDirection } from "./feather-mask.ts";
export { featherReach } from "./box-widths.ts";
export { growMask, growMaskSteps, shrinkMask, shrinkMaskSteps, type GrowOptions } from "./grow-mask.ts";
export { fillHoles, fillHolesSteps } from "./fill-holes.ts";
export { keepConnected, keepConnectedSteps } from "./keep-connected.ts";
export { combineMasks, type MaskOperation } from "./combine-masks.ts";
export { invertMask } from "./invert-mask.ts";
export { thresholdMask } from "./threshold-mask.ts";
export { isEmptyMask, maskBounds, type Bounds } from "./mask-bounds.ts";
export type { RasterError, RasterErrorCode } from "./raster-error.ts";
