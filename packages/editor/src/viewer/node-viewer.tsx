import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { viewOf } from "./viewed-pictures.ts";
import Viewer from "./viewer.tsx";

interface NodeViewerProps {
  /** The run whose pictures are shown, if any. */
  readonly run: string | undefined;
  readonly node: string;
  readonly compare: boolean;
  onKeep(node: string, index: number): void;
  onClose(): void;
}

/** The viewer with what a node shows, and with every other picture of the workflow to choose from. */
export default function NodeViewer({ run, node, compare, ...handlers }: NodeViewerProps): ReactNode {
  const editor = useEditor();
  return <Viewer {...viewOf(editor, run, { node, compare })} {...handlers} />;
}
