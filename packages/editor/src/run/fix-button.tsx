import type { Fix } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { applyFix } from "../document/commands/inputs.ts";

/** Mends an error at one go: sets what the error offers, in one step that Undo takes back. */
export function FixButton({ node, fix }: { readonly node: string; readonly fix: Fix }): ReactNode {
  const editor = useEditor();
  return (
    <button
      type="button"
      className="button fix-button"
      data-draggable="no"
      onClick={() => editor.run(applyFix(node, fix))}
    >
      {fix.title}
    </button>
  );
}
