import { writeWorkflow } from "@inlay/engine";
import { type ReactNode, useState } from "react";
import type { Editor } from "../app/editor.ts";
import { Icon, type IconName } from "../app/icon.tsx";
import { Modal } from "../app/modal.tsx";
import { toast } from "../app/toasts.tsx";
import { type MessageKey, t } from "../messages/translate.ts";
import { api, problemText } from "../server/api.ts";
import { isStatic } from "../server/static-site.ts";
import { download } from "./download.ts";
import "./sharing.css";

interface ShareDialogProps {
  readonly editor: Editor;
  readonly path: string | undefined;
  onClose(): void;
}

/** Ways to give the workflow to somebody else: with its pictures, alone, as text. */
export default function ShareDialog({ editor, path, onClose }: ShareDialogProps): ReactNode {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const place = path ?? `${fileName(editor.document.workflow.name)}.json`;
  const name = place.slice(place.lastIndexOf("/") + 1).replace(/\.json$/i, "");
  const text = (): string => {
    editor.document.seal();
    return writeWorkflow(editor.document.workflow);
  };
  const withPictures = (): void => {
    setBusy(true);
    setProblem(undefined);
    api
      .pack(text(), place)
      .then(
        (blob) => download(blob, `${name}.inlay`),
        (error: unknown) => setProblem(problemText(error)),
      )
      .finally(() => setBusy(false));
  };
  const alone = (): void => download(new Blob([text()], { type: "application/json" }), `${name}.json`);
  const copy = (): void => {
    void navigator.clipboard.writeText(text()).then(
      () => toast(t("share.copied")),
      () => setProblem(t("share.not-copied")),
    );
  };
  return (
    <Modal title={t("share.title")} onClose={onClose}>
      <ul className="share-list" aria-busy={isBusy}>
        {!isStatic && (
          <Way icon="picture" label="share.parcel" about="share.parcel-about" onClick={withPictures} isBusy={isBusy} />
        )}
        <Way icon="file" label="share.file" about="share.file-about" onClick={alone} />
        <Way icon="note" label="share.text" about="share.text-about" onClick={copy} />
      </ul>
      {problem !== undefined && (
        <p role="alert" className="problem-text">
          {problem}
        </p>
      )}
    </Modal>
  );
}

interface WayProps {
  readonly icon: IconName;
  readonly label: MessageKey;
  readonly about: MessageKey;
  readonly isBusy?: boolean;
  onClick(): void;
}

function Way({ icon, label, about, isBusy = false, onClick }: WayProps): ReactNode {
  return (
    <li>
      <button type="button" disabled={isBusy} onClick={onClick}>
        <Icon name={icon} />
        <span>
          <strong>{t(label)}</strong>
          <small>{t(about)}</small>
        </span>
      </button>
    </li>
  );
}

/** A name as every system can store it. */
function fileName(name: string | undefined): string {
  const plain = (name ?? "").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  return plain.replaceAll(/^-+|-+$/g, "").slice(0, 60) || "workflow";
}
