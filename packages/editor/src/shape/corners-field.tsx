import { type ReactNode, useId, useState } from "react";
import { t } from "../messages/translate.ts";
import { readCorners, writeCorners } from "./corners-text.ts";
import type { Corner } from "./shape-props.ts";

interface CornersFieldProps {
  readonly value: readonly Corner[];
  onChange(value: readonly Corner[]): void;
}

/** The corners of an outline as text: to type, paste or copy them. What is no outline yet is told and changes nothing. */
export function CornersField({ value, onChange }: CornersFieldProps): ReactNode {
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const isWrong = draft !== undefined && readCorners(draft) === undefined;
  const commit = (): void => {
    const corners = draft === undefined ? undefined : readCorners(draft);
    if (!corners) return;
    setDraft(undefined);
    if (writeCorners(corners) !== writeCorners(value)) onChange(corners);
  };
  return (
    <details className="shape-text">
      <summary>{t("shape.text")}</summary>
      <label htmlFor={id}>{t("shape.text-help")}</label>
      <textarea
        id={id}
        className="field-input"
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={`${id}-problem`}
        value={draft ?? writeCorners(value)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) commit();
        }}
      />
      <span id={`${id}-problem`} className="problem-text">
        {isWrong && t("shape.text-wrong")}
      </span>
    </details>
  );
}
