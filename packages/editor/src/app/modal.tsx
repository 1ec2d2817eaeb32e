import { type ReactNode, useEffect, useId, useRef } from "react";
import { t } from "../messages/translate.ts";
import { Icon } from "./icon.tsx";

interface ModalProps {
  readonly title: string;
  readonly children: ReactNode;
  /** As large as the page lets it. */
  readonly isLarge?: boolean;
  onClose(): void;
}

/** A dialog over the page; Escape and the cross close it, and the focus goes back to where it was. */
export function Modal({ title, children, onClose, isLarge = false }: ModalProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current!;
    const before = document.activeElement;
    element.showModal();
    element.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={isLarge ? "is-large" : ""}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        // A dialog over this one closes alone.
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button type="button" className="icon-button" aria-label={t("action.close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
