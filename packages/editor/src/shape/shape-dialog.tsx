import type { JsonValue } from "@inlay/engine";
import { type ReactNode, useState } from "react";
import { useEditor, useNamedInputs, useNode } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { Modal } from "../app/modal.tsx";
import { fieldValue, setField } from "../widgets/field-value.ts";
import type { InputPlace } from "../document/graph.ts";
import { isLinked } from "../document/links.ts";
import { together } from "../document/steps.ts";
import { t } from "../messages/translate.ts";
import { useKeyed } from "../state/cell.ts";
import { shapeKey } from "../widgets/size/locked-shape.ts";
import { SizeTools } from "../widgets/size/size-tools.tsx";
import { CornersField } from "./corners-field.tsx";
import { drawableOf, type Rectangle, rectangleInputs, rectangleOf } from "./drawable.ts";
import { OutlineEditor } from "./outline-editor.tsx";
import { pictureBelow } from "./picture-below.ts";
import { PointEditor } from "./point-editor.tsx";
import { RectangleEditor } from "./rectangle-editor.tsx";
import type { Corner } from "./shape-props.ts";
import { mostZoom, ShapeStage } from "./shape-stage.tsx";

/** The inputs of a rectangle that are its size. */
const rectangleSize = { width: "width", height: "height" } as const;

interface ShapeDialogProps {
  readonly place: InputPlace;
  onClose(): void;
}

/** Draws an outline, a point or a rectangle on the picture that the node is for. Every change is a step of undo. */
export default function ShapeDialog({ place, onClose }: ShapeDialogProps): ReactNode {
  const editor = useEditor();
  const node = useNode(place.node);
  useKeyed(editor.pictures, place.node);
  useNamedInputs();
  const picture = pictureBelow(editor, place.node);
  const kind = drawableOf(editor.describe(place.node))?.kind ?? "points";
  const valueOf = (input: string) => node && fieldValue(editor, { node: place.node, input });
  const value = valueOf(place.input);
  const corners = cornersOf(value);
  const shape = useKeyed(editor.lockedShapes, shapeKey(place.node, rectangleSize));
  const [zoom, setZoom] = useState(1);
  /** The corner that was touched last. */
  const [chosen, setChosen] = useState<number>();
  const set = (next: readonly unknown[]): void =>
    void editor.run(setField(editor, place, next.length === 0 ? undefined : (next as JsonValue)));
  const setRectangle = (rectangle: Rectangle): void => {
    const sides = rectangleInputs(rectangle).filter(([input]) => !isLinked(node?.inputs[input]));
    editor.run(
      together(
        "value",
        sides.map(([input, side]) => setField(editor, { node: place.node, input }, side)),
      ),
    );
  };
  return (
    <Modal title={editor.title(place.node)} onClose={onClose} isLarge>
      <div
        className="shape-bar"
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) editor.document.undo();
        }}
      >
        <span>{t(`shape.${kind}-help`)}</span>
        <span className="toolbar-space" />
        <button
          type="button"
          className="icon-button"
          aria-label={t("action.zoom-out")}
          disabled={zoom <= 1}
          onClick={() => setZoom(Math.max(1, zoom / 1.5))}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t("action.zoom-in")}
          disabled={zoom >= mostZoom}
          onClick={() => setZoom(Math.min(mostZoom, zoom * 1.5))}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t("action.undo")}
          disabled={editor.document.undoName === undefined}
          onClick={() => editor.document.undo()}
        >
          <Icon name="undo" />
        </button>
        {kind === "rectangle" && <SizeTools node={place.node} pair={rectangleSize} />}
        {kind === "points" && (
          <>
            <button
              type="button"
              className="button"
              disabled={chosen === undefined || chosen >= corners.length}
              onClick={() => set(corners.toSpliced(chosen ?? 0, 1))}
            >
              {t("shape.remove-corner")}
            </button>
            <button type="button" className="button" onClick={() => set([])}>
              {t("shape.clear")}
            </button>
          </>
        )}
        <button type="button" className="button is-main" onClick={onClose}>
          {t("shape.done")}
        </button>
      </div>
      {kind === "points" && <CornersField value={corners} onChange={set} />}
      {picture ? (
        <ShapeStage {...{ picture, zoom }} onZoom={setZoom}>
          {(scale, toPicture) => {
            const on = { picture, scale, toPicture };
            if (kind === "point")
              return <PointEditor {...on} value={cornersOf([value ?? null])[0]} onChange={(at) => at && set(at)} />;
            if (kind === "points")
              return <OutlineEditor {...on} value={corners} chosen={chosen} onChoose={setChosen} onChange={set} />;
            return (
              <RectangleEditor
                {...on}
                shape={shape}
                value={rectangleOf(valueOf)}
                onChange={(to) => to && setRectangle(to)}
              />
            );
          }}
        </ShapeStage>
      ) : (
        <p>{t("shape.no-picture")}</p>
      )}
    </Modal>
  );
}

function cornersOf(value: JsonValue | undefined): readonly Corner[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[]).flatMap((point) => {
    const [x, y]: readonly JsonValue[] = Array.isArray(point) ? (point as readonly JsonValue[]) : [];
    return typeof x === "number" && typeof y === "number" ? [[x, y] as const] : [];
  });
}
