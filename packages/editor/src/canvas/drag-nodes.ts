import { canFeed } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { moveThings } from "../document/commands/canvas.ts";
import { insertOnLink } from "../document/commands/inputs.ts";
import type { Box, Command, Point } from "../document/graph.ts";
import { inputSchema, linkProblem, outputSchema } from "../document/link-rules.ts";
import type { Link } from "../document/links.ts";
import { together } from "../document/steps.ts";
import { framesOf } from "../document/view.ts";
import { carry, type Carried, shifted } from "../layout/carried.ts";
import { type Guide, snap } from "../layout/snap.ts";

/** Nodes that are being dragged, from where they were. */
export interface NodeDrag {
  /** The node under the pointer. */
  readonly lead: string;
  readonly start: Carried;
  /** Boxes to stand in line with. */
  readonly others: readonly Box[];
}

/** Begins to drag the selected nodes. */
export function beginDrag(editor: Editor, lead: string, seen: Box): NodeDrag {
  const ids = editor.selection.has(lead) ? editor.selection.ids : new Set([lead]);
  const start = carry(editor.layout, ids);
  const nodes = editor.layout.within(seen).filter((id) => !ids.has(id));
  const others = nodes.map((id) => editor.layout.box(id)!);
  return { lead, start, others: [...others, ...framesOf(editor.graph)] };
}

/** Moves the dragged nodes so that the lead is where it is wanted, or in line with others nearby. Returns the lines. */
export function drag(editor: Editor, { lead, start, others }: NodeDrag, to: Point, reach: number): readonly Guide[] {
  const [origin, box] = [start.nodes.get(lead)!, editor.layout.box(lead)!];
  const { x, y, guides } = snap({ x: to.x, y: to.y, w: box.w, h: box.h }, others, reach);
  editor.layout.move(shifted(start, { x: to.x + x - origin.x, y: to.y + y - origin.y }));
  return guides;
}

/** Puts the dragged nodes back. */
export function cancelDrag(editor: Editor, { start }: NodeDrag): void {
  editor.layout.move(start);
}

/** Writes where the nodes are into the document, in one step; a node that was dropped on a link goes between its ends. */
export function finishDrag(editor: Editor, { start }: NodeDrag, onto: Insertion | undefined): void {
  const nodes = new Map([...start.nodes.keys()].map((id) => [id, editor.layout.box(id)!]));
  const bends = new Map([...start.bends.keys()].map((link) => [link, editor.layout.bends.get(link)!]));
  const move: Command = moveThings({ nodes, bends });
  editor.run(onto ? together("insert", [move, insertOnLink(onto.link, onto)]) : move);
}

/** A node that fits between the ends of a link, and the sockets that it would use. */
export interface Insertion {
  readonly link: Link;
  readonly id: string;
  readonly input: string;
  readonly output: string;
}

/** How a node without links of its own fits on a link: through the first input and output whose types allow. */
export function insertionOf(editor: Editor, id: string, link: Link): Insertion | undefined {
  const { graph, known } = editor;
  const description = editor.describe(id);
  const [brings, takes] = [outputSchema(graph, known, link.from), inputSchema(graph, known, link.to)];
  if (!description || !brings || !takes || link.from.node === id || link.to.node === id) return undefined;
  const input = Object.entries(description.inputs).find(([, { schema }]) => canFeed(brings, schema))?.[0];
  const output = Object.entries(description.outputs).find(([, { schema }]) => canFeed(schema, takes))?.[0];
  if (input === undefined || output === undefined) return undefined;
  if (linkProblem(graph, known, link.from, { node: id, input })) return undefined;
  return { link, id, input, output };
}
