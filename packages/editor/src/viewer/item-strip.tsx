import { type ReactNode, useState } from "react";
import { t } from "../messages/translate.ts";

/** No strip is longer; what comes behind is on the disk all the same. */
const mostItems = 32;

interface ItemStripProps {
  /** The address of the small picture of an item. */
  preview(index: number): string;
  readonly chosen: number;
  onChoose(index: number): void;
}

/** What a node gave for each item of a list, side by side to compare. Items are looked for until there is none. */
export function ItemStrip({ preview, chosen, onChoose }: ItemStripProps): ReactNode {
  const [known, setKnown] = useState(1);
  const [end, setEnd] = useState(mostItems);
  const indexes = Array.from({ length: Math.min(known, end) }, (_, index) => index);
  return (
    <div className="viewer-strip" role="group" aria-label={t("viewer.strip")}>
      {indexes.map((index) => (
        <button
          key={index}
          type="button"
          className={index === chosen ? "is-chosen" : ""}
          aria-pressed={index === chosen}
          aria-label={t("viewer.item", { number: index + 1 })}
          onClick={() => onChoose(index)}
        >
          <img
            src={preview(index)}
            alt=""
            onLoad={() => setKnown((now) => Math.max(now, index + 2))}
            onError={() => setEnd(index)}
          />
        </button>
      ))}
    </div>
  );
}
