import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { useEditor } from "../app/editor-context.ts";
import { t } from "../messages/translate.ts";
import { useKeyed } from "../state/cell.ts";
import { evaluate } from "./arithmetic.ts";
import type { FieldProps } from "./field-props.ts";
import { sizeWith } from "./size/size-pair.ts";
import { clamp, numberSchema, stepOf, tidy } from "./number-value.ts";

/** A number: drag to change, click to type, arithmetic is worked out. */
export function NumberField(props: FieldProps): ReactNode {
  const { id, place, draftKey, label, description, value, isInvalid, problemId, set, seal } = props;
  const editor = useEditor();
  const { drafts } = editor;
  const draft = useKeyed(drafts, draftKey);
  const schema = numberSchema(description.schema);
  const step = stepOf(schema, description.step);
  const isSide = sizeWith(editor.describe(place.node)?.inputs ?? {}, place.input) !== undefined;
  const placeholder = t(description.required ? "node.required" : isSide ? "field.auto" : "field.none");
  const scrub = useScrub({ value, step, schema, set, seal });
  const shown = draft ?? (value === undefined ? "" : JSON.stringify(value));

  const commit = (text: string): void => {
    // A field that was only passed through keeps its default, instead of having it as a value of its own.
    if (draft === undefined) return seal();
    const number = evaluate(text);
    if (text.trim() === "") set(undefined);
    else if (number === undefined) return;
    else set(tidy(number));
    drafts.set(draftKey, undefined);
    seal();
  };
  const nudge = (event: KeyboardEvent): void => {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    const size = step * (event.shiftKey ? 10 : 1) * direction;
    drafts.set(draftKey, undefined);
    set(clamp(schema, (evaluate(shown) ?? 0) + size));
  };

  return (
    <input
      id={id}
      className="field-input field-number"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      aria-invalid={isInvalid}
      aria-describedby={problemId}
      title={t("field.number")}
      value={shown}
      placeholder={placeholder}
      onChange={(event) => drafts.set(draftKey, event.target.value)}
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(event.currentTarget.value);
        else if (event.key === "Escape" && draft !== undefined) {
          event.stopPropagation();
          drafts.set(draftKey, undefined);
        } else nudge(event);
      }}
      {...scrub}
    />
  );
}

interface ScrubOptions {
  readonly value: FieldProps["value"];
  readonly step: number;
  readonly schema: ReturnType<typeof numberSchema>;
  readonly set: FieldProps["set"];
  readonly seal: FieldProps["seal"];
}

/** Dragging sideways over a field that has not the focus changes its number; a press without movement focuses it. */
function useScrub({ value, step, schema, set, seal }: ScrubOptions) {
  const start = useRef<{ readonly x: number; readonly value: number; moved: boolean } | undefined>(undefined);
  return {
    onPointerDown(event: PointerEvent<HTMLInputElement>) {
      if (event.button !== 0 || event.pointerType === "touch" || document.activeElement === event.currentTarget) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { x: event.clientX, value: typeof value === "number" ? value : (schema.min ?? 0), moved: false };
    },
    onPointerMove(event: PointerEvent<HTMLInputElement>) {
      const from = start.current;
      if (!from) return;
      const pixels = event.clientX - from.x;
      if (!from.moved && Math.abs(pixels) < 3) return;
      from.moved = true;
      const factor = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
      set(clamp(schema, from.value + Math.round(pixels / 4) * step * factor));
    },
    onPointerUp(event: PointerEvent<HTMLInputElement>) {
      const from = start.current;
      start.current = undefined;
      if (!from) return;
      if (from.moved) seal();
      else {
        event.currentTarget.focus();
        event.currentTarget.select();
      }
    },
    onPointerCancel() {
      start.current = undefined;
      seal();
    },
  };
}
