import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import type { Point } from "../document/graph.ts";
import { arrowKeys } from "../app/arrow-keys.ts";
import { t } from "../messages/translate.ts";
import type { Rectangle } from "./drawable.ts";
import { between, inShape } from "./rectangle-between.ts";
import { cornerRadius } from "./corner-radius.ts";
import type { ShapeProps } from "./shape-props.ts";

/** Which corner: whether it is the right one, and whether it is a lower one. */
type CornerOf = readonly [right: boolean, lower: boolean];
const corners: readonly CornerOf[] = [
  [false, false],
  [true, false],
  [true, true],
  [false, true],
];

interface RectangleEditorProps extends ShapeProps<Rectangle | undefined> {
  /** Width ÷ height, when the rectangle is to keep it. */
  readonly shape: number | undefined;
}

/**
 * A rectangle on a picture: drag anywhere for a new one, drag its corners to change it, drag inside to move it. With the
 * keyboard: Tab to a corner, arrows move it by a pixel, with Shift by ten.
 */
export function RectangleEditor(props: RectangleEditorProps): ReactNode {
  const { picture, value, scale, shape, toPicture, onChange } = props;
  const [drawn, setDrawn] = useState<Rectangle>();
  const change = useRef<((at: Point) => Rectangle) | undefined>(undefined);
  const shown = drawn ?? value;

  const begin = (event: PointerEvent<SVGElement>, next: (at: Point) => Rectangle): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget.ownerSVGElement ?? event.currentTarget).setPointerCapture(event.pointerId);
    change.current = next;
    setDrawn(next(toPicture(event)));
  };
  const cornerAt = (rectangle: Rectangle, [right, lower]: CornerOf): Point => ({
    x: rectangle.x + (right ? rectangle.width : 0),
    y: rectangle.y + (lower ? rectangle.height : 0),
  });
  const opposite = ([right, lower]: CornerOf): CornerOf => [!right, !lower];
  const onKey = (event: KeyboardEvent, corner: CornerOf): void => {
    const arrow = arrowKeys[event.key];
    if (!arrow || !value) return;
    event.preventDefault();
    event.stopPropagation();
    const { x, y } = cornerAt(value, corner);
    const by = event.shiftKey ? 10 : 1;
    const from = cornerAt(value, opposite(corner));
    const to = { x: x + arrow[0] * by, y: y + arrow[1] * by };
    onChange(between(from, inShape(from, to, { shape, isAcross: arrow[0] !== 0 }), shape));
  };
  return (
    <svg
      className="shape-layer"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      onPointerDown={(event) => {
        const from = toPicture(event);
        begin(event, (at) => between(from, at, shape));
      }}
      onPointerMove={(event) => change.current && setDrawn(change.current(toPicture(event)))}
      onPointerUp={() => {
        change.current = undefined;
        if (drawn && drawn.width > 0 && drawn.height > 0) onChange(drawn);
        setDrawn(undefined);
      }}
      onPointerCancel={() => {
        change.current = undefined;
        setDrawn(undefined);
      }}
    >
      {shown && (
        <rect
          className="shape-area"
          {...shown}
          style={{ cursor: "move" }}
          onPointerDown={(event) => {
            const from = toPicture(event);
            begin(event, (at) => ({
              ...shown,
              x: Math.round(shown.x + at.x - from.x),
              y: Math.round(shown.y + at.y - from.y),
            }));
          }}
        />
      )}
      {shown &&
        corners.map((corner, index) => {
          const { x, y } = cornerAt(shown, corner);
          return (
            <circle
              key={index}
              className="shape-corner"
              cx={x}
              cy={y}
              r={cornerRadius() / scale}
              tabIndex={0}
              role="button"
              aria-label={t("shape.corner", { number: index + 1, x, y })}
              onPointerDown={(event) => {
                const other = cornerAt(shown, opposite(corner));
                begin(event, (at) => between(other, at, shape));
              }}
              onKeyDown={(event) => onKey(event, corner)}
            />
          );
        })}
    </svg>
  );
}
