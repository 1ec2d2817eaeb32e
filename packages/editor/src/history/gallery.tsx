import type { ReactNode } from "react";
import { Icon } from "../app/icon.tsx";
import { t } from "../messages/translate.ts";
import type { GalleryPicture } from "./gallery-pictures.ts";

interface GalleryProps {
  readonly pictures: readonly GalleryPicture[];
  onView(url: string): void;
}

/** What the runs made, as pictures: each opens large and can be downloaded. */
export function Gallery({ pictures, onView }: GalleryProps): ReactNode {
  if (pictures.length === 0) return <p>{t("history.no-pictures")}</p>;
  return (
    <ul className="history-gallery">
      {pictures.map(({ url, name, label }) => (
        <li key={url}>
          <button
            type="button"
            aria-label={t("viewer.open", { title: label })}
            title={label}
            onClick={() => onView(url)}
          >
            <img src={`${url}/thumbnail?size=320`} alt="" loading="lazy" />
          </button>
          <span title={label}>{name}</span>
          <a className="icon-button" href={url} download={name} aria-label={t("history.download", { name })}>
            <Icon name="down" />
          </a>
        </li>
      ))}
    </ul>
  );
}
