import type { ReactNode } from "react";
import type { FieldProps } from "./field-props.ts";
import { TextField } from "./text-field.tsx";

/** A colour: the system's picker, and the text. The picker knows no transparency, so what stands behind it stays. */
export function ColorField(props: FieldProps): ReactNode {
  const { label, value, set, seal } = props;
  const text = typeof value === "string" ? value : "";
  const solid = /^#[0-9a-f]{6}/i.exec(text)?.[0] ?? "#000000";
  const alpha = /^#[0-9a-f]{6}([0-9a-f]{2})$/i.exec(text)?.[1] ?? "";
  return (
    <div className="field-color">
      <input
        type="color"
        className={text === "" ? "is-empty" : ""}
        aria-label={label}
        value={solid.toLowerCase()}
        onChange={(event) => set(event.target.value + alpha)}
        onBlur={seal}
      />
      <TextField {...props} />
    </div>
  );
}
