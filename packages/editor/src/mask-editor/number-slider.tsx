import { type ReactNode, useId } from "react";

interface NumberSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Behind the number, such as `px`. */
  readonly unit?: string;
  /** Small numbers get most of the slider's way. */
  readonly isCurved?: boolean;
  onChange(value: number): void;
}

/** A slider with its number, which can be typed too. */
export function NumberSlider({ label, value, min, max, step, unit, isCurved, onChange }: NumberSliderProps): ReactNode {
  const id = useId();
  const [toPosition, toValue] = isCurved ? curve(min, max) : [same, same];
  const set = (next: number): void => {
    if (Number.isFinite(next)) onChange(Math.min(max, Math.max(min, Math.round(next / step) * step)));
  };
  return (
    <div className="mask-slider">
      <label htmlFor={id}>{label}</label>
      <input
        type="range"
        aria-label={label}
        min={isCurved ? 0 : min}
        max={isCurved ? 1000 : max}
        step={isCurved ? 1 : step}
        value={toPosition(value)}
        onChange={(event) => set(toValue(Number(event.target.value)))}
      />
      <input
        id={id}
        className="field-input"
        type="number"
        min={min}
        max={max}
        step={step}
        value={Number(value.toFixed(2))}
        onChange={(event) => set(Number(event.target.value))}
      />
      {unit !== undefined && <span className="mask-unit">{unit}</span>}
    </div>
  );
}

function same(value: number): number {
  return value;
}

/** Positions of 0–1000 for values of which each is as much larger than the last as that one was. */
function curve(min: number, max: number): readonly [(value: number) => number, (position: number) => number] {
  const low = Math.max(1, min);
  const span = Math.log(max / low);
  return [
    (value) => (1000 * Math.log(Math.max(low, value) / low)) / span,
    (position) => Math.round(low * Math.exp((span * position) / 1000)),
  ];
}
