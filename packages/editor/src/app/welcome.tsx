import { type ReactNode, useEffect, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, type WorkflowFile } from "../server/api.ts";
import { FileList } from "./file-list.tsx";
import { Icon } from "./icon.tsx";
import { TemplateList } from "./template-list.tsx";

interface WelcomeProps {
  onOpen(path: string): void;
  onTemplate(id: string): void;
  onSearch(): void;
}

const mostFiles = 5;

/** What a new workflow can begin with, over the empty canvas: what is dropped, a node, one of the last files, or a template. */
export default function Welcome({ onOpen, onTemplate, onSearch }: WelcomeProps): ReactNode {
  const [files, setFiles] = useState<readonly WorkflowFile[]>([]);
  useEffect(() => {
    api.workflows().then(setFiles, () => setFiles([]));
  }, []);
  return (
    <div className="welcome">
      <div className="welcome-drop">
        <Icon name="upload" />
        <span>{t("welcome.drop")}</span>
        <button type="button" className="button" onClick={onSearch}>
          <Icon name="plus" />
          {t("action.search")}
        </button>
      </div>
      {files.length > 0 && <h2 className="section-title">{t("welcome.recent")}</h2>}
      <FileList files={files.slice(0, mostFiles)} onOpen={onOpen} />
      <TemplateList onTemplate={onTemplate} />
    </div>
  );
}
