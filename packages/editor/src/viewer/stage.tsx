import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Point } from "../document/graph.ts";
import { arrowKeys } from "../app/arrow-keys.ts";
import { t } from "../messages/translate.ts";
import { CompareSlider } from "../compare/compare-slider.tsx";
import { drawPictures } from "./draw-pictures.ts";
import type { Pixels } from "./pixels.ts";
import { Fingers } from "./fingers.ts";
import { centred, fitPicture, leastScale, moveBy, pixelAt, type Size, type ViewPort, zoomAt } from "./view-port.ts";

interface StageProps {
  readonly shown: Pixels;
  readonly before: Pixels | undefined;
  readonly overlay: OffscreenCanvas | undefined;
  readonly probe: Point | undefined;
  /** Shows before and after beside each other, moved and zoomed together, instead of under a slider. */
  readonly isSplit: boolean;
  setProbe(pixel: Point | undefined): void;
  /** Told how to zoom from outside, once. */
  onReady(zoom: (how: Zoom) => void): void;
  onScale(scale: number): void;
}

/** By a factor around the middle, the whole picture, or one pixel to a pixel. */
export type Zoom = number | "fit" | "actual";

/** The picture, or two in one place: the wheel zooms at the pointer, dragging moves, the value under the pointer is told. */
export function Stage({ shown, before, overlay, probe, isSplit, setProbe, onReady, onScale }: StageProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [whole, setWhole] = useState<Size>();
  const isBeside = isSplit && before !== undefined;
  /** Where one picture is seen: the stage, or a half of it. */
  const size = useMemo(
    () => whole && { width: isBeside ? whole.width / 2 : whole.width, height: whole.height },
    [whole, isBeside],
  );
  const [view, setView] = useState<ViewPort>();
  const [divider, setDivider] = useState(0.5);
  const { width, height } = shown;
  const picture = { width, height };
  const latest = useRef({ size, picture });
  latest.current = { size, picture };

  useEffect(() => {
    const element = frame.current!;
    const observer = new ResizeObserver(() => setWhole({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    // The dialog opens before its picture is there; what was chosen meanwhile keeps the focus.
    if (!document.activeElement?.matches("select")) frame.current?.querySelector<HTMLElement>(".viewer-stage")?.focus();
  }, []);
  useEffect(() => {
    if (size) setView(fitPicture({ width, height }, size));
  }, [size, width, height]);
  useEffect(() => {
    if (view) onScale(view.scale);
  }, [view, onScale]);
  useEffect(
    () =>
      onReady((how) => {
        const { size: stage, picture: shownNow } = latest.current;
        if (stage) setView((now) => now && zoomed(now, how, shownNow, stage));
      }),
    [onReady],
  );
  const zoomAround = (factor: number, at: Point): void =>
    setView((now) => now && size && zoomAt(now, factor, inHalf(at, size), leastScale(picture, size)));
  useWheel(frame, (event, at) => zoomAround(Math.exp(-event.deltaY * 0.002), at));
  useLayoutEffect(() => {
    const element = canvas.current!;
    if (!whole || !view) return;
    const ratio = devicePixelRatio;
    const [wide, high] = [Math.round(whole.width * ratio), Math.round(whole.height * ratio)];
    if (element.width !== wide) element.width = wide;
    if (element.height !== high) element.height = high;
    drawPictures(element, { view, shown, before, divider, overlay, probe, isSplit });
  }, [whole, view, shown, before, divider, overlay, probe, isSplit]);

  const move = (dx: number, dy: number): void => setView((now) => now && size && moveBy(now, dx, dy, picture, size));
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = arrowKeys[event.key];
    if (step && event.shiftKey) setProbe(stepped(probe ?? centreOf(picture), step, picture));
    else if (step) move(-step[0] * 48, -step[1] * 48);
    else if (event.ctrlKey || event.metaKey || event.altKey || !size) return;
    else {
      const how = zoomKeys[event.key];
      if (how === undefined) return;
      setView((now) => now && zoomed(now, how, picture, size));
    }
    event.preventDefault();
  };
  const dragged = useDrag(frame, move, zoomAround);
  return (
    <div className="viewer-frame" ref={frame}>
      <div
        className="viewer-stage"
        role="group"
        tabIndex={0}
        aria-label={t("viewer.stage", { width, height })}
        onKeyDown={onKeyDown}
        onPointerDown={dragged.down}
        onPointerMove={(event) => {
          dragged.move(event);
          if (view && size) setProbe(pixelAt(view, inHalf(placeIn(frame.current!, event), size), picture));
        }}
        onPointerUp={dragged.up}
        onPointerCancel={dragged.up}
      >
        <canvas ref={canvas} />
      </div>
      {isBeside ? (
        <>
          <span className="compare-name is-left">{t("viewer.before")}</span>
          <span className="compare-name is-right">{t("viewer.after")}</span>
        </>
      ) : (
        before && <CompareSlider value={divider} onChange={setDivider} />
      )}
    </div>
  );
}

const zoomKeys: Readonly<Record<string, Zoom>> = {
  "+": 1.25,
  "=": 1.25,
  "-": 0.8,
  "0": "fit",
  "1": "actual",
};

function zoomed(view: ViewPort, how: Zoom, picture: Size, stage: Size): ViewPort {
  if (how === "fit") return fitPicture(picture, stage);
  if (how === "actual") return centred(picture, stage, 1);
  return zoomAt(view, how, { x: stage.width / 2, y: stage.height / 2 }, leastScale(picture, stage));
}

function centreOf({ width, height }: Size): Point {
  return { x: Math.floor(width / 2), y: Math.floor(height / 2) };
}

function stepped({ x, y }: Point, [dx, dy]: readonly [number, number], { width, height }: Size): Point {
  return { x: Math.min(width - 1, Math.max(0, x + dx)), y: Math.min(height - 1, Math.max(0, y + dy)) };
}

/** The same place in the left one of two halves; in a stage of one picture, the place itself. */
function inHalf({ x, y }: Point, { width }: Size): Point {
  return { x: x >= width ? x - width : x, y };
}

function placeIn(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/** React's own wheel listener is passive: it cannot keep the page from zooming. */
function useWheel(frame: React.RefObject<HTMLElement | null>, onWheel: (event: WheelEvent, at: Point) => void): void {
  const latest = useRef(onWheel);
  latest.current = onWheel;
  useEffect(() => {
    const element = frame.current!;
    const listen = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(event, placeIn(element, event));
    };
    element.addEventListener("wheel", listen, { passive: false });
    return () => element.removeEventListener("wheel", listen);
  }, [frame]);
}

interface Drag {
  down(event: React.PointerEvent): void;
  move(event: React.PointerEvent): void;
  up(event: React.PointerEvent): void;
}

/** A pointer moves the picture; two fingers zoom it as well. */
function useDrag(
  frame: React.RefObject<HTMLElement | null>,
  onMove: (dx: number, dy: number) => void,
  onZoom: (factor: number, at: Point) => void,
): Drag {
  const from = useRef<Point>(undefined);
  const fingers = useRef(new Fingers());
  return {
    down(event) {
      if (event.button > 1) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = placeIn(frame.current!, event);
      if (event.pointerType === "touch") fingers.current.down(event.pointerId, at);
      from.current = at;
    },
    move(event) {
      const at = placeIn(frame.current!, event);
      const pinch = fingers.current.move(event.pointerId, at);
      if (pinch) {
        onZoom(pinch.factor, pinch.middle);
        onMove(pinch.dx, pinch.dy);
      } else if (from.current) onMove(at.x - from.current.x, at.y - from.current.y);
      if (from.current) from.current = at;
    },
    up({ pointerId }) {
      fingers.current.up(pointerId);
      from.current = undefined;
    },
  };
}
