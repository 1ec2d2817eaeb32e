import type { ReactNode } from "react";
import type { FieldProps } from "./field-props.ts";
import { NumberField } from "./number-field.tsx";
import { clamp, numberSchema, stepOf, tidy } from "./number-value.ts";

/** A number between two bounds: a slider, and the number to type. */
export function SliderField(props: FieldProps): ReactNode {
  const { label, description, value, set, seal } = props;
  const schema = numberSchema(description.schema);
  const [min, max] = [schema.min ?? 0, schema.max ?? 1];
  const number = typeof value === "number" ? value : min;
  const filled = max === min ? 0 : ((number - min) / (max - min)) * 100;
  return (
    <div className="field-slider">
      <input
        type="range"
        aria-label={label}
        min={min}
        max={max}
        step={stepOf(schema, description.step)}
        value={number}
        style={{ "--filled": `${Math.min(100, Math.max(0, filled))}%` } as React.CSSProperties}
        onChange={(event) => set(clamp(schema, tidy(Number(event.target.value))))}
        onPointerUp={seal}
        onBlur={seal}
      />
      <NumberField {...props} />
    </div>
  );
}
