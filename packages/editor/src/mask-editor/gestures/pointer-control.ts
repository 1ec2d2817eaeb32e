import type { Point } from "../../document/graph.ts";
import { Fingers } from "../../viewer/fingers.ts";
import { leastScale, moveBy, zoomAt } from "../../viewer/view-port.ts";
import type { StageCanvas } from "../stage-canvas.ts";
import { boxGesture } from "./box-gesture.ts";
import { brushGesture } from "./brush-gesture.ts";
import type { Gesture, GestureContext, Place } from "./gesture.ts";
import { lassoGesture } from "./lasso-gesture.ts";
import { polygonInProgress } from "./polygon.ts";

/** The parts of a pointer event that matter. */
type Pointer = Pick<
  PointerEvent,
  "pointerId" | "pointerType" | "pressure" | "clientX" | "clientY" | "shiftKey" | "altKey" | "button" | "buttons"
>;

/** What a pointer event calls the end of a pen that erases. */
const eraserButton = 5;
const eraserButtons = 32;

/** Turns what pointers do on the stage into gestures of the tool, panning and zooming. */
export class PointerControl {
  /** Space is held: the pointer moves the picture, also in the middle of a stroke. */
  isPanning = false;
  readonly #context: GestureContext;
  readonly #stage: StageCanvas;
  readonly #element: HTMLElement;
  readonly polygon: ReturnType<typeof polygonInProgress>;
  #gesture: Gesture | undefined;
  #owner: number | undefined;
  /** Where a pointer that moves the picture was last. */
  #panFrom: Point | undefined;
  readonly #touches = new Fingers();
  #lastStroke: Place | undefined;

  constructor(context: GestureContext, stage: StageCanvas, element: HTMLElement) {
    this.#context = context;
    this.#stage = stage;
    this.#element = element;
    this.polygon = polygonInProgress(context);
  }

  get isDrawing(): boolean {
    return this.#gesture !== undefined;
  }

  down(event: Pointer, isSecondClick: boolean): void {
    const at = this.#at(event);
    if (event.pointerType === "touch") {
      this.#touches.down(event.pointerId, at);
      // A second finger means the picture: what the first one had begun to draw is taken back.
      if (this.#touches.count > 1) return this.cancelGesture();
    }
    if (this.isPanning || event.button === 1) {
      this.#panFrom = at;
      this.#owner ??= event.pointerId;
      return;
    }
    if ((event.button !== 0 && event.button !== eraserButton) || this.#owner !== undefined) return;
    this.#owner = event.pointerId;
    this.press(this.place(event), isSecondClick);
  }

  /** Begins what the tool does. */
  press(place: Place, isSecondClick = false): void {
    const context = this.#context;
    const { tool } = place.isEraser === true ? ({ tool: "eraser" } as const) : context.settings();
    switch (tool) {
      case "brush":
      case "eraser":
        this.#gesture = brushGesture(context, place, this.#lastStroke, (end) => (this.#lastStroke = end));
        return;
      case "lasso":
        this.#gesture = lassoGesture(context, place);
        return;
      case "rectangle":
      case "ellipse":
      case "gradient":
        this.#gesture = boxGesture(context, tool, place);
        return;
      case "polygon":
        return isSecondClick ? this.polygon.close() : this.polygon.press(place);
      default:
        return this.#click(tool, place);
    }
  }

  move(event: Pointer, steps: readonly Pointer[]): void {
    const at = this.#at(event);
    const pinch = this.#touches.move(event.pointerId, at);
    if (pinch) {
      this.zoom(pinch.factor, pinch.middle);
      return this.#pan(pinch.dx, pinch.dy);
    }
    if (this.#panFrom && (this.#owner === event.pointerId || this.#owner === undefined)) {
      this.#pan(at.x - this.#panFrom.x, at.y - this.#panFrom.y);
      // With Space let go in mid-stroke, the stroke goes on.
      this.#panFrom = this.isPanning || !this.#gesture ? at : undefined;
      return;
    }
    if (this.isPanning && this.#owner === event.pointerId) {
      this.#panFrom = at;
      return;
    }
    if (this.#owner === event.pointerId)
      this.#gesture?.move((steps.length > 0 ? steps : [event]).map((step) => this.place(step)));
    this.polygon.hover(this.place(event));
  }

  /** Goes on with what was begun at a place of the picture: the keyboard's cursor has no pointer. */
  moveTo(place: Place): void {
    this.#gesture?.move([place]);
    this.polygon.hover(place);
  }

  up(event: Pointer): void {
    this.#touches.up(event.pointerId);
    if (this.#owner !== event.pointerId) return;
    this.#panFrom = undefined;
    this.release();
  }

  release(): void {
    this.#owner = undefined;
    const gesture = this.#gesture;
    this.#gesture = undefined;
    gesture?.end();
  }

  lost(event: Pointer): void {
    this.#touches.up(event.pointerId);
    if (this.#owner === event.pointerId) this.cancelGesture();
  }

  /** Gives up what is being drawn. Returns whether there was something. */
  cancel(): boolean {
    const isOpen = this.polygon.isOpen;
    if (isOpen) this.polygon.cancel();
    const isDrawing = this.isDrawing;
    this.cancelGesture();
    return isOpen || isDrawing;
  }

  cancelGesture(): void {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    this.#owner = undefined;
    this.#panFrom = undefined;
    gesture?.cancel();
  }

  zoom(factor: number, at: Point): void {
    const { view, size } = this.#stage;
    this.#stage.setView(zoomAt(view, factor, at, leastScale(this.#context.model.canvas, size)));
  }

  place({ pointerType, pressure, shiftKey, altKey, clientX, clientY, buttons }: Pointer): Place {
    const { scale, x, y } = this.#stage.view;
    const at = this.#at({ clientX, clientY });
    return {
      x: (at.x - x) / scale,
      y: (at.y - y) / scale,
      ...(pointerType === "pen" && { pressure: Math.round(pressure * 255) }),
      isStraight: shiftKey,
      isOther: altKey,
      isEraser: (buttons & eraserButtons) !== 0,
    };
  }

  #at({ clientX, clientY }: Pick<Pointer, "clientX" | "clientY">): Point {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #click(tool: "fill" | "wand" | "color-range", place: Place): void {
    const { model, settings } = this.#context;
    const pixel = [Math.floor(place.x), Math.floor(place.y)] as const;
    const isInside = pixel[0] >= 0 && pixel[1] >= 0 && pixel[0] < model.canvas.width && pixel[1] < model.canvas.height;
    if (!isInside) return;
    const mode = place.isOther ? "subtract" : settings().mode;
    if (tool !== "fill") return this.#context.pick(tool, pixel, mode);
    const points = [[pixel[0] * 8 + 4, pixel[1] * 8 + 4]] as const;
    this.#context.apply({ tool, mode: mode === "subtract" ? "subtract" : "add", points });
  }

  #pan(dx: number, dy: number): void {
    this.#stage.setView(moveBy(this.#stage.view, dx, dy, this.#context.model.canvas, this.#stage.size));
  }
}
