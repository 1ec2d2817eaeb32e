import { idPattern } from "@inlay/engine";
import { type ReactNode, useState } from "react";
import { t } from "../messages/translate.ts";

interface NameFieldProps {
  readonly name: string;
  readonly label: string;
  isTaken(name: string): boolean;
  onRename(name: string): void;
}

/** A name of the file's interface. It is renamed when it is left, if the new one is allowed. */
export function NameField({ name, label, isTaken, onRename }: NameFieldProps): ReactNode {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? name;
  const problem = !idPattern.test(text)
    ? t("inspector.bad-name")
    : text !== name && isTaken(text)
      ? t("inspector.taken-name")
      : undefined;
  const commit = (): void => {
    if (draft !== undefined && problem === undefined && draft !== name) onRename(draft);
    setDraft(undefined);
  };
  return (
    <>
      <input
        className="field-input"
        aria-label={label}
        aria-invalid={problem !== undefined}
        spellCheck={false}
        value={text}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setDraft(undefined);
        }}
      />
      {problem !== undefined && <span className="problem-text">{problem}</span>}
    </>
  );
}
