import { type ReactNode, useEffect, useRef, useState } from "react";

interface TitleInputProps {
  readonly title: string;
  readonly label: string;
  /** Takes the focus at once, with its text selected. */
  readonly isFirst?: boolean;
  /** Told what was written, when it is left or Enter is pressed; never nothing. */
  onTitle(title: string): void;
  /** It is left, whether something was written or not. */
  onEnd?(): void;
}

/** A title to be written: Enter and leaving it keep what was written, Escape takes it back. */
export function TitleInput({ title, label, isFirst = false, onTitle, onEnd }: TitleInputProps): ReactNode {
  const [draft, setDraft] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  /** Escape leaves the field too, which is no reason to keep what it took back. */
  const written = useRef<string>(undefined);
  const write = (text: string | undefined): void => {
    written.current = text;
    setDraft(text);
  };
  useEffect(() => {
    if (isFirst) field.current?.select();
  }, [isFirst]);
  const end = (): void => {
    const text = written.current?.trim() ?? "";
    write(undefined);
    if (text !== "" && text !== title) onTitle(text);
    onEnd?.();
  };
  return (
    <input
      ref={field}
      className="field-input title-input"
      aria-label={label}
      spellCheck={false}
      value={draft ?? title}
      onChange={(event) => write(event.target.value)}
      onBlur={end}
      onKeyDown={(event) => {
        event.stopPropagation();
        const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
        if (event.key === "Escape") write(undefined);
        // Undo with nothing written takes back what came before the writing.
        if (event.key === "Enter" || event.key === "Escape" || (isUndo && draft === undefined))
          leave(event.currentTarget);
        else return;
        event.preventDefault();
      }}
    />
  );
}

/** The focus goes back to the card, where there is one. */
function leave(field: HTMLInputElement): void {
  const card = field.closest<HTMLElement>("[data-node]");
  if (card) card.focus();
  else field.blur();
}
