import { type ReactNode, useEffect } from "react";
import { t } from "../messages/translate.ts";
import { Cell, useCell } from "../state/cell.ts";
import { Icon } from "./icon.tsx";

interface Toast {
  readonly text: string;
  readonly isBad: boolean;
}

const shown = new Cell<Toast | undefined>(undefined);

/** Tells something in passing; what is bad stays until it is closed. */
export function toast(text: string, isBad = false): void {
  shown.set({ text, isBad });
}

export function Toasts(): ReactNode {
  const value = useCell(shown);
  useEffect(() => {
    if (!value || value.isBad) return;
    const timer = setTimeout(() => shown.set(undefined), 4000);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <div className="toasts" role={value?.isBad ? "alert" : "status"}>
      {value && (
        <div className={`toast ${value.isBad ? "is-bad" : ""}`}>
          {value.text}
          <button
            type="button"
            className="icon-button"
            aria-label={t("action.close")}
            onClick={() => shown.set(undefined)}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
