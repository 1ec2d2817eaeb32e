import type { ReactNode } from "react";
import { Icon } from "../app/icon.tsx";
import { t } from "../messages/translate.ts";
import { copyPicture } from "./copy-picture.ts";
import type { GalleryPicture } from "./gallery-pictures.ts";

interface GalleryProps {
  readonly pictures: readonly GalleryPicture[];
  /** Addresses of those that are to be compared, at most two. */
  readonly chosen: readonly string[];
  onChoose(url: string): void;
  onView(url: string): void;
}

/** What the runs made, as pictures: each opens large, can be downloaded, copied, and compared with any other. */
export function Gallery({ pictures, chosen, onChoose, onView }: GalleryProps): ReactNode {
  if (pictures.length === 0) return <p>{t("history.no-pictures")}</p>;
  return (
    <ul className="history-gallery">
      {pictures.map(({ url, name, label }) => (
        <li key={url} className={chosen.includes(url) ? "is-chosen" : ""}>
          <button
            type="button"
            className="history-picture"
            aria-label={t("viewer.open", { title: label })}
            title={label}
            onClick={() => onView(url)}
          >
            <img src={`${url}/thumbnail?size=320`} alt="" loading="lazy" />
          </button>
          <span title={label}>{name}</span>
          <div className="history-tools">
            <label title={t("history.choose", { name })}>
              <input
                type="checkbox"
                aria-label={t("history.choose", { name })}
                checked={chosen.includes(url)}
                onChange={() => onChoose(url)}
              />
            </label>
            <button
              type="button"
              className="icon-button"
              aria-label={t("history.copy-picture", { name })}
              title={t("history.copy-picture", { name })}
              onClick={() => void copyPicture(url)}
            >
              <Icon name="copy" />
            </button>
            <a
              className="icon-button"
              href={url}
              download={name}
              aria-label={t("history.download", { name })}
              title={t("history.download", { name })}
            >
              <Icon name="down" />
            </a>
          </div>
        </li>
      ))}
    </ul>
  );
}
