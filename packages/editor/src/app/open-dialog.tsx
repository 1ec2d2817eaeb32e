import { type ReactNode, useEffect, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, type Template, type WorkflowFile } from "../server/api.ts";
import { Modal } from "./modal.tsx";

interface OpenDialogProps {
  readonly workspace: string;
  onOpen(path: string): void;
  onTemplate(id: string): void;
  onEmpty(): void;
  onClose(): void;
}

/** Opens a workflow of the workspace, or begins one from a template. */
export function OpenDialog({ workspace, onOpen, onTemplate, onEmpty, onClose }: OpenDialogProps): ReactNode {
  const [files, setFiles] = useState<readonly WorkflowFile[]>([]);
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  useEffect(() => {
    api.workflows().then(setFiles, () => setFiles([]));
    api.templates().then(setTemplates, () => setTemplates([]));
  }, []);
  return (
    <Modal title={t("open.title")} onClose={onClose}>
      <h3>{t("open.recent", { workspace })}</h3>
      {files.length === 0 && <p>{t("open.none")}</p>}
      <ul className="open-list">
        {files.map(({ path, name }) => (
          <li key={path}>
            <button type="button" onClick={() => onOpen(path)}>
              {name ?? path}
              <small>{path}</small>
            </button>
          </li>
        ))}
      </ul>
      {templates.length > 0 && <h3>{t("open.templates")}</h3>}
      <div className="pictures">
        {templates.map(({ id, name, picture }) => (
          <button key={id} type="button" className="picture-button" onClick={() => onTemplate(id)}>
            {picture !== undefined && <img src={picture} alt="" loading="lazy" />}
            <span>{name}</span>
          </button>
        ))}
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onEmpty}>
          {t("open.new")}
        </button>
      </div>
    </Modal>
  );
}
