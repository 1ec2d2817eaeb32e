import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Modal } from "../app/modal.tsx";
import { toast } from "../app/toasts.tsx";
import type { InputPlace } from "../document/graph.ts";
import { enMask } from "../messages/en-mask.ts";
import { addMessages, type MessageKey, t } from "../messages/translate.ts";
import { problemText } from "../server/api.ts";
import { MaskWorkbench } from "./mask-workbench.tsx";
import { type MaskProblem, type MaskSession, openMask } from "./mask-session.ts";
import "./mask-editor.css";

addMessages(enMask);

interface MaskEditorProps {
  readonly place: InputPlace;
  /** The run whose pictures are shown, if any. */
  readonly run: string | undefined;
  onClose(): void;
}

const problems: Readonly<Record<MaskProblem["kind"], MessageKey>> = {
  "no-picture": "shape.no-picture",
  linked: "mask.linked",
  unreadable: "mask.unreadable",
  "too-large": "mask.too-large",
};

/** Draws a mask on the picture that a node is for. What is done is one step of undo in the document, kept as it is done. */
export default function MaskEditor({ place, run, onClose }: MaskEditorProps): ReactNode {
  const editor = useEditor();
  const [session, setSession] = useState<MaskSession>();
  const [problem, setProblem] = useState<string>();
  /** What Escape ends before it closes the editor. */
  const escape = useRef<() => boolean>(() => false);
  const isClosing = useRef(false);

  useEffect(() => {
    let isGone = false;
    openMask(editor, place, run).then(
      (opened) => {
        if (isGone) return;
        if ("problem" in opened) setProblem(t(problems[opened.problem.kind], { ...opened.problem }));
        else setSession(opened);
      },
      (error: unknown) => !isGone && setProblem(problemText(error)),
    );
    return () => {
      isGone = true;
    };
  }, [editor, place, run]);

  const close = useCallback((): void => {
    if (isClosing.current) return;
    isClosing.current = true;
    void (session?.finish() ?? Promise.resolve())
      .catch((error: unknown) => toast(t("mask.not-packed", { message: problemText(error) }), true))
      .finally(onClose);
  }, [session, onClose]);

  return (
    <Modal title={editor.title(place.node)} onClose={() => escape.current() || close()} isLarge>
      <div className="mask-editor" onKeyDown={keepKeys}>
        {session ? (
          <MaskWorkbench session={session} onDone={close} onEscape={(end) => (escape.current = end)} />
        ) : (
          <p role={problem === undefined ? "status" : "alert"}>{problem ?? t("app.loading")}</p>
        )}
      </div>
    </Modal>
  );
}

/** Keys of the dialog are not the canvas's. */
function keepKeys(event: KeyboardEvent): void {
  if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
}
