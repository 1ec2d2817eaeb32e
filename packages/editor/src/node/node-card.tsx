import type { CatalogNode, Diagnostic, WorkflowNode } from "@inlay/engine";
import { memo, type ReactNode, useCallback, useSyncExternalStore } from "react";
import type { Editor } from "../app/editor.ts";
import { useEditor, useNode, useSelected } from "../app/editor-context.ts";
import { giveTitle } from "../app/give-title.ts";
import { Icon } from "../app/icon.tsx";
import { TitleInput } from "../app/title-input.tsx";
import { namedInputOf } from "../document/commands/inputs.ts";
import { collapseNodes, viewNode } from "../document/commands/nodes.ts";
import { isLinked } from "../document/links.ts";
import { nodeView } from "../document/view.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import type { NodePlan, Row } from "../layout/plan-node.ts";
import { t } from "../messages/translate.ts";
import { countPaid } from "../run/count-paid.ts";
import { paysNow } from "../run/pays-now.ts";
import { useCell, useKeyed } from "../state/cell.ts";
import { socketKind } from "../widgets/choose-widget.ts";
import { FieldRow } from "./field-row.tsx";
import { NodePictureView } from "./node-picture.tsx";
import { NodeStatus } from "./node-status.tsx";
import { SizeRow } from "./size-row.tsx";
import { Socket } from "./socket.tsx";

/** A node of the workflow as a card. It follows its own node alone: other nodes' changes do not render it. */
export const NodeCard = memo(({ id }: { readonly id: string }): ReactNode => {
  const editor = useEditor();
  const node = useNode(id);
  useCell(editor.catalog);
  const plan = usePlan(id);
  const isSelected = useSelected(id);
  const found = useKeyed(editor.problems.byNode, id);
  const state = useKeyed(editor.states, id);
  if (!node || !plan) return null;
  const description = editor.describe(id);
  const hasErrors = found?.some(isFault) ?? false;
  const looks = [
    "node",
    isSelected && "is-selected",
    !description && "is-missing",
    node.disabled && `is-${node.disabled}`,
    state && `is-${state.status}`,
    hasErrors && state?.status !== "failed" && "has-errors",
    plan.rows.length === 0 && "is-collapsed",
  ];
  return (
    <div
      className={looks.filter(Boolean).join(" ")}
      style={{ width: plan.width, height: plan.height }}
      data-node={id}
      tabIndex={-1}
      role="group"
      aria-label={t("node.label", { title: editor.title(id), type: node.type })}
      aria-roledescription="node"
      onPointerDown={keepFields}
    >
      <Header {...{ id, node, description, plan }} />
      {plan.rows.map((row) => (
        <RowView key={keyOf(row)} {...{ id, node, row }} />
      ))}
      <NodeStatus id={id} />
    </div>
  );
});

/** An input that waits for a link is no fault yet: its socket says so. */
function isFault({ severity, code }: Diagnostic): boolean {
  return severity === "error" && code !== "input.missing";
}

/** A press into a field is the field's, and does not drag the node. */
function keepFields(event: React.PointerEvent): void {
  if (event.target instanceof Element && event.target.closest("input, textarea, select, button, [data-draggable=no]"))
    event.stopPropagation();
}

function usePlan(id: string): NodePlan | undefined {
  return useLayout(id, (layout) => layout.plan(id));
}

function useLayout<T>(id: string, read: (layout: LayoutStore) => T): T {
  const { layout } = useEditor();
  const subscribe = useCallback((listener: () => void) => layout.subscribe(id, listener), [layout, id]);
  return useSyncExternalStore(subscribe, () => read(layout));
}

interface HeaderProps {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly description: CatalogNode | undefined;
  readonly plan: NodePlan;
}

function Header({ id, node, description, plan }: HeaderProps): ReactNode {
  const editor = useEditor();
  const isCollapsed = plan.rows.length === 0;
  return (
    <header className="node-header" title={description?.description}>
      {isCollapsed && <FoldedSockets {...{ id, node, plan }} />}
      <span className={`node-mark is-${(description?.category ?? "none").toLowerCase()}`} />
      <NodeTitle id={id} />
      {node.disabled && <span className="tag">{t(node.disabled === "mute" ? "node.muted" : "node.bypassed")}</span>}
      {node.pinned && (
        <span className="tag" title={t("node.pinned-hint")}>
          <Icon name="pin" />
          {t("node.pinned")}
        </span>
      )}
      {!description && <span className="tag is-bad">{t("node.missing")}</span>}
      {description && pays(editor, node, description) && (
        <span className="node-paid" title={t("node.paid-hint")}>
          <Icon name="coin" />
        </span>
      )}
      <button
        type="button"
        className={`icon-button node-fold ${isCollapsed ? "" : "is-open"}`}
        aria-label={t("action.collapse")}
        aria-expanded={!isCollapsed}
        tabIndex={-1}
        onClick={() => editor.run(collapseNodes([id], !isCollapsed))}
      >
        <Icon name="chevron" />
      </button>
    </header>
  );
}

