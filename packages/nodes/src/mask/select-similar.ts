import { setImmediate } from "node:timers/promises";
import { EngineError, type ImageValue } from "@inlay/engine";
import { keepConnectedSteps, type RowSpan, toRowSpans } from "@inlay/raster";
import { describeSize } from "../pixels/size.ts";
import type { MaskSteps } from "./run-mask.ts";
import { colourAt, similarSteps } from "./similar-steps.ts";

/** What a magic wand is pointed at. */
export interface SimilarRequest {
  /** A pixel [x, y], counted from 0 at the left top. */
  readonly point: readonly [number, number];
  /** How far each colour may be from the pixel's, 0–255. */
  readonly tolerance: number;
  /** Only what is connected with the pixel. */
  readonly contiguous: boolean;
}

/** More spans than a drawing holds: what is scattered over the picture like that is no selection. */
const mostSpans = 1_000_000;
/** How long to compute before other requests have their turn, in milliseconds. */
const slice = 20;

/**
 * The pixels of about one colour as spans of rows: what `mask/from-color` selects from the same point, for the mask editor to
 * keep. Lets other work run every 20 ms. Fails with `input.point` and `mask.too-scattered`.
 */
export async function selectSimilar(image: ImageValue, request: SimilarRequest): Promise<readonly RowSpan[]> {
  const [x, y] = request.point;
  const isInside =
    Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0 && x < image.width && y < image.height;
  if (!isInside) throw outside(request, image);
  const steps = selectionSteps(image, request);
  let step = steps.next();
  for (let last = performance.now(); step.done !== true; step = steps.next()) {
    if (performance.now() - last < slice) continue;
    await setImmediate();
    last = performance.now();
  }
  const spans = toRowSpans(step.value, image.width, image.height);
  if (spans.length > mostSpans) throw tooScattered(spans.length);
  return spans;
}

function* selectionSteps(image: ImageValue, { point, tolerance, contiguous }: SimilarRequest): MaskSteps {
  const similar = yield* similarSteps(image, colourAt(image, ...point), tolerance);
  return contiguous ? yield* keepConnectedSteps(similar, image.width, image.height, point) : similar;
}

function outside({ point }: SimilarRequest, image: ImageValue): EngineError {
  return new EngineError({
    code: "input.point",
    message: "The point lies outside the picture.",
    expected: `a pixel of ${describeSize(image)}`,
    received: `(${point.join(", ")})`,
  });
}

function tooScattered(count: number): EngineError {
  return new EngineError({
    code: "mask.too-scattered",
    message: "The colour is scattered over too many places to be kept as a selection.",
    expected: `at most ${mostSpans} spans of rows`,
    received: String(count),
    suggestion: "Take a larger tolerance, only the connected area, or the node `mask/from-color`.",
  });
}
