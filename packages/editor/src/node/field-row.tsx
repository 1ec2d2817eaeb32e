import type { JsonValue, WorkflowNode } from "@inlay/engine";
import { type ReactNode, useId } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import type { FieldPlan } from "../layout/plan-node.ts";
import { t } from "../messages/translate.ts";
import { useCell } from "../state/cell.ts";
import { socketKind } from "../widgets/choose-widget.ts";
import { useField } from "../widgets/use-field.ts";
import { Widget } from "../widgets/widget.tsx";
import { SourceText } from "./source-text.tsx";
import { valueText } from "./value-text.ts";
import { Socket } from "./socket.tsx";

interface FieldRowProps {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly row: FieldPlan & { readonly height: number };
}

/** A row with a widget; when it is linked, with where its value comes from. */
export function FieldRow({ id, node, row }: FieldRowProps): ReactNode {
  const { name, description, widget, isLinked } = row;
  const label = description.title ?? name;
  return (
    <div className={`row is-field is-${widget} ${isLinked ? "is-linked" : ""}`} style={{ height: row.height }}>
      <Socket
        node={id}
        side="input"
        name={name}
        label={label}
        kind={socketKind(description.schema)}
        isLinked={isLinked}
      />
      {isLinked ? (
        <>
          <span className="row-label">{label}</span>
          <SourceText value={node.inputs[name]} />
        </>
      ) : (
        <Editable {...{ id, name, label, description, widget }} />
      )}
    </div>
  );
}

/** A field from afar: its value as text. */
function PlainField({
  label,
  widget,
  value,
}: Pick<EditableProps, "label" | "widget"> & { readonly value: JsonValue | undefined }): ReactNode {
  return (
    <>
      <span className="row-label">{label}</span>
      <span className="row-value">{widget === "points" || widget === "strokes" ? "…" : valueText(value)}</span>
    </>
  );
}

type EditableProps = { readonly id: string; readonly label: string } & Pick<
  FieldRowProps["row"],
  "name" | "description" | "widget"
>;

function Editable({ id, name, label, description, widget }: EditableProps): ReactNode {
  const field = useField(id, name, description);
  const control = useId();
  const isPlain = useCell(useEditor().isPlain);
  if (isPlain) return <PlainField {...{ label, widget, value: field.value }} />;
  const about = [description.description, description.unit && `(${description.unit})`].filter(Boolean).join(" ");
  return (
    <>
      <label className="row-label" htmlFor={control} title={about}>
        {field.named !== undefined && (
          <span className="named-mark" title={t("field.named", { name: field.named })}>
            <Icon name="input" />
          </span>
        )}
        {label}
        {description.unit !== undefined && <span className="unit">{description.unit}</span>}
      </label>
      <div className="row-control" title={field.problem} data-draggable="no">
        <Widget
          kind={widget}
          id={control}
          place={{ node: id, input: name }}
          draftKey={field.draftKey}
          label={label}
          description={description}
          value={field.value}
          isInvalid={field.problem !== undefined}
          problemId={`${control}-problem`}
          set={field.set}
          seal={field.seal}
        />
      </div>
      <span id={`${control}-problem`} className="field-problem">
        {field.problem}
      </span>
    </>
  );
}
