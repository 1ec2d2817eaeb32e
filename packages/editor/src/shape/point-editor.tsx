import { type KeyboardEvent, type ReactNode, useState } from "react";
import { arrowKeys } from "../app/arrow-keys.ts";
import { t } from "../messages/translate.ts";
import type { Corner, ShapeProps } from "./shape-props.ts";

/** A point on a picture: press where it is to be, or drag it. Arrows move it by a pixel, with Shift by ten. */
export function PointEditor({ picture, value, scale, toPicture, onChange }: ShapeProps<Corner | undefined>): ReactNode {
  const [moved, setMoved] = useState<Corner>();
  const shown = moved ?? value;
  const at = (event: { readonly clientX: number; readonly clientY: number }): Corner => {
    const { x, y } = toPicture(event);
    return [inside(x, picture.width), inside(y, picture.height)];
  };
  const onKey = (event: KeyboardEvent): void => {
    const arrow = arrowKeys[event.key];
    if (!arrow || !value) return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? 10 : 1;
    onChange([inside(value[0] + arrow[0] * by, picture.width), inside(value[1] + arrow[1] * by, picture.height)]);
  };
  return (
    <svg
      className="shape-layer"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setMoved(at(event));
      }}
      onPointerMove={(event) => moved && setMoved(at(event))}
      onPointerUp={() => {
        if (moved) onChange(moved);
        setMoved(undefined);
      }}
      onPointerCancel={() => setMoved(undefined)}
    >
      {shown && (
        <circle
          className="shape-corner"
          cx={shown[0] + 0.5}
          cy={shown[1] + 0.5}
          r={6 / scale}
          tabIndex={0}
          role="button"
          aria-label={t("shape.point", { x: shown[0], y: shown[1] })}
          onKeyDown={onKey}
        />
      )}
    </svg>
  );
}

/** The pixel under a place, within the picture. */
function inside(value: number, size: number): number {
  return Math.min(size - 1, Math.max(0, Math.floor(value)));
}
