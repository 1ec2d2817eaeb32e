import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { Point } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import { payingNodes } from "../run/paid-nodes.ts";
import { canDrawMask } from "./draw-mask.ts";
import { type Action, type ActionContext, type ActionName, actions } from "./actions.ts";
import type { Editor } from "./editor.ts";
import { showKeys } from "./shortcuts.ts";

interface ContextMenuProps {
  readonly context: ActionContext;
  /** Where on the page. */
  readonly at: Point;
  readonly names: readonly (ActionName | undefined)[];
  onClose(): void;
}

/** What can be done here, with its keys. Arrows choose, Enter does it, Escape closes. */
export function ContextMenu({ context, at, names, onClose }: ContextMenuProps): ReactNode {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = menu.current!;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.min(at.x, window.innerWidth - width - 8)}px`;
    element.style.top = `${Math.min(at.y, window.innerHeight - height - 8)}px`;
    element.querySelector("button")?.focus();
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      const items = [...menu.current!.querySelectorAll("button")];
      const index = items.indexOf(document.activeElement as HTMLButtonElement);
      items[(index + step + items.length) % items.length]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      className="menu"
      role="menu"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onClose();
      }}
    >
      {names.map((name, index) =>
        name === undefined ? (
          <hr key={index} />
        ) : (
          <MenuItem
            key={name}
            action={actions[name]}
            context={context}
            onChoose={() => {
              onClose();
              actions[name].run(context);
            }}
          />
        ),
      )}
    </div>
  );
}

interface MenuItemProps {
  readonly action: Action;
  readonly context: ActionContext;
  onChoose(): void;
}

function MenuItem({ action, context, onChoose }: MenuItemProps): ReactNode {
  const [key] = action.keys;
  return (
    <button type="button" role="menuitem" onClick={onChoose}>
      {t(action.labelNow?.(context) ?? action.label)}
      {key !== undefined && <kbd>{showKeys(key)}</kbd>}
    </button>
  );
}

const node = [
  "runTo",
  "runFrom",
  "runOnly",
  undefined,
  "cut",
  "copy",
  "duplicate",
  undefined,
  "bypass",
  "mute",
  "pin",
  "collapse",
  undefined,
  "group",
] as const;
const several = [
  "frame",
  "alignLeft",
  "alignRight",
  "alignTop",
  "alignBottom",
  "distributeX",
  "distributeY",
  "tidy",
] as const;
const canvas = [
  "search",
  "note",
  undefined,
  "paste",
  "selectAll",
  "fit",
  "tidy",
  undefined,
  "undo",
  "redo",
  undefined,
  "share",
  "theme",
  "help",
] as const;

/** The actions that make sense for what was pressed. */
export function menuFor(context: ActionContext, isCanvas: boolean): readonly (ActionName | undefined)[] {
  const { editor } = context;
  const { link } = editor.selection;
  if (link !== undefined)
    return ["bend", ...(editor.layout.bends.has(link) ? (["straighten"] as const) : []), undefined, "delete"];
  if (isCanvas) return canvas;
  const ids = [...editor.selection.ids];
  const isWorkflow = ids.length === 1 && (editor.graph.nodes[ids[0]!]?.type.startsWith("workflow/") ?? false);
  return [
    ...(isWorkflow ? (["enter", "unpack", undefined] as const) : []),
    ...(ids.length === 1 ? whatShows(editor, ids[0]!) : []),
    ...(payingNodes(editor).length > 0 ? (["runAgain", undefined] as const) : []),
    ...node,
    ...(ids.length > 1 ? ([undefined, ...several] as const) : []),
    undefined,
    "delete",
  ];
}

/** What can be done with the picture that a node shows. */
function whatShows(editor: Editor, id: string): readonly (ActionName | undefined)[] {
  const names: ActionName[] = canDrawMask(editor, id) ? ["drawMask"] : [];
  if (editor.pictures.get(id)) names.push("view", "compare");
  return names.length === 0 ? [] : [...names, undefined];
}
