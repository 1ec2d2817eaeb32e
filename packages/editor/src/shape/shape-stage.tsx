import { type PointerEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Point } from "../document/graph.ts";
import type { NodePicture } from "../session/pictures.ts";
import { Fingers } from "../viewer/fingers.ts";

interface ShapeStageProps {
  readonly picture: NodePicture;
  /** 1 shows the whole picture. */
  readonly zoom: number;
  onZoom(zoom: number): void;
  children(scale: number, toPicture: (event: { clientX: number; clientY: number }) => Point): ReactNode;
}

/** A point of the picture that stays where it is on the page while the zoom changes. */
interface Anchor {
  readonly picture: Point;
  readonly clientX: number;
  readonly clientY: number;
}

/** The most that a picture is enlarged beyond the size in which all of it is seen. */
export const mostZoom = 16;

/** The picture as large as it fits; the wheel and two fingers zoom where they are, scrolling and two fingers move. */
export function ShapeStage({ picture, zoom, onZoom, children }: ShapeStageProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor>(undefined);
  const fingers = useRef(new Fingers());
  const [fitted, setFitted] = useState(1);
  /** Counts the pinches: what a first finger had begun to draw goes with the old ones. */
  const [pinches, setPinches] = useState(0);
  const scale = Math.max(0.01, fitted * zoom);
  const toPicture = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left, top } = paper.current!.getBoundingClientRect();
    return { x: (clientX - left) / scale, y: (clientY - top) / scale };
  };
  const zoomAround = (factor: number, at: { readonly clientX: number; readonly clientY: number }): void => {
    anchor.current = { picture: toPicture(at), clientX: at.clientX, clientY: at.clientY };
    onZoom(Math.min(mostZoom, Math.max(1, zoom * factor)));
  };
  const latest = useRef(zoomAround);
  latest.current = zoomAround;

  useLayoutEffect(() => {
    const held = anchor.current;
    anchor.current = undefined;
    if (!held) return;
    const { left, top } = paper.current!.getBoundingClientRect();
    frame.current!.scrollLeft += left + held.picture.x * scale - held.clientX;
    frame.current!.scrollTop += top + held.picture.y * scale - held.clientY;
  }, [scale]);
  useEffect(() => {
    const element = frame.current!;
    const measure = (): void =>
      setFitted(Math.min((element.clientWidth - 32) / picture.width, (element.clientHeight - 32) / picture.height));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && Math.abs(event.deltaY) < 50) return;
      event.preventDefault();
      latest.current(Math.exp(-event.deltaY * 0.002), event);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener("wheel", wheel);
    };
  }, [picture.width, picture.height]);

  const onDown = (event: PointerEvent): void => {
    if (event.pointerType !== "touch") return;
    fingers.current.down(event.pointerId, pageOf(event));
    if (fingers.current.count < 2) return;
    event.stopPropagation();
    setPinches((count) => count + 1);
  };
  const onMove = (event: PointerEvent): void => {
    const pinch = fingers.current.move(event.pointerId, pageOf(event));
    if (!pinch) return;
    event.stopPropagation();
    frame.current!.scrollBy(-pinch.dx, -pinch.dy);
    zoomAround(pinch.factor, { clientX: pinch.middle.x, clientY: pinch.middle.y });
  };
  const onUp = (event: PointerEvent): void => fingers.current.up(event.pointerId);
  return (
    <div
      ref={frame}
      className="shape-stage"
      onPointerDownCapture={onDown}
      onPointerMoveCapture={onMove}
      onPointerUpCapture={onUp}
      onPointerCancelCapture={onUp}
    >
      <div ref={paper} className="shape-paper" style={{ width: picture.width * scale, height: picture.height * scale }}>
        <img src={picture.full ?? picture.url} alt="" draggable={false} />
        <div key={pinches} className="shape-over">
          {children(scale, toPicture)}
        </div>
      </div>
    </div>
  );
}

function pageOf({ clientX, clientY }: PointerEvent): Point {
  return { x: clientX, y: clientY };
}
