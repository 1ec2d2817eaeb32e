import type { ReactNode } from "react";
import { t } from "../messages/translate.ts";
import type { FieldProps } from "./field-props.ts";

/** What is drawn on a picture: how much of it there is. The picture below shows it. */
export function ShapeField({ description, value }: FieldProps): ReactNode {
  const count = Array.isArray(value) ? value.length : 0;
  return (
    <span className="field-text">
      {t(description.widget === "strokes" ? "field.strokes" : "field.points", { count })}
    </span>
  );
}
