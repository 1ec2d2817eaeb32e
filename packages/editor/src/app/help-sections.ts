import type { MessageKey } from "../messages/translate.ts";
import type { ActionName, actions } from "./actions.ts";

type WithKeys = { [Name in ActionName]: (typeof actions)[Name]["keys"] extends readonly [] ? never : Name }[ActionName];

/** Under which heading of the help page each action stands that has keys. */
const sectionOf: { readonly [Name in WithKeys]: MessageKey } = {
  run: "help.run",
  runTo: "help.run",
  runFrom: "help.run",
  interrupt: "help.run",
  pin: "help.run",
  queue: "help.run",
  jobs: "help.run",
  history: "help.run",
  save: "help.file",
  open: "help.file",
  share: "help.file",
  inspector: "help.file",
  inspect: "help.file",
  settings: "help.file",
  help: "help.file",
  undo: "help.edit",
  redo: "help.edit",
  selectAll: "help.edit",
  cut: "help.edit",
  copy: "help.edit",
  paste: "help.edit",
  pasteLinked: "help.edit",
  duplicate: "help.edit",
  delete: "help.edit",
  search: "help.nodes",
  find: "help.nodes",
  link: "help.nodes",
  nextLink: "help.nodes",
  bend: "help.nodes",
  nextBend: "help.nodes",
  bypass: "help.nodes",
  mute: "help.nodes",
  collapse: "help.nodes",
  group: "help.nodes",
  drawMask: "help.nodes",
  view: "help.nodes",
  compare: "help.nodes",
  fit: "help.canvas",
  fitSelection: "help.canvas",
  zoomIn: "help.canvas",
  zoomOut: "help.canvas",
  zoomActual: "help.canvas",
  minimap: "help.canvas",
  tidy: "help.canvas",
  frame: "help.canvas",
  note: "help.canvas",
  nextNote: "help.canvas",
};

interface HelpSection {
  readonly title: MessageKey;
  readonly names: readonly ActionName[];
}

/** The actions that have keys, by what people look for. */
export const helpSections: readonly HelpSection[] = [...new Set(Object.values(sectionOf))].map((title) => ({
  title,
  names: (Object.keys(sectionOf) as WithKeys[]).filter((name) => sectionOf[name] === title),
}));
