import { copyText, paste, readPasted } from "../document/clipboard.ts";
import { addBox, moveThings } from "../document/commands/canvas.ts";
import { collapseNodes, deleteNodes, disableNodes } from "../document/commands/nodes.ts";
import { canGroup, groupNodes, unpackNode } from "../document/commands/sub-workflows.ts";
import { freshName } from "../document/fresh-id.ts";
import type { Box, Point } from "../document/graph.ts";
import { align, distribute } from "../layout/align.ts";
import { carry, shifted } from "../layout/carried.ts";
import { freePlace } from "../layout/free-place.ts";
import { notesOf } from "../document/view.ts";
import { type MessageKey, t } from "../messages/translate.ts";
import { focusNextNote } from "../notes/note-keys.ts";
import { workflowOf } from "../session/place.ts";
import type { Editor } from "./editor.ts";
import type { RunRequest } from "../server/api.ts";
import {
  bendSelectedLink,
  deleteLinkOrBend,
  nudgeBend,
  selectNextBend,
  selectNextLink,
  straightenSelectedLink,
} from "./link-actions.ts";
import type { Services } from "./services.ts";
import { payingNodes } from "../run/paid-nodes.ts";
import { drawMask } from "./draw-mask.ts";
import { toast } from "./toasts.tsx";

/** What actions work on. */
export interface ActionContext {
  readonly editor: Editor;
  readonly services: Services;
  /** What only the page can do. */
  readonly page: PageActions;
}

export interface PageActions {
  /** Runs everything, or what is named. */
  run(part?: Pick<RunRequest, "targets" | "from" | "again" | "service">): void;
  interrupt(): void;
  save(): void;
  open(): void;
  help(): void;
  share(): void;
  find(): void;
  history(): void;
  /** Pins what the selected nodes gave in the run that is shown; those that are pinned run again. */
  pin(): void;
  queue(): void;
  jobs(): void;
  settings(): void;
  /** Opens a menu whose right upper corner is there. */
  menu(at: Point, names: readonly (ActionName | undefined)[]): void;
  toggleMinimap(): void;
  toggleInspector(): void;
  inspect(): void;
  toggleTheme(): void;
  startLinking(): void;
}

/** Something that the user can do by name or key. */
export interface Action {
  readonly label: MessageKey;
  /** What it would do to the selection now, where it does one thing or the other. */
  labelNow?(context: ActionContext): MessageKey;
  /** `Mod` is Ctrl, and Command on a Mac. */
  readonly keys: readonly string[];
  /** The browser's own event does it: the keys are only shown. */
  readonly isNative?: boolean;
  run(context: ActionContext): void;
}

const selected = ({ editor }: ActionContext): string[] => [...editor.selection.ids];

