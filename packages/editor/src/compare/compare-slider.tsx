import { type ReactNode, useRef } from "react";
import { t } from "../messages/translate.ts";

interface CompareSliderProps {
  /** Where it stands, 0…1 of the width. */
  readonly value: number;
  onChange(value: number): void;
}

/** The line between before (left) and after (right): dragged, or moved by the arrow keys. */
export function CompareSlider({ value, onChange }: CompareSliderProps): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  const isHeld = useRef(false);
  const percent = Math.round(value * 100);
  const set = (next: number): void => onChange(Math.min(1, Math.max(0, next)));
  return (
    <div
      ref={line}
      className="compare-slider"
      style={{ left: `${value * 100}%` }}
      role="slider"
      tabIndex={0}
      aria-label={t("viewer.slider")}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={t("viewer.slider-value", { percent })}
      onKeyDown={(event) => {
        const next = keyed(event.key, value, event.shiftKey ? 0.1 : 0.01);
        if (next === undefined) return;
        event.preventDefault();
        set(next);
      }}
      onPointerDown={(event) => {
        isHeld.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={({ clientX }) => {
        const room = line.current?.parentElement?.getBoundingClientRect();
        if (isHeld.current && room) set((clientX - room.left) / room.width);
      }}
      onPointerUp={() => (isHeld.current = false)}
      onPointerCancel={() => (isHeld.current = false)}
    >
      <span className="compare-name is-before">{t("viewer.before")}</span>
      <span className="compare-name is-after">{t("viewer.after")}</span>
      <span className="compare-grip" />
    </div>
  );
}

function keyed(key: string, value: number, step: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return value - step;
    case "ArrowRight":
    case "ArrowUp":
      return value + step;
    case "Home":
      return 0;
    case "End":
      return 1;
    default:
      return undefined;
  }
}
