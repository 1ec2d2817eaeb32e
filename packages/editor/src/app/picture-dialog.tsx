import { type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, ApiError, type PictureFile, thumbnailUrl } from "../server/api.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

interface PictureDialogProps {
  onChoose(path: string): void;
  onClose(): void;
}

/** Chooses a picture of the workspace, or uploads one into it. */
export default function PictureDialog({ onChoose, onClose }: PictureDialogProps): ReactNode {
  const [files, setFiles] = useState<readonly PictureFile[]>();
  const [problem, setProblem] = useState<string>();
  const [wanted, setWanted] = useState("");
  const shown = files?.filter(({ path }) => path.toLowerCase().includes(wanted.trim().toLowerCase()));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    api
      .pictures()
      .then(setFiles, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  }, []);
  const upload = async (file: File): Promise<void> => {
    try {
      onChoose(await api.upload(file, file.name));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(t("picture.upload-failed", { name: file.name, message: error.data.message }));
    }
  };
  return (
    <Modal title={t("picture.choose")} onClose={onClose}>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void upload(file);
        }}
      />
      <p>
        <button type="button" className="button" onClick={() => input.current?.click()}>
          <Icon name="upload" />
          {t("field.upload")}
        </button>
      </p>
      {problem !== undefined && <p role="alert">{problem}</p>}
      <h3>{t("picture.workspace")}</h3>
      {files?.length === 0 && <p>{t("picture.none")}</p>}
      {files !== undefined && files.length > 0 && (
        <input
          type="search"
          className="field-input picture-filter"
          data-autofocus
          aria-label={t("picture.filter")}
          placeholder={t("picture.filter")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {files !== undefined && files.length > 0 && shown?.length === 0 && <p>{t("picture.none-found")}</p>}
      <div className="pictures">
        {shown?.map(({ path }) => (
          <button
            key={path}
            type="button"
            className="picture-button"
            title={path}
            aria-label={path}
            onClick={() => onChoose(path)}
          >
            <img src={thumbnailUrl(path, 256)} alt="" loading="lazy" />
            <span className="picture-name">{path.slice(path.lastIndexOf("/") + 1)}</span>
            <span className="picture-folder">{path.slice(0, path.lastIndexOf("/") + 1)}</span>
          </button>
        ))}
      </div>
    </Modal>
  );
}