/** Every action with its keys, in the order of the help page. */
export const actions = {
  run: { label: "action.run", keys: ["Mod+Enter"], run: ({ page }) => page.run() },
  runTo: {
    label: "action.run-to",
    keys: ["Mod+Shift+Enter"],
    run: (context) => runPart(context, (ids) => ({ targets: ids })),
  },
  runFrom: {
    label: "action.run-from",
    keys: ["Alt+Enter"],
    run: (context) => runPart(context, (ids) => ({ from: ids })),
  },
  runOnly: {
    label: "action.run-only",
    keys: [],
    run: (context) => runPart(context, (ids) => ({ targets: ids, from: ids })),
  },
  runAgain: {
    label: "action.run-again",
    keys: [],
    run: (context) => {
      const again = payingNodes(context.editor).map((id) => context.editor.runId(id));
      if (again.length > 0) context.page.run({ again });
    },
  },
  runSandbox: { label: "action.run-sandbox", keys: [], run: ({ page }) => page.run({ service: "sandbox" }) },
  runReal: { label: "action.run-real", keys: [], run: ({ page }) => page.run({ service: "runcomfy" }) },
  interrupt: { label: "action.interrupt", keys: ["Mod+Alt+Enter"], run: ({ page }) => page.interrupt() },
  save: { label: "action.save", keys: ["Mod+S"], run: ({ page }) => page.save() },
  open: { label: "action.open", keys: ["Mod+O"], run: ({ page }) => page.open() },
  share: { label: "action.share", keys: ["Mod+Shift+S"], run: ({ page }) => page.share() },
  undo: { label: "action.undo", keys: ["Mod+Z"], run: ({ editor }) => void editor.document.undo() },
  redo: { label: "action.redo", keys: ["Mod+Y", "Mod+Shift+Z"], run: ({ editor }) => void editor.document.redo() },
  find: { label: "action.find", keys: ["Mod+F"], run: ({ page }) => page.find() },
  search: { label: "action.search", keys: ["Tab"], run: ({ services }) => services.search() },
  link: { label: "action.link", keys: ["L"], run: ({ page }) => page.startLinking() },
  nextLink: { label: "action.next-link", keys: ["Shift+L"], run: selectNextLink },
  bend: { label: "action.bend", keys: ["B"], run: bendSelectedLink },
  nextBend: { label: "action.next-bend", keys: ["Shift+B"], run: selectNextBend },
  straighten: { label: "action.straighten", keys: [], run: straightenSelectedLink },
  selectAll: {
    label: "action.select-all",
    keys: ["Mod+A"],
    run: ({ editor }) => editor.selection.set(Object.keys(editor.graph.nodes)),
  },
  cut: { label: "action.cut", keys: ["Mod+X"], isNative: true, run: cutToClipboard },
  copy: { label: "action.copy", keys: ["Mod+C"], isNative: true, run: copyToClipboard },
  paste: {
    label: "action.paste",
    keys: ["Mod+V"],
    isNative: true,
    run: (context) => void pasteFromClipboard(context, false),
  },
  pasteLinked: {
    label: "action.paste-linked",
    keys: ["Mod+Shift+V"],
    isNative: true,
    run: (context) => void pasteFromClipboard(context, true),
  },
  delete: { label: "action.delete", keys: ["Delete", "Backspace"], run: deleteSelection },
  duplicate: { label: "action.duplicate", keys: ["Mod+D"], run: duplicate },
  bypass: {
    label: "action.bypass",
    labelNow: (context) => (areDisabled(context, "bypass") ? "action.bypass-off" : "action.bypass-on"),
    keys: ["Mod+B"],
    run: (context) => toggleDisabled(context, "bypass"),
  },
  mute: {
    label: "action.mute",
    labelNow: (context) => (areDisabled(context, "mute") ? "action.mute-off" : "action.mute-on"),
    keys: ["Mod+M"],
    run: (context) => toggleDisabled(context, "mute"),
  },
  pin: {
    label: "action.pin",
    labelNow: (context) => (arePinned(context) ? "action.pin-off" : "action.pin-on"),
    keys: ["P"],
    run: ({ page }) => page.pin(),
  },
  collapse: {
    label: "action.collapse",
    labelNow: (context) => (hasOpen(context) ? "action.collapse-on" : "action.collapse-off"),
    keys: ["Alt+C"],
    run: (context) => context.editor.run(collapseNodes(selected(context), hasOpen(context))),
  },
  group: { label: "action.group", keys: ["Mod+Shift+E"], run: groupSelection },
  enter: { label: "action.enter", keys: [], run: enterSelection },
  unpack: { label: "action.unpack", keys: [], run: unpackSelection },
  alignLeft: {
    label: "action.align-left",
    keys: [],
    run: (context) => arrange(context, (boxes) => align(boxes, "left")),
  },
  alignRight: {
    label: "action.align-right",
    keys: [],
    run: (context) => arrange(context, (boxes) => align(boxes, "right")),
  },
  alignTop: { label: "action.align-top", keys: [], run: (context) => arrange(context, (boxes) => align(boxes, "top")) },
  alignBottom: {
    label: "action.align-bottom",
    keys: [],
    run: (context) => arrange(context, (boxes) => align(boxes, "bottom")),
  },
  distributeX: {
    label: "action.distribute-x",
    keys: [],
    run: (context) => arrange(context, (boxes) => distribute(boxes, "x")),
  },
  distributeY: {
    label: "action.distribute-y",
    keys: [],
    run: (context) => arrange(context, (boxes) => distribute(boxes, "y")),
  },
  tidy: { label: "action.tidy", keys: ["Alt+T"], run: (context) => void tidyUp(context) },
  frame: { label: "action.frame", keys: ["Mod+G"], run: frameSelection },
  note: { label: "action.note", keys: ["N"], run: addNote },
  nextNote: { label: "action.next-note", keys: ["Shift+N"], run: goToNextNote },
  fit: { label: "action.fit", keys: ["."], run: ({ services }) => services.canvas()?.fit() },
  fitSelection: { label: "action.fit-selection", keys: ["F"], run: fitSelection },
  zoomIn: { label: "action.zoom-in", keys: ["Alt+=", "Mod+="], run: ({ services }) => services.canvas()?.zoom(1.2) },
  zoomOut: {
    label: "action.zoom-out",
    keys: ["Alt+-", "Mod+-"],
    run: ({ services }) => services.canvas()?.zoom(1 / 1.2),
  },
  zoomActual: { label: "action.zoom-actual", keys: ["Mod+0"], run: ({ services }) => zoomActual(services) },
  theme: { label: "action.theme", keys: [], run: ({ page }) => page.toggleTheme() },
  minimap: { label: "action.minimap", keys: ["Alt+M"], run: ({ page }) => page.toggleMinimap() },
  inspector: { label: "action.inspector", keys: ["Alt+I"], run: ({ page }) => page.toggleInspector() },
  drawMask: {
    label: "action.draw-mask",
    keys: ["D"],
    run: ({ editor, services }) => {
      const [id] = editor.selection.ids;
      if (id !== undefined) drawMask(editor, services, id);
    },
  },
  inspect: { label: "action.inspect", keys: ["E"], run: ({ page }) => page.inspect() },
  view: { label: "action.view", keys: ["V"], run: (context) => view(context, false) },
  compare: { label: "action.compare", keys: ["Shift+V"], run: (context) => view(context, true) },
  history: { label: "action.history", keys: ["H"], run: ({ page }) => page.history() },
  queue: { label: "action.queue", keys: ["Q"], run: ({ page }) => page.queue() },
  jobs: { label: "action.jobs", keys: ["J"], run: ({ page }) => page.jobs() },
  settings: { label: "action.settings", keys: ["Mod+,"], run: ({ page }) => page.settings() },
  help: { label: "action.help", keys: ["?"], run: ({ page }) => page.help() },
} as const satisfies { readonly [name: string]: Action };

