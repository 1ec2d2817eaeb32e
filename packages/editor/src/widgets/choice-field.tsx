import type { ReactNode } from "react";
import type { FieldProps } from "./field-props.ts";

/** One of a few values. */
export function ChoiceField({ id, label, description, value, isInvalid, problemId, set, seal }: FieldProps): ReactNode {
  const { schema } = description;
  const choices = schema.type === "enum" ? schema.values : [];
  const isKnown = choices.some((choice) => choice === value);
  const text = value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  return (
    <select
      id={id}
      className="field-input field-choice"
      aria-label={label}
      aria-invalid={isInvalid}
      aria-describedby={problemId}
      value={text}
      onChange={(event) => {
        set(choices.find((choice) => String(choice) === event.target.value));
        seal();
      }}
    >
      {!isKnown && <option value={text}>{text || "—"}</option>}
      {choices.map((choice) => (
        <option key={choice} value={String(choice)}>
          {words(String(choice))}
        </option>
      ))}
    </select>
  );
}

/** `soft-light` reads as “soft light”. */
function words(choice: string): string {
  return choice.replaceAll(/[_-]/g, " ");
}

/** Yes or no. */
export function BooleanField({ id, label, value, isInvalid, problemId, set, seal }: FieldProps): ReactNode {
  return (
    <input
      id={id}
      className="field-switch"
      type="checkbox"
      role="switch"
      aria-label={label}
      aria-invalid={isInvalid}
      aria-describedby={problemId}
      checked={value === true}
      onChange={(event) => {
        set(event.target.checked);
        seal();
      }}
    />
  );
}
