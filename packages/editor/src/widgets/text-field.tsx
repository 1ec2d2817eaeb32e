import type { ReactNode } from "react";
import { t } from "../messages/translate.ts";
import type { FieldProps } from "./field-props.ts";

/** A line of text. */
export function TextField({ id, label, description, value, isInvalid, problemId, set, seal }: FieldProps): ReactNode {
  return (
    <input
      id={id}
      className="field-input"
      type="text"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      aria-invalid={isInvalid}
      aria-describedby={problemId}
      value={typeof value === "string" ? value : ""}
      placeholder={description.required ? t("node.required") : ""}
      onChange={(event) => set(event.target.value)}
      onBlur={seal}
    />
  );
}

/** A text of several lines. */
export function TextAreaField({
  id,
  label,
  description,
  value,
  isInvalid,
  problemId,
  set,
  seal,
}: FieldProps): ReactNode {
  return (
    <textarea
      id={id}
      className="field-input field-area"
      aria-label={label}
      aria-invalid={isInvalid}
      aria-describedby={problemId}
      value={typeof value === "string" ? value : ""}
      placeholder={description.required ? t("node.required") : ""}
      onChange={(event) => set(event.target.value)}
      onBlur={seal}
    />
  );
}
