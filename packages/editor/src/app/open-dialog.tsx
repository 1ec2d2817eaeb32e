import { type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, type Template, type WorkflowFile } from "../server/api.ts";
import { FileList } from "./file-list.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

interface OpenDialogProps {
  readonly workspace: string;
  onOpen(path: string): void;
  onTemplate(id: string): void;
  onEmpty(): void;
  /** A workflow, a parcel, or a picture made by Inlay, from this computer. */
  onFile(file: File): void;
  onClose(): void;
}

/** Opens a workflow of the workspace, or begins one from a template. */
export function OpenDialog({ workspace, onOpen, onTemplate, onEmpty, onFile, onClose }: OpenDialogProps): ReactNode {
  const [files, setFiles] = useState<readonly WorkflowFile[]>([]);
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    api.workflows().then(setFiles, () => setFiles([]));
    api.templates().then(setTemplates, () => setTemplates([]));
  }, []);
  return (
    <Modal title={t("open.title")} onClose={onClose}>
      <h3>{t("open.recent", { workspace })}</h3>
      {files.length === 0 && <p>{t("open.none")}</p>}
      <FileList files={files} onOpen={onOpen} />
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
        <input
          ref={input}
          type="file"
          accept=".json,.inlay,image/png,image/jpeg,image/webp,image/avif"
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) onFile(file);
          }}
        />
        <button type="button" className="button" onClick={() => input.current?.click()}>
          <Icon name="upload" />
          {t("open.file")}
        </button>
        <button type="button" className="button" onClick={onEmpty}>
          {t("open.new")}
        </button>
      </div>
    </Modal>
  );
}
