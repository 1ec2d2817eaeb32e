import { type ReactNode, useEffect, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { freshName } from "../document/fresh-id.ts";
import { t } from "../messages/translate.ts";
import { api } from "../server/api.ts";
import type { ManyPictures } from "./take-files.ts";

interface ManyPicturesDialogProps {
  readonly count: number;
  onAnswer(answer: ManyPictures | undefined): void;
}

/** Many pictures came at once: as a folder that one node reads, or as a node each. */
export default function ManyPicturesDialog({ count, onAnswer }: ManyPicturesDialogProps): ReactNode {
  const [folder, setFolder] = useState("inputs/batch");
  useEffect(() => {
    // A folder of its own: nothing else is to be taken for one of these pictures.
    void api.pictures().then(
      (files) => {
        const isTaken = (name: string) => files.some(({ path }) => path.startsWith(`inputs/${name}/`));
        setFolder(`inputs/${freshName("batch", isTaken, "batch")}`);
      },
      () => undefined,
    );
  }, []);
  return (
    <Modal title={t("many.title", { count })} onClose={() => onAnswer(undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAnswer({ kind: "folder", folder: folder.trim().replace(/\/+$/, "") });
        }}
      >
        <p>{t("many.about")}</p>
        <label>
          {t("many.folder")}
          <input
            className="field-input"
            data-autofocus
            required
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
          />
        </label>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => onAnswer({ kind: "each" })}>
            {t("many.each", { count })}
          </button>
          <button type="submit" className="button is-main">
            {t("many.one")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
