import { type ReactNode, useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { t } from "../messages/translate.ts";
import { Icon } from "./icon.tsx";

interface PopupProps {
  readonly label: string;
  /** What it opens beside. On a small page it lies at the lower edge instead. */
  readonly anchor: Element;
  readonly children: ReactNode;
  onClose(): void;
}

/** Pixels between it and what is around. */
const gap = 8;

/** A small dialog beside what opened it. Escape and a press outside close it, and the focus goes back. */
export function Popup({ label, anchor, children, onClose }: PopupProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current!;
    element.showModal();
    if (window.innerWidth > 720) place(element, anchor.getBoundingClientRect());
    return () => {
      element.close();
      if (anchor instanceof HTMLElement) anchor.focus();
    };
  }, [anchor]);
  return createPortal(
    <dialog
      ref={dialog}
      className="popup"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onClick={(event) => {
        // Of what is outside the browser says that the dialog itself was pressed.
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="popup-body">
        <div className="dialog-head">
          <h2 id={heading}>{label}</h2>
          <button type="button" className="icon-button" aria-label={t("action.close")} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}

/** To the right of the anchor where there is room, else to its left; always whole on the page. */
function place(element: HTMLElement, anchor: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const right = anchor.right + gap;
  const left = right + width + gap <= window.innerWidth ? right : anchor.left - width - gap;
  element.style.left = `${Math.max(gap, left)}px`;
  element.style.top = `${Math.max(gap, Math.min(anchor.top, window.innerHeight - height - gap))}px`;
}
