import type { Editor } from "../app/editor.ts";
import { outputSchema } from "../document/link-rules.ts";
import type { Link } from "../document/links.ts";
import { framesOf, notesOf } from "../document/view.ts";
import { socketKind } from "../widgets/choose-widget.ts";
import type { FarBox, FarColors, FarLook } from "./overview.ts";
import type { MinimapColors } from "./minimap.ts";

/** What a link carries. */
export function linkKind(editor: Editor, link: Link): string {
  return socketKind(outputSchema(editor.graph, editor.known, link.from));
}

/** The class of a link's path: what it carries, and how it is. */
export function linkLook(editor: Editor, link: Link): string {
  const kind = linkKind(editor, link);
  const { selection, linking } = editor;
  const nodes = editor.graph.nodes;
  const isOff = nodes[link.from.node]?.disabled !== undefined || nodes[link.to.node]?.disabled !== undefined;
  const isNear = selection.has(link.from.node) || selection.has(link.to.node);
  const parts = ["link", `is-${kind}`];
  if (selection.link === link.id) parts.push("is-selected");
  else if (isNear) parts.push("is-near");
  if (selection.hint.value === link.id) parts.push("is-hinted");
  if (isOff) parts.push("is-off");
  if (linking.value?.moving?.id === link.id) parts.push("is-held");
  if (editor.states.get(link.to.node)?.status === "running") parts.push("is-live");
  return parts.join(" ");
}

interface Theme extends FarColors, MinimapColors {
  readonly note: string;
  readonly frame: string;
  /** By category, in small letters. */
  readonly marks: Readonly<Record<string, string>>;
  readonly edge: string;
  readonly good: string;
  readonly bad: string;
  readonly warn: string;
  readonly busy: string;
}

const marks = [
  ["image", "--image"],
  ["mask", "--mask"],
  ["value", "--number"],
  ["runcomfy", "--accent"],
  ["inpaint", "--accent"],
  ["workflow", "--file"],
] as const;

const kinds = ["image", "mask", "file", "number", "text", "boolean", "json"] as const;

let theme: { readonly name: string; readonly colors: Theme } | undefined;

/** The theme's colours, read from the style sheet once for each theme. */
export function themeColors(element: HTMLElement): Theme {
  const name = document.documentElement.dataset["theme"] ?? "dark";
  if (theme?.name === name) return theme.colors;
  const style = getComputedStyle(element);
  const color = (variable: string) => style.getPropertyValue(variable).trim();
  const colors: Theme = {
    muted: color("--muted"),
    marks: Object.fromEntries(marks.map(([category, variable]) => [category, color(variable)])),
    note: color("--warn-soft"),
    frame: color("--accent-soft"),
    text: color("--text"),
    link: color("--link-far"),
    head: color("--card-head"),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, color(kind === "text" ? "--text-kind" : `--${kind}`)])),
    node: color("--far-node"),
    card: color("--card"),
    edge: color("--edge-strong"),
    accent: color("--accent"),
    good: color("--good"),
    bad: color("--bad"),
    warn: color("--warn"),
    busy: color("--busy"),
  };
  theme = { name, colors };
  return colors;
}

/** What is special about a node, as a colour; undefined for a node with nothing to tell. */
export function nodeColor(editor: Editor, id: string): string | undefined {
  const colors = theme?.colors;
  if (!colors) return undefined;
  const status = editor.states.get(id)?.status;
  if (status === "running") return colors.busy;
  if (status === "failed" || status === "lost" || hasErrors(editor, id)) return colors.bad;
  if (status === "unknown" || status === "detached") return colors.warn;
  return editor.selection.has(id) ? colors.accent : undefined;
}

function hasErrors(editor: Editor, id: string): boolean {
  return (
    editor.problems.byNode.get(id)?.some(({ severity, code }) => severity === "error" && code !== "input.missing") ??
    false
  );
}

export function farEdge(editor: Editor, id: string): string {
  return nodeColor(editor, id) ?? theme?.colors.edge ?? "";
}

/** How a node looks from afar; `loaded` is called when a picture is there that was not yet. */
export function farLook(editor: Editor, id: string, loaded: () => void): FarLook {
  const colors = theme?.colors;
  return {
    title: editor.title(id),
    mark: colors?.marks[editor.describe(id)?.category.toLowerCase() ?? ""] ?? colors?.edge ?? "",
    ...loadedPicture(editor, id, loaded),
  };
}

const images = new Map<string, HTMLImageElement>();

/** The image of a node's picture for drawing; it was loaded for its card or is loaded now. */
function loadedPicture(editor: Editor, id: string, loaded: () => void): { readonly picture?: HTMLImageElement } {
  const url = editor.pictures.get(id)?.url;
  if (url === undefined) return {};
  const known = images.get(url);
  if (known) return known.complete && known.naturalWidth > 0 ? { picture: known } : {};
  const image = new Image();
  image.addEventListener("load", loaded, { once: true });
  image.src = url;
  if (images.size > 200) images.clear();
  images.set(url, image);
  return {};
}

/** Frames and notes, for the overview. */
export function farBoxes(editor: Editor): readonly FarBox[] {
  return [
    ...framesOf(editor.graph).map((frame) => ({ ...frame, text: frame.title ?? "", fill: theme?.colors.frame ?? "" })),
    ...notesOf(editor.graph).map((note) => ({ ...note, fill: theme?.colors.note ?? "" })),
  ];
}
