import { Fragment, type ReactNode, useMemo, useState } from "react";
import type { Editor } from "../app/editor.ts";
import { useEditor } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { disconnect } from "../document/commands/inputs.ts";
import { addNode } from "../document/commands/nodes.ts";
import { freshId } from "../document/fresh-id.ts";
import type { Point } from "../document/graph.ts";
import { inputSchema, outputSchema } from "../document/link-rules.ts";
import { together } from "../document/steps.ts";
import { freeNodePlace } from "../layout/free-node-place.ts";
import { card } from "../layout/plan-node.ts";
import { firstSentence } from "../messages/first-sentence.ts";
import { t } from "../messages/translate.ts";
import { Option, PickPanel } from "./pick-panel.tsx";
import { useOnce } from "./use-once.ts";
import { type Fitting, type Found, rankNodes } from "./rank-nodes.ts";
import { recentNodes, rememberNode } from "./recent-nodes.ts";

export interface SearchRequest {
  /** Where on the canvas the node goes. */
  readonly at: Point;
  /** Where on the page the panel stands. */
  readonly screen: Point;
}

interface SearchPanelProps extends SearchRequest {
  /** Closes the panel; with the id of the node that was added. */
  onClose(added?: string): void;
}

/** Of what is typed, and of all that there is. */
const shownAtMost = { typed: 60, all: 300 };

/** Finds a node type and adds it, linked to the link in hand. Escape leaves everything as it was. */
export function SearchPanel({ at, screen, onClose }: SearchPanelProps): ReactNode {
  const editor = useEditor();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const fitting = useMemo(() => fittingOf(editor), [editor]);
  const found = useMemo(() => choices(editor, text, fitting), [editor, text, fitting]);
  const moving = editor.linking.value?.moving;
  const close = useOnce((added?: string): void => {
    editor.linking.set(undefined);
    onClose(added);
  });
  const choose = (index: number): void => {
    const chosen = found[index];
    if (!chosen) return;
    rememberNode(localStorage, chosen.node.type);
    close(add(editor, chosen, at));
  };
  return (
    <PickPanel
      name="search"
      label={t("search.label")}
      listLabel={t("search.all")}
      placeholder={t(fitting ? "search.placeholder-fitting" : "search.placeholder")}
      className="search"
      style={placeOf(screen)}
      text={text}
      active={active}
      count={found.length}
      onText={setText}
      onActive={setActive}
      onChoose={choose}
      onClose={() => close()}
    >
      {moving && text === "" && (
        <Option
          isActive={false}
          onChoose={() => {
            editor.run(disconnect({ ...moving.to, ...(moving.index !== undefined && { index: moving.index }) }));
            close();
          }}
        >
          <Icon name="close" />
          {t("search.unlink")}
        </Option>
      )}
      {found.map((item, index) => (
        <Fragment key={`${item.group} ${item.node.type}`}>
          {item.group !== undefined && item.group !== found[index - 1]?.group && (
            <li className="search-group" role="presentation">
              {item.group}
            </li>
          )}
          <Option
            id={`search-${index}`}
            isActive={index === active}
            onHover={() => setActive(index)}
            onChoose={() => choose(index)}
          >
            <NodeText node={item.node} />
          </Option>
        </Fragment>
      ))}
      {found.length === 0 && <li className="search-nothing">{t("search.nothing", { text })}</li>}
    </PickPanel>
  );
}

/** What a type of node is, in a line or two. */
function NodeText({ node }: Pick<Found, "node">): ReactNode {
  return (
    <>
      <span className={`node-mark is-${node.category.toLowerCase()}`} />
      <span className="search-text">
        {node.title}
        <small>{firstSentence(node.description)}</small>
      </span>
      {node.paid && <span className="tag">{t("node.paid")}</span>}
    </>
  );
}

interface Choice extends Found {
  /** The heading that it stands under; none for what was typed. */
  readonly group?: string;
}

/**
 * What can be added: what fits the link in hand before the others, or what was used last and then everything by
 * category, or what the text finds. A sub-workflow cannot be used within itself.
 */
function choices({ known, document }: Editor, text: string, fitting: Fitting | undefined): readonly Choice[] {
  const itself = document.scope === undefined ? undefined : `workflow/${document.scope}`;
  const found = rankNodes(known, text, fitting).filter(({ node }) => node.type !== itself);
  if (fitting) {
    const groups = { fitting: t("search.fitting"), others: t("search.others") };
    return found
      .slice(0, shownAtMost.typed)
      .map((item) => ({ ...item, group: item.socket === undefined ? groups.others : groups.fitting }));
  }
  if (text !== "") return found.slice(0, shownAtMost.typed);
  const byType = new Map(found.map((item) => [item.node.type, item]));
  const recent = recentNodes(localStorage).flatMap((type) => byType.get(type) ?? []);
  return [
    ...recent.map((item) => ({ ...item, group: t("search.recent") })),
    ...found.slice(0, shownAtMost.all).map((item) => ({ ...item, group: item.node.category })),
  ];
}

function placeOf({ x, y }: Point): { left: number; top: number } {
  return {
    left: Math.max(12, Math.min(x, window.innerWidth - 392)),
    top: Math.max(12, Math.min(y, window.innerHeight - 400)),
  };
}

/** What the link in hand asks of a node. */
function fittingOf({ linking, graph, known }: Editor): Fitting | undefined {
  const origin = linking.value?.origin;
  if (!origin) return undefined;
  const schema = origin.side === "output" ? outputSchema(graph, known, origin) : inputSchema(graph, known, origin);
  return schema && { side: origin.side, schema };
}

/** Adds the chosen node, linked. Returns its id. */
function add(editor: Editor, { node, socket }: Found, at: Point): string {
  const { graph, linking } = editor;
  const id = freshId(node.type, (taken) => Object.hasOwn(graph.nodes, taken));
  const { origin, moving } = linking.value ?? {};
  const place =
    origin?.side === "input" ? { x: at.x - card.width, y: at.y - card.header } : { x: at.x, y: at.y - card.header };
  const command = addNode({
    id,
    description: node,
    packs: editor.known.packs,
    at: freeNodePlace(editor, node, origin ? place : { x: at.x - card.width / 2, y: at.y - card.header / 2 }),
    ...(origin?.side === "output" && socket !== undefined && { input: { name: socket, from: origin } }),
    ...(origin?.side === "input" && socket !== undefined && { output: { name: socket, to: origin } }),
  });
  // The end of a link that was taken off and dropped goes to the new node.
  const cut =
    moving && socket !== undefined
      ? [disconnect({ ...moving.to, ...(moving.index !== undefined && { index: moving.index }) })]
      : [];
  editor.run(together("add", [...cut, command]));
  editor.selection.set([id]);
  return id;
}