export type ActionName = keyof typeof actions;

/** Runs a part that the selection says; with nothing selected, nothing. */
function runPart(context: ActionContext, part: (ids: string[]) => Pick<RunRequest, "targets" | "from">): void {
  const ids = selected(context).map((id) => context.editor.runId(id));
  if (ids.length > 0) context.page.run(part(ids));
}

/** Moves by the grid for Ctrl and an arrow: ten units a step. */
export function nudge({ editor }: ActionContext, dx: number, dy: number): void {
  if (nudgeBend(editor, dx * 10, dy * 10)) return;
  const carried = carry(editor.layout, editor.selection.ids);
  if (carried.nodes.size === 0) return;
  const moved = shifted(carried, { x: dx * 10, y: dy * 10 });
  editor.run(moveThings(moved), { merge: `nudge ${[...moved.nodes.keys()].join(" ")}` });
}

function deleteSelection({ editor }: ActionContext): void {
  const { ids } = editor.selection;
  if (!deleteLinkOrBend(editor) && ids.size > 0) editor.run(deleteNodes([...ids], editor.known));
}

function toggleDisabled(context: ActionContext, how: "bypass" | "mute"): void {
  context.editor.run(disableNodes(selected(context), areDisabled(context, how) ? undefined : how));
}

function areDisabled(context: ActionContext, how: "bypass" | "mute"): boolean {
  const { nodes } = context.editor.graph;
  return selected(context).every((id) => nodes[id]?.disabled === how);
}

function arePinned(context: ActionContext): boolean {
  const { nodes } = context.editor.graph;
  return selected(context).every((id) => nodes[id]?.pinned !== undefined);
}

function hasOpen(context: ActionContext): boolean {
  return selected(context).some((id) => (context.editor.layout.plan(id)?.rows.length ?? 0) > 0);
}

function frameSelection({ editor }: ActionContext): void {
  const box = editor.selection.ids.size > 0 ? editor.layout.bounds(editor.selection.ids) : undefined;
  if (!box) return;
  editor.run(
    addBox("frames", {
      x: Math.round(box.x - 24),
      y: Math.round(box.y - 48),
      w: Math.round(box.w + 48),
      h: Math.round(box.h + 84),
      title: "",
    }),
  );
}

function addNote({ editor, services }: ActionContext): void {
  const canvas = services.canvas();
  if (!canvas) return;
  const [seen, size] = [canvas.seen(), { w: 240, h: 100 }];
  const middle = { x: Math.round(seen.x + (seen.w - size.w) / 2), y: Math.round(seen.y + (seen.h - size.h) / 2) };
  const box = {
    ...size,
    ...freePlace({ layout: editor.layout, notes: notesOf(editor.graph) }, { ...middle, ...size }),
  };
  editor.run(addBox("notes", { ...box, text: "" }));
  editor.writingNote.set(notesOf(editor.graph).length - 1);
  canvas.show({ x: box.x + size.w / 2, y: box.y + size.h / 2 });
}

function goToNextNote({ editor, services }: ActionContext): void {
  const canvas = services.canvas();
  if (canvas) focusNextNote(editor, canvas);
}

function fitSelection({ editor, services }: ActionContext): void {
  if (editor.selection.ids.size > 0) services.canvas()?.fit(editor.selection.ids);
}

