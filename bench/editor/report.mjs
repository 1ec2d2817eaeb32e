import { median, show } from "./figures.mjs";
import { judgements } from "./goals.mjs";

const metrics = [
  ["load, ms", ({ load }) => load],
  ["pan, CPU ms a step", ({ pan }) => pan?.cpu],
  ["pan of the overview, CPU ms a step", ({ panAll }) => panAll?.cpu],
  ["pan of the overview, ms a step", ({ panAll }) => panAll?.step],
  ["zoom sweep, CPU ms a step", ({ zoom }) => zoom?.cpu],
  ["drag one node with 4 links, CPU ms a move", ({ drag }) => drag?.cpu],
  ["– React commits in its moves", ({ drag }) => drag?.commits],
  ["– layouts forced by scripts in 10 moves", ({ drag }) => drag?.forced],
  ["drag 100 selected nodes, CPU ms a move", ({ dragMany }) => dragMany?.cpu],
  ["undo of a move, ms until it is drawn", ({ undo }) => undo],
  ["heap, MB", ({ heap }) => heap],
  ["DOM nodes", ({ nodes }) => nodes],
  ["listeners", ({ listeners }) => listeners],
  ["frames asked for in 2 s at rest", ({ idle }) => idle],
];

const titles = {
  inlay: "Inlay",
  litegraph: "litegraph",
  xyflow: "React Flow",
  "xyflow-visible": "React Flow, visible only",
};

/** The results as a page in Markdown. */
export function report(made) {
  const { processors, node, date, browser, results, sample } = made;
  const editors = [...new Set(results.map(({ editor }) => editor))];
  const counts = [...new Set(results.map(({ count }) => count))];
  const row = (title, read, count) => {
    const cells = editors.map((editor) =>
      cell(
        results.find((one) => one.editor === editor && one.count === count),
        read,
      ),
    );
    return cells.every((text) => text === "") ? [] : [`| ${title} | ${count} | ${cells.join(" | ")} |`];
  };
  const loads = results.flatMap(({ load }) => load);
  return [
    "# The editor beside others",
    "",
    `${processors} processors, Node ${node}, ${browser}, ${date}. Written by \`npm run bench:editor\`; do not edit.`,
    `Load average of the machine meanwhile: ${Math.min(...loads)} to ${Math.max(...loads)}. Compare within a line: a busy machine slows all of them.`,
    "",
    `| what | nodes | ${editors.map((editor) => titles[editor]).join(" | ")} |`,
    `|---|---|${editors.map(() => "---").join("|")}|`,
    ...metrics.flatMap(([title, read]) => counts.flatMap((count) => row(title, read, count))),
    "",
    "## Goals",
    "",
    "| goal | figures | |",
    "|---|---|---|",
    ...judgements(results, sample).map(
      ({ goal, figures, isMet }) =>
        `| ${goal} | ${figures} | ${isMet === undefined ? "not measured" : isMet ? "met" : "**missed**"} |`,
    ),
    "",
    ...sampleLine(sample),
    notes.trim(),
    "",
  ].join("\n");
}

function sampleLine(sample = []) {
  if (sample.length === 0) return [];
  const nodes = show(median(sample.map((round) => round.nodes)));
  return [`The sample's nodes are in a frame ${nodes} ms after the beginning of the navigation.`, ""];
}

function cell(row, read) {
  const values = (row?.rounds ?? []).map(read).filter((value) => value !== undefined);
  return values.length > 0 ? show(median(values)) : (row?.failure ?? "");
}

const notes = `
## What is measured

- The same graph in each: two inputs and two outputs, a number, a choice and a text a node, a picture on every fourth, about
  two links a node. Inlay is the whole editor as \`inlay serve\` serves it, with toolbar, inspector, minimap, checks of the file
  and autosave; the others are a bare canvas. Every page of every editor is a new one, the editors take turns, medians count.
- **Load** is from the text of the graph until two frames after the canvas is there: Inlay reads a file that is dropped on the
  page and shows all of it; the others show its corner at zoom 0.8, where they have least to draw.
- **Gestures** are those of a real mouse, 40 steps each; CPU is the processor time of the page's main thread (\`ThreadTime\`),
  without its waiting for a processor. The mouse is the browser's own (\`Input.dispatchMouseEvent\`): a driver's would run scripts in
  the page for each move. *React Flow, visible only* is its
  \`onlyRenderVisibleElements\`. **Undo** is Ctrl+Z in Inlay; the others have none, so litegraph reads the graph anew as editors
  built on it do, and React Flow gets its nodes of before.
- **Heap, DOM nodes and listeners** are the browser's counts for the page after a full collection, with cards in view.
- *failed after N s*: what is measured of one page takes at most two minutes, of plain React Flow with 5,000 nodes five, at 10
  steps a gesture; what was measured before that stands. Other words say which gesture did not do what it asks.

## What the figures are made of

- **Dropped frames**: browser, server and editor share the processors with whatever else runs, so that all editors drop frames on
  a busy machine; CPU a step says more. A pan costs the browser's painting of cards, most of it outside of the page's thread, and
  React's rendering of those that come into view, two a frame. From afar it moves a picture that is drawn anew when it ends.
- **Growth of the load**: the text of the file is read and its structure checked, every node gets its place, and all of them are
  drawn; each of these grows with their number. Checks against the catalogue, pictures and the minimap wait for the first frames.
- **Dragging one node**: a move runs half a millisecond of script, which places one card, leads its links and snaps; the rest is
  the browser's own style, layout, paint and commit of a frame, which the smallest page has too.
`;
