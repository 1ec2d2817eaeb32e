import type { ReactNode } from "react";
import { commandLabel, t } from "../messages/translate.ts";
import type { RunController } from "../run/run-controller.ts";
import type { Service } from "../server/api.ts";
import type { FileSession } from "../server/file-session.ts";
import { isStatic } from "../server/static-site.ts";
import { useCell } from "../state/cell.ts";
import { RunButton } from "../run/run-button.tsx";
import type { ActionContext, ActionName } from "./actions.ts";
import { actions } from "./actions.ts";
import { useDocument } from "./editor-context.ts";
import { Icon, type IconName } from "./icon.tsx";
import { showKeys } from "./shortcuts.ts";
import { shownTheme, themeChoice } from "./theme.ts";

interface ToolbarProps {
  readonly context: ActionContext;
  readonly file: FileSession;
  readonly runs: RunController;
  readonly service: Service;
  readonly services: readonly Service[];
  readonly hasInspector: boolean;
  readonly hasMinimap: boolean;
}

/** The bar above the canvas: file, undo, view, and on the right what running costs and the button that runs. */
export function Toolbar({ context, file, runs, service, services, hasInspector, hasMinimap }: ToolbarProps): ReactNode {
  const { document } = context.editor;
  const name = useDocument("file", ({ document: { workflow } }) => workflow.name);
  const isChanged = useDocument("file", (editor) => editor.document.isChanged);
  const undoName = useDocument("file", (editor) => editor.document.undoName);
  const redoName = useDocument("file", (editor) => editor.document.redoName);
  const path = useCell(file.path);
  useCell(themeChoice);
  const button = (
    action: ActionName,
    icon: IconName,
    title = t(actions[action].label),
    isDisabled = false,
  ): ReactNode => <ToolButton {...{ context, action, icon, title, isDisabled }} />;
  return (
    <header className="toolbar">
      {button("open", "folder")}
      <div className="toolbar-name">
        <h1 title={path}>{name ?? path ?? t("app.untitled")}</h1>
        {isChanged && <span className="unsaved" role="img" aria-label={t("app.unsaved")} title={t("app.unsaved")} />}
      </div>
      {button("save", "save", t("action.save"), path !== undefined && !isChanged)}
      <span className="wide-only">{button("share", "share")}</span>
      <span className="toolbar-line" />
      {button(
        "undo",
        "undo",
        undoName === undefined ? t("action.undo") : t("action.undo-of", { what: commandLabel(undoName) }),
        document.undoName === undefined,
      )}
      {button(
        "redo",
        "redo",
        redoName === undefined ? t("action.redo") : t("action.redo-of", { what: commandLabel(redoName) }),
        document.redoName === undefined,
      )}
      <span className="toolbar-line wide-only" />
      {button("search", "plus")}
      <span className="wide-only">{button("note", "note")}</span>
      <span className="toolbar-space" />
      <span className="wide-only">{button("fit", "fit")}</span>
      <span className="wide-only">
        <ToolButton
          {...{ context, action: "minimap", icon: "map", title: t("action.minimap"), isPressed: hasMinimap }}
        />
      </span>
      <ToolButton
        {...{ context, action: "inspector", icon: "panel", title: t("action.inspector"), isPressed: hasInspector }}
      />
      <button
        type="button"
        className="icon-button wide-only"
        aria-label={t("action.theme")}
        title={t("action.theme")}
        onClick={() => context.page.toggleTheme()}
      >
        <Icon name={shownTheme() === "dark" ? "sun" : "moon"} />
      </button>
      {!isStatic && <span className="phone-up">{button("history", "clock")}</span>}
      {!isStatic && <span className="wide-only">{button("settings", "key")}</span>}
      <span className="wide-only">{button("help", "keyboard")}</span>
      <span className="toolbar-line" />
      {isStatic ? (
        <span className="badge" title={t("static.hint")}>
          {t("static.name")}
        </span>
      ) : (
        <RunButton {...{ context, runs, service, services }} />
      )}
    </header>
  );
}

interface ToolButtonProps {
  readonly context: ActionContext;
  readonly action: ActionName;
  readonly icon: IconName;
  readonly title: string;
  readonly isDisabled?: boolean;
  readonly isPressed?: boolean;
}

function ToolButton({ context, action, icon, title, isDisabled = false, isPressed }: ToolButtonProps): ReactNode {
  const [keys]: readonly string[] = actions[action].keys;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={title}
      aria-pressed={isPressed}
      title={keys === undefined ? title : `${title} (${showKeys(keys)})`}
      disabled={isDisabled}
      onClick={() => actions[action].run(context)}
    >
      <Icon name={icon} />
    </button>
  );
}
