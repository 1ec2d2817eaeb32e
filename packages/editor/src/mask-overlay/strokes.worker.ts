import { applyEditsSteps, type MaskEdit } from "@inlay/raster";

/** Strokes to draw, and the size of the mask that they are for. */
export interface DrawRequest {
  readonly edits: readonly MaskEdit[];
  readonly width: number;
  readonly height: number;
  readonly isInverted: boolean;
}

/** The longest side of what is answered: a card shows no more. */
const longest = 512;

/** Draws a mask in full, as a run does, and answers with a small picture whose opacity it is. */
self.addEventListener("message", ({ data: request }: MessageEvent<DrawRequest>) => {
  const { pixels, width, height } = shrunk(masked(request), request);
  const image = new ImageData(width, height);
  for (let i = 0; i < pixels.length; i++) image.data[4 * i + 3] = request.isInverted ? 255 - pixels[i]! : pixels[i]!;
  void createImageBitmap(image).then((bitmap) => self.postMessage(bitmap, { transfer: [bitmap] }));
});

function masked({ edits, width, height }: DrawRequest): Uint8Array {
  const steps = applyEditsSteps({ width, height, data: new Uint8Array(width * height) }, edits);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The mean of the samples that fall on each pixel of a smaller picture. */
function shrunk(data: Uint8Array, full: Pick<DrawRequest, "width" | "height">) {
  const scale = Math.min(1, longest / Math.max(full.width, full.height));
  const [width, height] = [Math.max(1, Math.round(full.width * scale)), Math.max(1, Math.round(full.height * scale))];
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = range(y, height, full.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = range(x, width, full.width);
      let sum = 0;
      for (let row = top; row < bottom; row++)
        for (let at = row * full.width + left, end = row * full.width + right; at < end; at++) sum += data[at]!;
      pixels[y * width + x] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
  return { pixels, width, height };
}

/** Which of the large side's samples fall on one of the small side's. */
function range(index: number, small: number, large: number): readonly [number, number] {
  const from = Math.floor((index * large) / small);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * large) / small))];
}
