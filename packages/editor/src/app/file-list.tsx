import type { ReactNode } from "react";
import type { WorkflowFile } from "../server/api.ts";

interface FileListProps {
  readonly files: readonly WorkflowFile[];
  onOpen(path: string): void;
}

/** Workflows to open, by name and path. */
export function FileList({ files, onOpen }: FileListProps): ReactNode {
  return (
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
  );
}
