import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { arrowKeys } from "../app/arrow-keys.ts";
import { t } from "../messages/translate.ts";
import { cornerRadius } from "./corner-radius.ts";
import { writeCorners } from "./corners-text.ts";
import { type Corner, cornerAt, type ShapeProps } from "./shape-props.ts";

interface OutlineEditorProps extends ShapeProps<readonly Corner[]> {
  /** The corner that was touched last. */
  readonly chosen: number | undefined;
  onChoose(index: number | undefined): void;
}

/**
 * An outline on a picture: drag corners, press an edge for a new corner, press beside the outline to go on with it.
 * With the keyboard: Tab to a corner, arrows move it by a pixel, with Shift by ten, Insert or + adds one behind it, Delete
 * removes it.
 */
export function OutlineEditor({
  picture,
  value,
  scale,
  toPicture,
  chosen,
  onChoose,
  onChange,
}: OutlineEditorProps): ReactNode {
  const [moved, setMoved] = useState<{ readonly index: number; readonly at: Corner }>();
  const held = useRef<readonly Corner[]>(value);
  /** The corners that were pressed last: the layer holds the pointer, so a double click is the layer's. */
  const presses = useRef<readonly (number | undefined)[]>([]);
  const corners = moved ? held.current.with(moved.index, moved.at) : value;

  const grab = (event: PointerEvent<SVGElement>, index: number, base: readonly Corner[]): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    held.current = base;
    event.currentTarget.ownerSVGElement?.setPointerCapture(event.pointerId);
    setMoved({ index, at: base[index]! });
    onChoose(index);
  };
  const onPress = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.button !== 0) return;
    const at = cornerAt(toPicture(event));
    presses.current = [];
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = [...value, at];
    setMoved({ index: value.length, at });
    onChoose(value.length);
  };
  const onMove = (event: PointerEvent): void => {
    if (moved) setMoved({ index: moved.index, at: cornerAt(toPicture(event)) });
  };
  const onRelease = (): void => {
    const next = moved && held.current.with(moved.index, moved.at);
    // A corner that was only pressed leaves no step of undo.
    if (next && writeCorners(next) !== writeCorners(value)) onChange(next);
    setMoved(undefined);
  };
  const onKey = (event: KeyboardEvent<SVGElement>, index: number): void => {
    const arrow = arrowKeys[event.key];
    const [x, y] = value[index]!;
    const by = event.shiftKey ? 10 : 1;
    if (arrow) onChange(value.with(index, [x + arrow[0] * by, y + arrow[1] * by]));
    else if (event.key === "Insert" || event.key === "+") {
      const [nextX, nextY] = value[(index + 1) % value.length]!;
      const between = cornerAt({ x: (x + nextX) / 2, y: (y + nextY) / 2 });
      onChange(value.toSpliced(index + 1, 0, between));
      (event.currentTarget.nextElementSibling as SVGElement | null)?.focus();
    } else if (event.key === "Delete" || event.key === "Backspace") onChange(value.toSpliced(index, 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const radius = cornerRadius() / scale;
  return (
    <svg
      className="shape-layer"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      onPointerDown={onPress}
      onPointerMove={onMove}
      onPointerUp={onRelease}
      onPointerCancel={() => setMoved(undefined)}
      onDoubleClick={() => {
        const [first, second] = presses.current;
        if (first !== undefined && first === second) onChange(value.toSpliced(first, 1));
        presses.current = [];
      }}
    >
      <polygon className="shape-area" points={corners.map((corner) => corner.join(",")).join(" ")} />
      {corners.length > 1 &&
        corners.map(([x, y], index) => {
          const [nextX, nextY] = corners[(index + 1) % corners.length]!;
          return (
            <line
              key={index}
              className="shape-edge"
              x1={x}
              y1={y}
              x2={nextX}
              y2={nextY}
              strokeWidth={10 / scale}
              onPointerDown={(event) =>
                grab(event, index + 1, value.toSpliced(index + 1, 0, cornerAt(toPicture(event))))
              }
            />
          );
        })}
      {corners.map(([x, y], index) => (
        <circle
          key={index}
          className={`shape-corner ${index === chosen ? "is-chosen" : ""}`}
          cx={x}
          cy={y}
          r={radius}
          tabIndex={0}
          role="button"
          aria-label={t("shape.corner", { number: index + 1, x, y })}
          onPointerDown={(event) => {
            presses.current = [presses.current[1], index];
            grab(event, index, value);
          }}
          onFocus={() => onChoose(index)}
          onKeyDown={(event) => onKey(event, index)}
        />
      ))}
    </svg>
  );
}