function NodeTitle({ id }: { readonly id: string }): ReactNode {
  const editor = useEditor();
  const isWritten = useCell(editor.titling) === id;
  const title = editor.title(id);
  if (!isWritten) return <span className="node-title">{title}</span>;
  return (
    <TitleInput
      title={title}
      label={t("node.title")}
      isFirst
      onTitle={(text) => giveTitle(editor, id, text)}
      onEnd={() => editor.titling.set(undefined)}
    />
  );
}

/** Whether a node, or one inside of the sub-workflow that it stands for, orders paid jobs. */
function pays({ document: { workflow }, graph, known }: Editor, node: WorkflowNode, description: CatalogNode): boolean {
  if (!node.type.startsWith("workflow/")) return paysNow(node, description, workflow);
  return countPaid({ nodes: { node }, inputs: graph.inputs, workflows: workflow.workflows }, known.nodes) > 0;
}

/** A folded card keeps one dot a side, so that links end somewhere. */
function FoldedSockets({ id, node, plan }: Pick<HeaderProps, "id" | "node" | "plan">): ReactNode {
  const editor = useEditor();
  const description = editor.describe(id);
  return (
    <>
      {[...plan.inputs.keys()].map((name) => (
        <Socket
          key={`in-${name}`}
          node={id}
          side="input"
          name={name}
          label={description?.inputs[name]?.title ?? name}
          kind={socketKind(description?.inputs[name]?.schema)}
          isLinked={isLinked(node.inputs[name])}
        />
      ))}
      {[...plan.outputs.keys()].map((name) => (
        <Socket
          key={`out-${name}`}
          node={id}
          side="output"
          name={name}
          label={description?.outputs[name]?.title ?? name}
          kind={socketKind(description?.outputs[name]?.schema)}
          isLinked={false}
        />
      ))}
    </>
  );
}

function keyOf(row: Row): string {
  if (row.kind === "field") return `field-${row.name}`;
  if (row.kind === "size") return `size-${row.sides[0].name}`;
  if (row.kind === "sockets") return `sockets-${row.input?.name ?? ""}-${row.output?.name ?? ""}`;
  return row.kind;
}

interface RowViewProps {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly row: Row;
}

function RowView({ id, node, row }: RowViewProps): ReactNode {
  switch (row.kind) {
    case "field":
      return <FieldRow {...{ id, node, row }} />;
    case "size":
      return <SizeRow {...{ id, node, row }} />;
    case "sockets":
      return <SocketRow {...{ id, node, row }} />;
    case "more":
      return <MoreRow {...{ id, row }} />;
    case "picture":
      return <NodePictureView id={id} height={row.height} />;
  }
}

function SocketRow({ id, node, row }: RowViewProps & { readonly row: Extract<Row, { kind: "sockets" }> }): ReactNode {
  const { input, output } = row;
  const value = input && node.inputs[input.name];
  const named = namedInputOf(value);
  return (
    <div className="row is-sockets" style={{ height: row.height }}>
      {input && (
        <span className="row-in" title={input.description?.description}>
          <Socket
            node={id}
            side="input"
            name={input.name}
            label={input.description?.title ?? input.name}
            kind={socketKind(input.description?.schema)}
            isLinked={isLinked(value) || named !== undefined}
            isMissing={input.description?.required === true && value === undefined}
          />
          {named !== undefined && (
            <span className="named-mark" title={t("field.named", { name: named })}>
              <Icon name="input" />
            </span>
          )}
          {input.description?.title ?? input.name}
        </span>
      )}
      {output && <OutputLabel {...{ id, output }} />}
    </div>
  );
}

function OutputLabel({
  id,
  output,
}: {
  readonly id: string;
  readonly output: NonNullable<Extract<Row, { kind: "sockets" }>["output"]>;
}): ReactNode {
  const isUsed = useLayout(id, (layout) => layout.linksOutOf(id).some(({ from }) => from.output === output.name));
  const label = output.description?.title ?? output.name;
  return (
    <span className="row-out" title={output.description?.description}>
      {label}
      <Socket
        node={id}
        side="output"
        name={output.name}
        label={label}
        kind={socketKind(output.description?.schema)}
        isLinked={isUsed}
      />
    </span>
  );
}

function MoreRow({ id, row }: { readonly id: string; readonly row: Extract<Row, { kind: "more" }> }): ReactNode {
  const editor = useEditor();
  const isOpen = nodeView(editor.graph, id).sockets === "all";
  return (
    <div className="row is-more" style={{ height: row.height }}>
      <button
        type="button"
        className="quiet-button"
        aria-expanded={isOpen}
        onClick={() => editor.run(viewNode(id, { sockets: isOpen ? undefined : "all" }))}
      >
        {isOpen ? t("node.less") : t("node.more", { count: row.hidden })}
      </button>
    </div>
  );
}
