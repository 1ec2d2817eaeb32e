import { type ReactNode, useState } from "react";
import { t } from "../messages/translate.ts";
import type { Draft } from "../server/drafts.ts";
import { Modal } from "./modal.tsx";

interface ConflictDialogProps {
  readonly path: string;
  onMine(): void;
  onTheirs(): void;
  onCopy(): void;
  onClose(): void;
}

/** The file was changed by somebody else: nothing is dropped, the user chooses. */
export function ConflictDialog({ path, onMine, onTheirs, onCopy, onClose }: ConflictDialogProps): ReactNode {
  return (
    <Modal title={t("save.conflict-title")} onClose={onClose}>
      <p>{t("save.conflict-text", { path })}</p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onTheirs}>
          {t("save.theirs")}
        </button>
        <button type="button" className="button" onClick={onMine}>
          {t("save.mine")}
        </button>
        <button type="button" className="button is-main" onClick={onCopy}>
          {t("save.copy")}
        </button>
      </div>
    </Modal>
  );
}

interface SaveAsDialogProps {
  readonly suggestion: string;
  readonly problem: string | undefined;
  onSave(path: string): void;
  onClose(): void;
}

/** Asks for the name of a file that is to be made. */
export function SaveAsDialog({ suggestion, problem, onSave, onClose }: SaveAsDialogProps): ReactNode {
  const [path, setPath] = useState(suggestion);
  return (
    <Modal title={t("save.as-title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSave(path.endsWith(".json") ? path : `${path}.json`);
        }}
      >
        <label>
          {t("save.as-path")}
          <input
            className="field-input"
            data-autofocus
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
        </label>
        {problem !== undefined && <p role="alert">{problem}</p>}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("action.cancel")}
          </button>
          <button type="submit" className="button is-main">
            {t("action.save")}
          </button>
        </div>
      </form>
    </Modal>
  );
}

interface DraftDialogProps {
  readonly draft: Draft;
  onRestore(): void;
  onDiscard(): void;
  onClose(): void;
}

/** Work was found that a tab left without saving. */
export function DraftDialog({ draft, onRestore, onDiscard, onClose }: DraftDialogProps): ReactNode {
  const when = new Date(draft.time).toLocaleString();
  return (
    <Modal title={t("draft.title")} onClose={onClose}>
      <p>{t("draft.text", { path: draft.path || t("app.untitled"), when })}</p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onDiscard}>
          {t("draft.discard")}
        </button>
        <button type="button" className="button is-main" onClick={onRestore}>
          {t("draft.restore")}
        </button>
      </div>
    </Modal>
  );
}
