import { type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, type WorkflowFile } from "../server/api.ts";
import { FileList } from "./file-list.tsx";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";
import { TemplateList } from "./template-list.tsx";

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
export default function OpenDialog({
  workspace,
  onOpen,
  onTemplate,
  onEmpty,
  onFile,
  onClose,
}: OpenDialogProps): ReactNode {
  const [files, setFiles] = useState<readonly WorkflowFile[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    api.workflows().then(setFiles, () => setFiles([]));
  }, []);
  return (
    <Modal title={t("open.title")} onClose={onClose}>
      <div className="open-buttons">
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
      <h2 className="section-title">{t("open.recent", { workspace })}</h2>
      {files.length === 0 && <p>{t("open.none")}</p>}
      <FileList files={files} onOpen={onOpen} />
      <TemplateList onTemplate={onTemplate} />
    </Modal>
  );
}
