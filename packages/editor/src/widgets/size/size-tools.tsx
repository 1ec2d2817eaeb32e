import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { Icon } from "../../app/icon.tsx";
import { t } from "../../messages/translate.ts";
import { useKeyed } from "../../state/cell.ts";
import { lockShape, shapeKey } from "./locked-shape.ts";
import { setSize } from "./set-size.ts";
import { useSides } from "./sides.ts";
import type { SizePair } from "./size-pair.ts";

const SizePopup = lazy(() => import("./size-popup.tsx"));

interface SizeToolsProps {
  readonly node: string;
  readonly pair: SizePair;
}

/** What concerns both sides of a size: keep its shape, swap the sides, choose among common sizes. */
export function SizeTools({ node, pair }: SizeToolsProps): ReactNode {
  const editor = useEditor();
  const [isOpen, setOpen] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const isLocked = useKeyed(editor.lockedShapes, shapeKey(node, pair)) !== undefined;
  const sides = useSides(node, pair);
  const { width, height } = sides;
  const isWhole = width !== undefined && height !== undefined;
  return (
    <span className="size-tools" data-draggable="no">
      <button
        type="button"
        className="icon-button size-lock"
        aria-label={t("size.lock")}
        title={t(isLocked ? "size.unlock" : "size.lock")}
        aria-pressed={isLocked}
        disabled={!isWhole && !isLocked}
        onClick={() => lockShape(editor, node, pair, !isLocked)}
      >
        <Icon name={isLocked ? "lock" : "unlock"} />
      </button>
      <span className="size-more">
        <button
          type="button"
          className="icon-button"
          aria-label={t("size.swap")}
          title={t("size.swap")}
          disabled={width === undefined && height === undefined}
          onClick={() => setSize(editor, node, pair, { width: height, height: width })}
        >
          <Icon name="swap" />
        </button>
        <button
          ref={more}
          type="button"
          className="icon-button"
          aria-label={t("size.choose")}
          title={t("size.choose")}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
        >
          <Icon name="sizes" />
        </button>
      </span>
      {isOpen && (
        <Suspense>
          <SizePopup {...{ node, pair, sides }} anchor={more.current!} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}
