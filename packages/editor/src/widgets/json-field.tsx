import type { JsonValue } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { useKeyed } from "../state/cell.ts";
import type { FieldProps } from "./field-props.ts";

/** Whatever has no widget of its own, as JSON. */
export function JsonField(props: FieldProps): ReactNode {
  return (
    <DraftField {...props} write={(value) => (value === undefined ? "" : JSON.stringify(value))} read={readJson} />
  );
}

/** A text, a number, or true or false: what reads as a number or a boolean is one, and quotes make it a text. */
export function ScalarField(props: FieldProps): ReactNode {
  return <DraftField {...props} write={writeScalar} read={readScalar} />;
}

interface DraftFieldProps extends FieldProps {
  write(value: JsonValue | undefined): string;
  /** Undefined when the text is no value. */
  read(text: string): { readonly value: JsonValue | undefined } | undefined;
}

function DraftField({
  id,
  draftKey,
  label,
  value,
  isInvalid,
  problemId,
  set,
  seal,
  write,
  read,
}: DraftFieldProps): ReactNode {
  const { drafts } = useEditor();
  const draft = useKeyed(drafts, draftKey);
  const commit = (text: string): void => {
    if (draft === undefined) return;
    const result = read(text);
    if (!result) return;
    set(result.value);
    drafts.set(draftKey, undefined);
    seal();
  };
  return (
    <input
      id={id}
      className="field-input"
      type="text"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      aria-invalid={isInvalid || (draft !== undefined && read(draft) === undefined)}
      aria-describedby={problemId}
      value={draft ?? write(value)}
      onChange={(event) => drafts.set(draftKey, event.target.value)}
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(event.currentTarget.value);
      }}
    />
  );
}

function readJson(text: string): { readonly value: JsonValue | undefined } | undefined {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return undefined;
  }
}

function writeScalar(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  return typeof readScalar(value)?.value === "string" ? value : JSON.stringify(value);
}

function readScalar(text: string): { readonly value: JsonValue | undefined } | undefined {
  if (text === "") return { value: undefined };
  if (text === "true" || text === "false" || text === "null") return { value: JSON.parse(text) as JsonValue };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { value: Number(text) };
  if (/^".*"$/.test(text)) return readJson(text);
  return { value: text };
}
