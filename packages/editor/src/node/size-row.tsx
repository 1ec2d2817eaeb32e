import type { WorkflowNode } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { card, type Row } from "../layout/plan-node.ts";
import { t } from "../messages/translate.ts";
import { useCell } from "../state/cell.ts";
import { SizeTools } from "../widgets/size/size-tools.tsx";
import { FieldRow } from "./field-row.tsx";

interface SizeRowProps {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly row: Extract<Row, { readonly kind: "size" }>;
}

/** Width and height one below the other, each with its socket, and what concerns both beside them. */
export function SizeRow({ id, node, row }: SizeRowProps): ReactNode {
  const [width, height] = row.sides;
  const isPlain = useCell(useEditor().isPlain);
  const hasTools = !isPlain && !width.isLinked && !height.isLinked;
  return (
    <div className="row-size" style={{ height: row.height }} role="group" aria-label={t("size.label")}>
      <div className="row-sides">
        {row.sides.map((side) => (
          <FieldRow key={side.name} {...{ id, node }} row={{ ...side, height: card.field }} />
        ))}
      </div>
      {hasTools && <SizeTools node={id} pair={{ width: width.name, height: height.name }} />}
    </div>
  );
}
