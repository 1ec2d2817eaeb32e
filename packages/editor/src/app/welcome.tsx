import { type ReactNode, useEffect, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, type Template, type WorkflowFile } from "../server/api.ts";
import { FileList } from "./file-list.tsx";
import { Icon } from "./icon.tsx";

interface WelcomeProps {
  onOpen(path: string): void;
  onTemplate(id: string): void;
  onSearch(): void;
}

const mostFiles = 5;

/** What shows best what this is for, and runs at once. */
const first: readonly string[] = [
  "remove-spoon",
  "remove-object",
  "replace-object",
  "replace-background",
  "recolour",
  "extend-to-16-9",
  "variations",
];

function rank({ id, picture }: Template): number {
  const place = first.indexOf(id);
  return place >= 0 ? place : picture === undefined ? first.length + 1 : first.length;
}

/** What a new workflow can begin with, over the empty canvas: a node, a template, one of the last files, or what is dropped. */
export function Welcome({ onOpen, onTemplate, onSearch }: WelcomeProps): ReactNode {
  const [files, setFiles] = useState<readonly WorkflowFile[]>([]);
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  useEffect(() => {
    api.workflows().then(setFiles, () => setFiles([]));
    api.templates().then(
      (found) => setTemplates(found.toSorted((a, b) => rank(a) - rank(b))),
      () => setTemplates([]),
    );
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
      {templates.length > 0 && <h2>{t("open.templates")}</h2>}
      <div className="pictures welcome-templates">
        {templates.map(({ id, name, picture }) => (
          <button key={id} type="button" className="picture-button" onClick={() => onTemplate(id)}>
            {picture === undefined ? (
              <span className="picture-none">
                <Icon name="picture" />
              </span>
            ) : (
              <img src={picture} alt="" loading="lazy" />
            )}
            <span>{name}</span>
          </button>
        ))}
      </div>
      {files.length > 0 && <h2>{t("welcome.recent")}</h2>}
      <FileList files={files.slice(0, mostFiles)} onOpen={onOpen} />
    </div>
  );
}
