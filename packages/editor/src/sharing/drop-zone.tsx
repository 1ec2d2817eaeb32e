import { type DragEvent, type ReactNode, useEffect, useState } from "react";
import type { Editor } from "../app/editor.ts";
import { t } from "../messages/translate.ts";
import { filePlaceAt } from "./file-places.ts";
import "./sharing.css";

interface DropTarget {
  onDragOver(event: DragEvent): void;
  onDragLeave(event: DragEvent): void;
  onDrop(event: DragEvent): void;
}

/** What is being dragged over the page would do when it is dropped. */
export type DropHint = "canvas" | "field" | undefined;

/** Files that are dragged over the page: says what dropping them would do, and hands them on. */
export function useFileDrop(
  editor: Editor,
  take: (files: readonly File[], event: DragEvent) => void,
): readonly [DropTarget, DropHint] {
  const [hint, setHint] = useState<DropHint>();
  useEffect(() => {
    const clear = (): void => setHint(undefined);
    window.addEventListener("dragend", clear);
    return () => window.removeEventListener("dragend", clear);
  }, []);
  const target: DropTarget = {
    onDragOver(event) {
      event.preventDefault();
      if (!event.dataTransfer.types.includes("Files")) return;
      event.dataTransfer.dropEffect = "copy";
      setHint(filePlaceAt(editor, event.target) ? "field" : "canvas");
    },
    onDragLeave(event) {
      // Leaving a part for another one is no leaving.
      if (event.relatedTarget === null) setHint(undefined);
    },
    onDrop(event) {
      event.preventDefault();
      setHint(undefined);
      if (event.dataTransfer.files.length > 0) take([...event.dataTransfer.files], event);
    },
  };
  return [target, hint];
}

/** Says what dropping would do, without being in the way of it. */
export function DropHintView({ hint }: { readonly hint: DropHint }): ReactNode {
  if (!hint) return null;
  return (
    <div className="drop-hint" aria-hidden="true">
      <span>{t(hint === "field" ? "share.drop-field" : "share.drop")}</span>
    </div>
  );
}
