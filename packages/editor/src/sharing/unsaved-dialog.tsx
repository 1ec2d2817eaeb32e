import { type ReactNode, useEffect, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { t } from "../messages/translate.ts";
import { api } from "../server/api.ts";
import type { FileSession } from "../server/file-session.ts";

interface UnsavedDialogProps {
  readonly file: FileSession;
  /** Goes on to what is to be opened. */
  onGo(): void;
  onClose(): void;
}

const firstName = "workflows/untitled.json";

/** Another workflow is to be opened, and this one has work that is not saved. */
export default function UnsavedDialog({ file, onGo, onClose }: UnsavedDialogProps): ReactNode {
  const [problem, setProblem] = useState<string>();
  const isNew = file.path.value === undefined;
  const [name, setName] = useState(firstName);
  useEffect(() => {
    if (!isNew) return;
    void api.workflows().then(
      (files) => setName((now) => (now === firstName ? freeName(files.map(({ path }) => path)) : now)),
      () => undefined,
    );
  }, [isNew]);
  const save = async (): Promise<void> => {
    const path = name.trim();
    if (await (isNew ? file.saveAs(path.endsWith(".json") ? path : `${path}.json`) : file.save())) return onGo();
    const state = file.state.value;
    if (state.kind === "failed") setProblem(t("save.failed", { message: state.message }));
    else setProblem(t(isNew ? "inspector.taken-name" : "save.conflict-title"));
  };
  return (
    <Modal title={t("share.unsaved")} onClose={onClose}>
      <p>{t("share.unsaved-text", { path: file.path.value ?? t("app.untitled") })}</p>
      {isNew && (
        <label>
          {t("save.as-path")}
          <input className="field-input" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
      )}
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

/** The first name of that kind that no file has. */
function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? firstName : firstName.replace(".json", `-${number}.json`);
    if (!taken.includes(name)) return name;
  }
}
