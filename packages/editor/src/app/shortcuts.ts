import { isField } from "../canvas/places.ts";
import { resizeBy } from "../canvas/resize-nodes.ts";
import { type Action, type ActionContext, actions, type ActionName, nudge } from "./actions.ts";

const isMac = /mac/i.test(navigator.platform);

/** The action that a key press means, or undefined. */
function actionFor(event: KeyboardEvent): ActionName | undefined {
  const pressed = keyOf(event);
  const found = Object.entries<Action>(actions).find(([, { keys, isNative }]) => !isNative && keys.includes(pressed));
  return found?.[0] as ActionName | undefined;
}

function keyOf(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  // Shift is part of `?` already, and of a capital it is not.
  if (event.shiftKey && (event.key.length > 1 || /[A-Z]/.test(key))) parts.push("Shift");
  return [...parts, key].join("+");
}

/** Keys as people read them. */
export function showKeys(keys: string): string {
  return keys.replaceAll("Mod", isMac ? "⌘" : "Ctrl").replaceAll("+", isMac ? " " : " + ");
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Works in a field too, where it means what it means everywhere. */
const everywhere: ReadonlySet<ActionName> = new Set(["run", "runTo", "interrupt", "save", "open"]);

/**
 * Does what a key press means, unless a field has the focus, which keeps its keys (Ctrl+Z in a field is the field's).
 * Returns whether something was done.
 */
export function handleKey(event: KeyboardEvent, context: ActionContext): boolean {
  if (event.defaultPrevented) return false;
  const name = actionFor(event);
  const isInField = isField(event.target);
  if (name && isInField && !everywhere.has(name)) return false;
  const arrow = arrows[event.key];
  if (arrow && !isInField && (isMac ? event.metaKey : event.ctrlKey)) {
    if (event.shiftKey) resizeBy(context.editor, arrow[0] * 10, arrow[1] * 10);
    else nudge(context, ...arrow);
    return true;
  }
  if (!name) return false;
  // Tab goes on through the page from everywhere but the canvas itself; letters belong to fields, lists and menus.
  const isOnCanvas = event.target === context.services.canvas()?.container || event.target === document.body;
  if (name === "search" && !isOnCanvas) return false;
  if (name === "delete" && isControl(event.target)) return false;
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && hasLetters(event.target))
    return false;
  actions[name].run(context);
  return true;
}

/** Whether letters choose something where the focus is. */
function hasLetters(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("select, input, [role=listbox], [role=menu], [role=tree]") !== null
  );
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, [role=listbox]") !== null;
}
