import type { JsonValue } from "@inlay/engine";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useEditor, useNamedInputs, useNode } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { Modal } from "../app/modal.tsx";
import { fieldValue, setField } from "../widgets/field-value.ts";
import type { InputPlace, Point } from "../document/graph.ts";
import { isLinked } from "../document/links.ts";
import { together } from "../document/steps.ts";
import { t } from "../messages/translate.ts";
import { useKeyed } from "../state/cell.ts";
import { CornersField } from "./corners-field.tsx";
import { drawableOf, type Rectangle, rectangleInputs, rectangleOf } from "./drawable.ts";
import { OutlineEditor } from "./outline-editor.tsx";
import { pictureBelow } from "./picture-below.ts";
import { PointEditor } from "./point-editor.tsx";
import { RectangleEditor } from "./rectangle-editor.tsx";
import type { Corner } from "./shape-props.ts";

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
          aria-label={t("action.undo")}
          disabled={editor.document.undoName === undefined}
          onClick={() => editor.document.undo()}
        >
          <Icon name="undo" />
        </button>
        {kind === "points" && (
          <button type="button" className="button" onClick={() => set([])}>
            {t("shape.clear")}
          </button>
        )}
        <button type="button" className="button is-main" onClick={onClose}>
          {t("shape.done")}
        </button>
      </div>
      {kind === "points" && <CornersField value={cornersOf(value)} onChange={set} />}
      {picture ? (
        <Stage picture={picture}>
          {(scale, toPicture) => {
            const on = { picture, scale, toPicture };
            if (kind === "point")
              return <PointEditor {...on} value={cornersOf([value ?? null])[0]} onChange={(at) => at && set(at)} />;
            if (kind === "points") return <OutlineEditor {...on} value={cornersOf(value)} onChange={set} />;
            return <RectangleEditor {...on} value={rectangleOf(valueOf)} onChange={(to) => to && setRectangle(to)} />;
          }}
        </Stage>
      ) : (
        <p>{t("shape.no-picture")}</p>
      )}
    </Modal>
  );
}

interface StageProps {
  readonly picture: { readonly url: string; readonly full?: string; readonly width: number; readonly height: number };
  children(scale: number, toPicture: (event: { clientX: number; clientY: number }) => Point): ReactNode;
}

/** The picture as large as it fits; the wheel zooms, and scrolling moves. */
function Stage({ picture, children }: StageProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const [fitted, setFitted] = useState(1);
  const [zoom, setZoom] = useState(1);
  useEffect(() => {
    const element = frame.current!;
    const measure = (): void =>
      setFitted(Math.min((element.clientWidth - 32) / picture.width, (element.clientHeight - 32) / picture.height));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && Math.abs(event.deltaY) < 50) return;
      event.preventDefault();
      setZoom((now) => Math.min(16, Math.max(1, now * Math.exp(-event.deltaY * 0.002))));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener("wheel", wheel);
    };
  }, [picture.width, picture.height]);
  const scale = Math.max(0.01, fitted * zoom);
  const toPicture = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left, top } = paper.current!.getBoundingClientRect();
    return { x: (clientX - left) / scale, y: (clientY - top) / scale };
  };
  return (
    <div ref={frame} className="shape-stage">
      <div ref={paper} className="shape-paper" style={{ width: picture.width * scale, height: picture.height * scale }}>
        <img src={picture.full ?? picture.url} alt="" draggable={false} />
        {children(scale, toPicture)}
      </div>
    </div>
  );
}

function cornersOf(value: JsonValue | undefined): readonly Corner[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[]).flatMap((point) => {
    const [x, y]: readonly JsonValue[] = Array.isArray(point) ? (point as readonly JsonValue[]) : [];
    return typeof x === "number" && typeof y === "number" ? [[x, y] as const] : [];
  });
}
