import type { ReactNode } from "react";
import { useServices } from "../app/editor-context.ts";
import { counted } from "../messages/counted.ts";
import { t } from "../messages/translate.ts";
import type { FieldProps } from "./field-props.ts";

/** What is drawn on a picture: how much of it there is, and the button that draws. */
export function ShapeField({ id, place, label, description, value, isInvalid, problemId }: FieldProps): ReactNode {
  const services = useServices();
  const count = Array.isArray(value) ? value.length : 0;
  const text = counted(description.widget === "strokes" ? "stroke" : "point", count);
  return (
    <button
      id={id}
      type="button"
      className="field-input field-file"
      aria-label={`${label}: ${text} ${t("field.draw")}`}
      aria-invalid={isInvalid}
      aria-describedby={problemId}
      onClick={() => services.editShape(place)}
    >
      <span className="field-file-name">{text}</span> <span className="field-more">{t("field.draw")}</span>
    </button>
  );
}
