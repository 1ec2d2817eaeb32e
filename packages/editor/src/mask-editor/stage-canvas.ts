import type { Bounds } from "@inlay/raster";
import { fitPicture, type Size, type ViewPort } from "../viewer/view-port.ts";
import type { MaskModel } from "./mask-model.ts";
import { drawOverlay, type OverlayLook, type StageRect } from "./overlay.ts";

/** The picture and the mask over it, drawn a frame at a time: only what has changed of the mask is drawn again. */
export class StageCanvas {
  readonly #picture: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #model: MaskModel;
  readonly #onView: (view: ViewPort) => void;
  #bitmap: ImageBitmap | undefined;
  #size: Size = { width: 0, height: 0 };
  #view: ViewPort = { scale: 1, x: 0, y: 0 };
  #look: OverlayLook;
  #frame: number | undefined;
  #isViewNew = true;
  #changed: Bounds | undefined;
  readonly #stop: () => void;

  constructor(parts: {
    readonly picture: HTMLCanvasElement;
    readonly overlay: HTMLCanvasElement;
    readonly model: MaskModel;
    readonly look: OverlayLook;
    onView(view: ViewPort): void;
  }) {
    this.#picture = parts.picture;
    this.#overlay = parts.overlay;
    this.#model = parts.model;
    this.#look = parts.look;
    this.#onView = parts.onView;
    this.#stop = parts.model.onChange((bounds) => {
      this.#changed = this.#changed ? unite(this.#changed, bounds) : bounds;
      this.#request();
    });
  }

  get view(): ViewPort {
    return this.#view;
  }

  /** The stage's size in CSS pixels. */
  get size(): Size {
    return this.#size;
  }

  close(): void {
    this.#stop();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#bitmap?.close();
  }

  show(bitmap: ImageBitmap): void {
    this.#bitmap?.close();
    this.#bitmap = bitmap;
    this.#all();
  }

  setLook(look: OverlayLook): void {
    this.#look = look;
    this.#all();
  }

  setView(view: ViewPort): void {
    this.#view = view;
    this.#onView(view);
    this.#all();
  }

  fit(): void {
    this.setView(fitPicture(this.#model.canvas, this.#size));
  }

  /** Takes the size of the stage; the first time, and while the whole picture is seen, it stays whole. */
  resize(size: Size): void {
    const isFitted = this.#size.width === 0 || isSame(this.#view, fitPicture(this.#model.canvas, this.#size));
    this.#size = size;
    for (const canvas of [this.#picture, this.#overlay]) {
      canvas.width = Math.max(1, Math.round(size.width * devicePixelRatio));
      canvas.height = Math.max(1, Math.round(size.height * devicePixelRatio));
    }
    if (isFitted) this.fit();
    else this.#all();
  }

  #all(): void {
    this.#isViewNew = true;
    this.#request();
  }

  #request(): void {
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = undefined;
    const { width, height } = this.#overlay;
    const whole = { x: 0, y: 0, width, height };
    const rect = this.#isViewNew ? whole : this.#changed ? this.#onStage(this.#changed) : undefined;
    if (this.#isViewNew) this.#drawPicture();
    this.#isViewNew = false;
    this.#changed = undefined;
    if (!rect) return;
    const context = this.#overlay.getContext("2d")!;
    if (rect === whole) context.clearRect(0, 0, width, height);
    drawOverlay(context, this.#model.canvas, {
      view: this.#view,
      ratio: devicePixelRatio,
      look: this.#look,
      rect: this.#clipped(rect),
    });
  }

  #drawPicture(): void {
    const context = this.#picture.getContext("2d")!;
    const { scale, x, y } = this.#view;
    const { width, height } = this.#model.canvas;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, this.#size.width, this.#size.height);
    context.imageSmoothingEnabled = scale < 2;
    if (this.#bitmap) context.drawImage(this.#bitmap, x, y, width * scale, height * scale);
  }

  /** Where a part of the mask lies on the stage, a pixel more on each side. */
  #onStage({ x, y, width, height }: Bounds): StageRect {
    const scale = this.#view.scale * devicePixelRatio;
    // Pixels that look at several of the mask's are touched by changes beside them.
    const margin = Math.ceil(scale < 0.75 ? 2 : 1);
    const left = Math.floor(this.#view.x * devicePixelRatio + x * scale) - margin;
    const top = Math.floor(this.#view.y * devicePixelRatio + y * scale) - margin;
    const right = Math.ceil(this.#view.x * devicePixelRatio + (x + width) * scale) + margin;
    const bottom = Math.ceil(this.#view.y * devicePixelRatio + (y + height) * scale) + margin;
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** The part of a rectangle that is on the stage and, so that nothing is written beside it, over the mask. */
  #clipped(rect: StageRect): StageRect {
    const seen = this.#onStage({ x: 0, y: 0, width: this.#model.canvas.width, height: this.#model.canvas.height });
    const left = Math.max(0, rect.x, seen.x);
    const top = Math.max(0, rect.y, seen.y);
    const right = Math.min(this.#overlay.width, rect.x + rect.width, seen.x + seen.width);
    const bottom = Math.min(this.#overlay.height, rect.y + rect.height, seen.y + seen.height);
    return { x: left, y: top, width: right - left, height: bottom - top };
  }
}

function unite(a: Bounds, b: Bounds): Bounds {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

function isSame(a: ViewPort, b: ViewPort): boolean {
  return a.scale === b.scale && a.x === b.x && a.y === b.y;
}
