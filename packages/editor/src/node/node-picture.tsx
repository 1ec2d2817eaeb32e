import type { JsonValue } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor, useNamedInputs, useNode, useServices } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { t } from "../messages/translate.ts";
import { useKeyed } from "../state/cell.ts";
import { MaskOverlay, strokesInput } from "../mask-overlay/mask-overlay.tsx";
import { fieldValue } from "../widgets/field-value.ts";
import { drawableOf, rectangleOf } from "../shape/drawable.ts";

/** The picture that a node shows, with the outline that is drawn on it. */
export function NodePictureView({ id, height }: { readonly id: string; readonly height: number }): ReactNode {
  const editor = useEditor();
  const services = useServices();
  const node = useNode(id);
  useNamedInputs();
  const picture = useKeyed(editor.pictures, id);
  if (!picture || !node) return null;
  const description = editor.describe(id);
  const drawable = drawableOf(description);
  const painted = description && strokesInput(description.inputs);
  const drawn = painted ?? drawable?.input;
  const valueOf = (input: string) => fieldValue(editor, { node: id, input });
  const isBelow = picture.source === "file";
  const outline = isBelow && drawable?.kind === "points" ? pointsOf(valueOf(drawable.input)) : [];
  const rectangle = isBelow && drawable?.kind === "rectangle" ? rectangleOf(valueOf) : undefined;
  return (
    <div className="row is-picture" style={{ height }}>
      <div className="node-picture">
        <img src={picture.url} alt={t("node.picture", { title: editor.title(id) })} draggable={false} />
        {outline.length > 2 && (
          <svg viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true">
            <polygon points={outline.map(([x, y]) => `${x},${y}`).join(" ")} />
          </svg>
        )}
        {rectangle && (
          <svg viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true">
            <rect {...rectangle} />
          </svg>
        )}
        {isBelow && painted !== undefined && (
          <MaskOverlay {...{ id, node }} input={painted} width={picture.width} height={picture.height} />
        )}
        {drawn !== undefined && (
          <button
            type="button"
            className="icon-button node-look is-second"
            aria-label={t("shape.draw", { title: editor.title(id) })}
            title={t("field.draw")}
            tabIndex={-1}
            onClick={() => services.editShape({ node: id, input: drawn })}
          >
            <Icon name="pencil" />
          </button>
        )}
        <button
          type="button"
          className="icon-button node-look"
          aria-label={t("viewer.open", { title: editor.title(id) })}
          title={t("action.view")}
          tabIndex={-1}
          onClick={() => services.view(id)}
        >
          <Icon name="eye" />
        </button>
      </div>
    </div>
  );
}

function pointsOf(value: JsonValue | undefined): (readonly [number, number])[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[]).flatMap((point) => {
    const [x, y]: readonly JsonValue[] = Array.isArray(point) ? (point as readonly JsonValue[]) : [];
    return typeof x === "number" && typeof y === "number" ? [[x, y] as const] : [];
  });
}