function zoomActual(services: Services): void {
  const canvas = services.canvas();
  if (canvas) canvas.zoom(1 / canvas.camera.k);
}

function duplicate(context: ActionContext): void {
  const { editor } = context;
  const ids = selected(context);
  const box = ids.length > 0 ? editor.layout.bounds(ids) : undefined;
  const pasted = box && readPasted(copyText(editor.document.workflow, editor.graph, ids));
  if (pasted) pasteAt(editor, pasted, { x: box.x + 32, y: box.y + 32 }, true);
}

function view({ editor, services }: ActionContext, compare: boolean): void {
  const [node] = editor.selection.ids;
  if (node !== undefined) services.view(node, compare);
}

/** Copies the selection as text; undefined when nothing is selected. */
export function copySelection(editor: Editor): string | undefined {
  const ids = [...editor.selection.ids];
  return ids.length === 0 ? undefined : copyText(editor.document.workflow, editor.graph, ids);
}

/** Pastes nodes, and selects them. Returns whether the text held any. */
export function pasteText(editor: Editor, text: string, at: Point, keepLinks: boolean): boolean {
  const pasted = readPasted(text);
  if (pasted) pasteAt(editor, pasted, at, keepLinks);
  return pasted !== undefined;
}

function pasteAt(
  editor: Editor,
  pasted: NonNullable<ReturnType<typeof readPasted>>,
  at: Point,
  keepLinks: boolean,
): void {
  const { command, ids } = paste(pasted, editor.graph, { at, keepLinks, catalog: editor.known });
  editor.run(command);
  editor.selection.set(ids);
}

function copyToClipboard({ editor }: ActionContext): void {
  const text = copySelection(editor);
  if (text !== undefined) void navigator.clipboard.writeText(text);
}

function cutToClipboard(context: ActionContext): void {
  copyToClipboard(context);
  deleteSelection(context);
}

async function pasteFromClipboard({ editor, services }: ActionContext, keepLinks: boolean): Promise<void> {
  const seen = services.canvas()?.seen();
  const text = await navigator.clipboard.readText();
  if (seen) pasteText(editor, text, { x: seen.x + seen.w / 3, y: seen.y + seen.h / 3 }, keepLinks);
}

/** Makes the selection a sub-workflow; a single node that is one already is entered. */
function groupSelection(context: ActionContext): void {
  const { editor } = context;
  const { graph, document, known: catalog } = editor;
  const ids = selected(context);
  if (ids.length === 1 && isWorkflow(editor, ids[0]!)) return enterSelection(context);
  if (ids.length === 0) return;
  if (!canGroup(graph, ids)) return toast(t("group.between"), true);
  const name = freshName("part", (taken) => Object.hasOwn(document.workflow.workflows, taken), "part");
  const node = freshName(name, (taken) => Object.hasOwn(graph.nodes, taken), "part");
  editor.run(groupNodes({ ids, name, node, catalog }));
  editor.selection.set([node]);
  // It is called something at once: `part` says nothing.
  context.services.canvas()?.reveal(node);
  editor.titling.set(node);
}

function isWorkflow({ document }: Editor, id: string): boolean {
  return workflowOf(document.workflow, document.scope, id) !== undefined;
}

function enterSelection(context: ActionContext): void {
  const [id] = selected(context);
  if (id !== undefined) context.editor.enter(id);
}

function unpackSelection(context: ActionContext): void {
  const [id] = selected(context);
  if (id !== undefined && isWorkflow(context.editor, id)) context.editor.run(unpackNode(id));
}

type Boxes = ReadonlyMap<string, Box>;

function arrange({ editor }: ActionContext, place: (boxes: Boxes) => ReadonlyMap<string, Point>): void {
  const boxes = new Map(
    [...editor.selection.ids].flatMap((id) => {
      const box = editor.layout.box(id);
      return box ? [[id, box] as const] : [];
    }),
  );
  if (boxes.size > 1) editor.run(moveThings({ nodes: place(boxes) }));
}

/** Arranges the selection, or everything, by how the nodes depend on each other. ELK loads when it is asked for. */
async function tidyUp({ editor, services }: ActionContext): Promise<void> {
  const chosen = editor.selection.ids.size > 1 ? [...editor.selection.ids] : Object.keys(editor.graph.nodes);
  if (chosen.length === 0) return;
  const { tidy } = await import("../layout/tidy.ts");
  const nodes = await tidy(editor.layout, chosen);
  // Between nodes that found new places, links go straight again.
  const { bends } = carry(editor.layout, chosen);
  editor.run(moveThings({ nodes, bends: new Map([...bends.keys()].map((link) => [link, []])) }));
  services.canvas()?.fit();
}
