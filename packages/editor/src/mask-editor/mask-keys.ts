import type { MaskEdit } from "@inlay/raster";
import type { KeyboardEvent } from "react";
import { type PointerTool, ranges, type ToolSettings, views } from "./tool-settings.ts";

/** What keys and buttons do to an open mask. */
export interface MaskActions {
  apply(edit: MaskEdit): void;
  undo(): void;
  redo(): void;
  preview(edit: MaskEdit): void;
  keep(edit: MaskEdit): void;
  zoom(how: number | "fit" | "actual"): void;
}

interface KeyContext {
  readonly settings: ToolSettings;
  change(changes: Partial<ToolSettings>): void;
  readonly actions: MaskActions;
}

/** The key of each tool. */
export const toolKeys: Readonly<Record<PointerTool, string>> = {
  brush: "B",
  eraser: "E",
  lasso: "L",
  polygon: "P",
  rectangle: "R",
  ellipse: "O",
  gradient: "G",
  fill: "F",
  wand: "W",
  "color-range": "C",
};

/** Does what a key means in the mask editor; a field keeps its keys. Returns whether it meant something. */
export function keyAction(event: KeyboardEvent, context: KeyContext): boolean {
  if (event.target instanceof HTMLElement && event.target.matches("input[type=number], select, input[type=color]"))
    return false;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (event.ctrlKey || event.metaKey) return withControl(key, event.shiftKey, context.actions);
  if (event.altKey) return false;
  return plain(key, context) || sized(event.key, context);
}

function withControl(key: string, isShifted: boolean, actions: MaskActions): boolean {
  if (key === "Y" || (key === "Z" && isShifted)) actions.redo();
  else if (key === "Z") actions.undo();
  else if (key === "A") actions.apply({ tool: "fill", mode: "add" });
  else if (key === "I") actions.apply({ tool: "invert" });
  else return false;
  return true;
}

function plain(key: string, { settings, change, actions }: KeyContext): boolean {
  const tool = (Object.keys(toolKeys) as PointerTool[]).find((name) => toolKeys[name] === key);
  if (tool) change({ tool });
  else if (key === "X") change({ mode: settings.mode === "subtract" ? "add" : "subtract" });
  else if (key === "V") change({ view: views[(views.indexOf(settings.view) + 1) % views.length]! });
  else if (key === "Delete") actions.apply({ tool: "clear" });
  else if (key === "+" || key === "=") actions.zoom(1.25);
  else if (key === "-") actions.zoom(0.8);
  else if (key === "0") actions.zoom("fit");
  else if (key === "1") actions.zoom("actual");
  else return false;
  return true;
}

function sized(key: string, { settings, change }: KeyContext): boolean {
  const { size, hardness } = settings;
  if (key === "[" || key === "]") change({ size: nextSize(size, key === "]" ? 1 : -1) });
  else if (key === "{" || key === "}")
    change({ hardness: clamp(hardness + (key === "}" ? 0.1 : -0.1), ranges.hardness) });
  else return false;
  return true;
}

/** The next size of a brush: a pixel more for small ones, a tenth for larger ones. */
export function nextSize(size: number, steps: number): number {
  return Math.round(clamp(size + Math.sign(steps) * Math.max(1, Math.round(size * 0.1)), ranges.size));
}

function clamp(value: number, [min, max]: readonly [number, number]): number {
  return Math.min(max, Math.max(min, Number(value.toFixed(2))));
}
