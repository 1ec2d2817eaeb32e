import { applyEdit, type BrushStroke, encodePoints, type MaskEdit } from "@inlay/raster";
import { type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import type { Point } from "../document/graph.ts";
import type { Corner, ShapeProps } from "./shape-props.ts";

export interface Brush {
  readonly tool: BrushStroke["tool"];
  readonly size: number;
  readonly hardness: number;
  readonly opacity: number;
}

/** What is seen while painting is rasterised at most this large a side: painting must keep up with the hand. */
const largest = 1200;

interface BrushEditorProps extends ShapeProps<readonly MaskEdit[]> {
  readonly brush: Brush;
}

/** Painting on a picture. A stroke may leave the picture and come back: the part outside counts as it was drawn. */
export function BrushEditor({ picture, value, scale, brush, toPicture, onChange }: BrushEditorProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const way = useRef<Corner[] | undefined>(undefined);
  const small = Math.min(1, largest / Math.max(picture.width, picture.height));
  const size = {
    w: Math.max(1, Math.round(picture.width * small)),
    h: Math.max(1, Math.round(picture.height * small)),
  };
  const base = useRef<Uint8Array>(new Uint8Array(0));

  useEffect(() => {
    const data = new Uint8Array(size.w * size.h);
    for (const edit of value)
      if (isBrush(edit)) applyEdit({ width: size.w, height: size.h, data }, scaled(edit, small));
    base.current = data;
    show(canvas.current!, base.current, size);
  }, [value, small, size.w, size.h]);

  const current = (points: readonly Corner[]): BrushStroke => ({ ...brush, points: encodePoints(points) });
  const draw = (): void => {
    if (!way.current) return;
    const stroke = scaled(current(way.current), small);
    const data = base.current.slice();
    applyEdit({ width: size.w, height: size.h, data }, stroke);
    show(canvas.current!, data, size);
  };
  const follow = (event: PointerEvent): void => {
    const at = toPicture(event);
    if (cursor.current) moveCursor(cursor.current, at, picture, brush.size * scale);
    if (!way.current) return;
    const events = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const step of events.length > 0 ? events : [event]) way.current.push(eighths(toPicture(step)));
    draw();
  };
  return (
    <div
      className="shape-layer shape-brush"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        way.current = [eighths(toPicture(event))];
        draw();
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        const points = way.current;
        way.current = undefined;
        if (points) onChange([...value, current(points)]);
      }}
      onPointerCancel={() => {
        way.current = undefined;
        show(canvas.current!, base.current, size);
      }}
    >
      <canvas ref={canvas} width={size.w} height={size.h} />
      <div ref={cursor} className="brush-cursor" />
    </div>
  );
}

function eighths({ x, y }: Point): Corner {
  return [Math.round(x * 8) / 8, Math.round(y * 8) / 8];
}

function isBrush(edit: MaskEdit): edit is BrushStroke {
  return edit.tool === "brush" || edit.tool === "eraser";
}

/** A stroke as it is on a smaller picture. */
function scaled(stroke: BrushStroke, by: number): BrushStroke {
  if (by === 1) return stroke;
  let [x, y] = [0, 0];
  const points = stroke.points.map(([dx, dy]): Corner => {
    [x, y] = [x + dx, y + dy];
    return [(x / 8) * by, (y / 8) * by];
  });
  return { ...stroke, size: Math.max(1, stroke.size * by), points: encodePoints(points) };
}

/** Shows a mask in its colour. */
function show(canvas: HTMLCanvasElement, mask: Uint8Array, { w, h }: { readonly w: number; readonly h: number }): void {
  const pixels = new Uint8ClampedArray(w * h * 4);
  for (let i = 0; i < w * h; i++) {
    pixels[i * 4] = 34;
    pixels[i * 4 + 1] = 211;
    pixels[i * 4 + 2] = 238;
    pixels[i * 4 + 3] = (mask[i]! * 150) >> 8;
  }
  canvas.getContext("2d")!.putImageData(new ImageData(pixels, w, h), 0, 0);
}

function moveCursor(
  element: HTMLElement,
  { x, y }: Point,
  picture: { readonly width: number; readonly height: number },
  size: number,
): void {
  element.style.width = element.style.height = `${size}px`;
  element.style.left = `${(x / picture.width) * 100}%`;
  element.style.top = `${(y / picture.height) * 100}%`;
}
