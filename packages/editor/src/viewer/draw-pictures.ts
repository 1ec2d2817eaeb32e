import type { Point } from "../document/graph.ts";
import type { Pixels } from "./pixels.ts";
import type { ViewPort } from "./view-port.ts";

export interface Scene {
  readonly view: ViewPort;
  readonly shown: Pixels;
  /** Seen left of the slider, in the same place and size as the picture. */
  readonly before?: Pixels | undefined;
  /** Where the slider stands, 0…1 of the stage's width. */
  readonly divider: number;
  /** Before and after lie beside each other, each seen through `view` in its half. */
  readonly isSplit?: boolean;
  readonly overlay?: OffscreenCanvas | undefined;
  /** The pixel whose value is told. */
  readonly probe?: Point | undefined;
}

const square = 8;

/** Draws the stage: the checker where a picture lets it through, the pictures, the mask above them, the probed pixel. */
export function drawPictures(canvas: HTMLCanvasElement, scene: Scene): void {
  const { view, shown, before, divider, overlay, probe, isSplit } = scene;
  const context = canvas.getContext("2d")!;
  const ratio = devicePixelRatio;
  const width = canvas.width / ratio;
  const height = canvas.height / ratio;
  const box = [view.x, view.y, shown.width * view.scale, shown.height * view.scale] as const;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = view.scale < 2;
  context.imageSmoothingQuality = "high";

  if (before && isSplit === true) {
    const half = width / 2;
    within(context, [0, 0, half, height], () => drawOne(context, box, { view, picture: before, overlay, probe }));
    within(context, [half, 0, half, height], () => {
      context.translate(half, 0);
      drawOne(context, box, { view, picture: shown, overlay, probe });
    });
    return;
  }
  context.fillStyle = checker(context);
  context.fillRect(...box);
  const split = before ? divider * width : 0;
  within(context, [split, 0, width - split, height], () => context.drawImage(shown.bitmap, ...box));
  if (before) within(context, [0, 0, split, height], () => context.drawImage(before.bitmap, ...box));
  if (overlay) context.drawImage(overlay, ...box);
  if (probe) outline(context, view, probe);
}

interface One {
  readonly view: ViewPort;
  readonly picture: Pixels;
  readonly overlay: OffscreenCanvas | undefined;
  readonly probe: Point | undefined;
}

function drawOne(
  context: CanvasRenderingContext2D,
  box: readonly [number, number, number, number],
  { view, picture, overlay, probe }: One,
): void {
  context.fillStyle = checker(context);
  context.fillRect(...box);
  context.drawImage(picture.bitmap, ...box);
  if (overlay) context.drawImage(overlay, ...box);
  if (probe) outline(context, view, probe);
}

function within(
  context: CanvasRenderingContext2D,
  rectangle: readonly [number, number, number, number],
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(...rectangle);
  context.clip();
  draw();
  context.restore();
}

let pattern: CanvasPattern | undefined;

/** Squares of two greys: what is seen through transparent pixels, in both themes. */
function checker(context: CanvasRenderingContext2D): CanvasPattern {
  if (pattern) return pattern;
  const tile = new OffscreenCanvas(square * 2, square * 2);
  const paint = tile.getContext("2d")!;
  paint.fillStyle = "#ffffff";
  paint.fillRect(0, 0, square * 2, square * 2);
  paint.fillStyle = "#c9cbd1";
  paint.fillRect(0, 0, square, square);
  paint.fillRect(square, square, square, square);
  pattern = context.createPattern(tile, "repeat")!;
  return pattern;
}

/** A ring around a pixel that is seen on any colour. */
function outline(context: CanvasRenderingContext2D, view: ViewPort, { x, y }: Point): void {
  const side = Math.max(6, view.scale);
  const left = view.x + (x + 0.5) * view.scale - side / 2;
  const top = view.y + (y + 0.5) * view.scale - side / 2;
  context.lineWidth = 3;
  context.strokeStyle = "#000000";
  context.strokeRect(left, top, side, side);
  context.lineWidth = 1;
  context.strokeStyle = "#ffffff";
  context.strokeRect(left, top, side, side);
}
