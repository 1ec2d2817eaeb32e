import type { Editor } from "../app/editor.ts";
import { connect, moveLink } from "../document/commands/inputs.ts";
import type { InputPlace, OutputPlace, Point } from "../document/graph.ts";
import { type LinkOrigin, linkJudge } from "../document/link-rules.ts";
import { curveBetween, pathOf } from "../layout/link-path.ts";
import type { SocketPlace } from "./rete/link-flow.ts";

/** A socket that the pointer is near, and whether the link may end there. */
export interface LinkTarget {
  readonly node: string;
  readonly socket: string;
  readonly at: Point;
  readonly problem?: ReturnType<ReturnType<typeof linkJudge>>;
}

/** How near the pointer must come for a socket to draw the link to itself, in pixels of the screen. */
const magnet = 26;

/** Begins a link at a socket. Pressing an input that is linked takes the end of that link off. */
export function beginLink(editor: Editor, { node, side, key }: SocketPlace): void {
  const moving = side === "input" ? editor.layout.linksInto(node).find(({ to }) => to.input === key) : undefined;
  const origin: LinkOrigin = moving
    ? { side: "output", ...moving.from }
    : side === "output"
      ? { side, node, output: key }
      : { side, node, input: key };
  const judge = linkJudge(editor.graph, editor.known, origin);
  editor.linking.set({ origin, judge, ...(moving && { moving }) });
}

/** Finds what the pointer is near: the nearest socket of the wanted side, or the first fitting one of the node under it. */
export function findTarget(editor: Editor, point: Point, k: number): LinkTarget | undefined {
  const linking = editor.linking.value;
  if (!linking) return undefined;
  const reach = magnet / k;
  const area = { x: point.x - reach, y: point.y - reach, w: 2 * reach, h: 2 * reach };
  let [found, nearest]: [LinkTarget | undefined, number] = [undefined, reach];
  for (const id of editor.layout.within(area)) {
    for (const [socket, at] of sockets(editor, id, linking.origin)) {
      const away = Math.hypot(at.x - point.x, at.y - point.y);
      if (away >= nearest) continue;
      const problem = linking.judge(id, socket);
      nearest = away;
      found = { node: id, socket, at, ...(problem && { problem }) };
    }
  }
  return found ?? targetUnder(editor, point);
}

/** Over a node's card, away from its sockets, the first free socket that fits is meant; else the first that fits. */
function targetUnder(editor: Editor, point: Point): LinkTarget | undefined {
  const linking = editor.linking.value!;
  const [id] = editor.layout.within({ x: point.x, y: point.y, w: 0.01, h: 0.01 }).toReversed();
  if (id === undefined || id === linking.origin.node) return undefined;
  const all = [...sockets(editor, id, linking.origin)];
  const fitting = all.filter(([socket]) => !linking.judge(id, socket));
  const isFree = ([socket]: (typeof all)[number]) => !Object.hasOwn(editor.graph.nodes[id]!.inputs, socket);
  const [socket, at] = fitting.find(isFree) ?? fitting[0] ?? [];
  if (socket !== undefined && at) return { node: id, socket, at };
  const [first, place] = all[0] ?? [];
  if (first === undefined || !place) return undefined;
  const problem = linking.judge(id, first);
  return { node: id, socket: first, at: place, ...(problem && { problem }) };
}

function* sockets(editor: Editor, id: string, origin: LinkOrigin): Generator<readonly [string, Point]> {
  const plan = editor.layout.plan(id);
  if (!plan) return;
  if (origin.side === "output") {
    for (const input of plan.inputs.keys()) yield [input, editor.layout.inputPoint({ node: id, input })!];
  } else {
    for (const output of plan.outputs.keys()) yield [output, editor.layout.outputPoint({ node: id, output })!];
  }
}

/** The path of the link that is being drawn, to where it would end. */
export function pendingPath(editor: Editor, to: Point): string {
  const { origin } = editor.linking.value!;
  const from = origin.side === "output" ? editor.layout.outputPoint(origin) : editor.layout.inputPoint(origin);
  if (!from) return "";
  return pathOf(origin.side === "output" ? curveBetween(from, to) : curveBetween(to, from));
}

/** Makes the link that is being drawn. Returns whether the document changed. */
export function finishLink(
  editor: Editor,
  { node, socket, problem }: Pick<LinkTarget, "node" | "socket" | "problem">,
): boolean {
  const linking = editor.linking.value;
  editor.linking.set(undefined);
  if (!linking || problem) return false;
  const { origin, moving } = linking;
  const [from, to]: [OutputPlace, InputPlace] =
    origin.side === "output"
      ? [
          { node: origin.node, output: origin.output },
          { node, input: socket },
        ]
      : [
          { node, output: socket },
          { node: origin.node, input: origin.input },
        ];
  if (moving?.to.node === to.node && moving.to.input === to.input) return false;
  const description = editor.describe(to.node)?.inputs[to.input];
  if (!moving) return editor.run(connect(from, to, description));
  const old = { ...moving.to, ...(moving.index !== undefined && { index: moving.index }) };
  return editor.run(moveLink(from, old, to, description));
}
