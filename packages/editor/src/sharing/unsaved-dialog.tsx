import { type ReactNode, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { t } from "../messages/translate.ts";
import type { FileSession } from "../server/file-session.ts";

interface UnsavedDialogProps {
  readonly file: FileSession;
  /** Goes on to what is to be opened. */
  onGo(): void;
  onClose(): void;
}

const mostNames = 100;

/** Another workflow is to be opened, and this one has work that is not saved. */
export default function UnsavedDialog({ file, onGo, onClose }: UnsavedDialogProps): ReactNode {
  const [problem, setProblem] = useState<string>();
  const save = async (): Promise<void> => {
    if (await saved(file)) return onGo();
    const state = file.state.value;
    setProblem(state.kind === "failed" ? t("save.failed", { message: state.message }) : t("save.conflict-title"));
  };
  return (
    <Modal title={t("share.unsaved")} onClose={onClose}>
      <p>{t("share.unsaved-text", { path: file.path.value ?? t("app.untitled") })}</p>
      {problem !== undefined && (
        <p role="alert" className="problem-text">
          {problem}
        </p>
      )}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          {t("action.cancel")}
        </button>
        <button type="button" className="button" onClick={onGo}>
          {t("share.do-not-save")}
        </button>
        <button type="button" className="button is-main" data-autofocus onClick={() => void save()}>
          {t("share.save-first")}
        </button>
      </div>
    </Modal>
  );
}

/** Saves under the file's own name; what has none yet under the first that is free. */
async function saved(file: FileSession): Promise<boolean> {
  if (file.path.value !== undefined) return file.save();
  for (let number = 1; number <= mostNames; number++) {
    if (await file.saveAs(`workflows/untitled${number === 1 ? "" : `-${number}`}.json`)) return true;
    if (file.state.value.kind !== "conflict") return false;
  }
  return false;
}
