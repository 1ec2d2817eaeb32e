/** The texts of the help page, in English; they load with it. */
export const enHelp = {
  "help.title": "Keyboard shortcuts",
  "help.run": "Run",
  "help.file": "File and page",
  "help.edit": "Edit",
  "help.nodes": "Nodes and links",
  "help.canvas": "Canvas",
  "help.mouse": "Mouse",
  "help.mouse-pan": "Drag the empty canvas, or Space and drag: move around",
  "help.mouse-zoom": "Wheel or pinch: zoom",
  "help.mouse-select": "Shift or Ctrl and drag: select an area; Alt and drag: take it out",
  "help.mouse-link": "Drag from a socket: link; drop it on the empty canvas: add a node",
  "help.mouse-bend": "Double click or Alt and click on a link: add a reroute point; Alt and click takes it away",
  "help.mouse-size": "Drag a node’s right or lower edge: change its size, as Ctrl, Shift and an arrow do",
  "help.mouse-snap": "Alt while dragging a node: do not snap",
} as const;
