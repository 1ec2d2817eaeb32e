import { type PointerEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useDocument, useEditor } from "../app/editor-context.ts";
import { changeBox, moveThings, removeBox } from "../document/commands/canvas.ts";
import type { Box, Point } from "../document/graph.ts";
import { type Frame, framesOf, type Note, notesOf } from "../document/view.ts";
import { Icon } from "../app/icon.tsx";
import { allEdges, directionOf, type Edges, pulled } from "../layout/edges.ts";
import { carry, type Carried, shifted } from "../layout/carried.ts";
import { t } from "../messages/translate.ts";
import { NoteBody } from "../notes/note-body.tsx";
import { handleNoteKey } from "../notes/note-keys.ts";
import type { Canvas } from "./canvas.ts";

/** Frames and notes: behind the nodes, moved and resized by their edges; a frame carries the nodes that stand in it. */
export function Board({ canvas }: { readonly canvas: Canvas }): ReactNode {
  const layer = useMemo(() => {
    const element = document.createElement("div");
    element.className = "board";
    canvas.holder.prepend(element);
    return element;
  }, [canvas]);
  const view = useDocument("view", ({ graph }) => graph.view);
  const editor = useEditor();
  const graph = { ...editor.graph, view };
  return createPortal(
    <>
      {framesOf(graph).map((frame, index) => (
        <FrameView key={index} {...{ canvas, frame, index }} />
      ))}
      {notesOf(graph).map((note, index) => (
        <NoteView key={index} {...{ canvas, note, index }} />
      ))}
    </>,
    layer,
  );
}

interface BoxDrag {
  onPointerDown(event: PointerEvent<HTMLElement>): void;
  onPointerMove(event: PointerEvent<HTMLElement>): void;
  onPointerUp(event: PointerEvent<HTMLElement>): void;
  onPointerCancel(): void;
  onLostPointerCapture(): void;
}

/** Follows a drag in units of the canvas; `end` is called once, with what it came to, or with undefined when it was cancelled. */
function useBoxDrag(canvas: Canvas, move: (by: Point) => void, end: (by: Point | undefined) => void): BoxDrag {
  const start = useRef<Point | undefined>(undefined);
  const by = (event: PointerEvent): Point => {
    const now = canvas.point(event);
    return { x: now.x - start.current!.x, y: now.y - start.current!.y };
  };
  const cancel = (): void => {
    if (start.current) end(undefined);
    start.current = undefined;
  };
  return {
    onPointerDown(event) {
      if (event.button !== 0 || (event.target as Element).closest("button, textarea, input, a")) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = canvas.point(event);
    },
    onPointerMove(event) {
      if (start.current) move(by(event));
    },
    onPointerUp(event) {
      if (!start.current) return;
      const total = by(event);
      start.current = undefined;
      end(total);
    },
    onPointerCancel: cancel,
    onLostPointerCapture: cancel,
  };
}

function FrameView({
  canvas,
  frame,
  index,
}: {
  readonly canvas: Canvas;
  readonly frame: Frame;
  readonly index: number;
}): ReactNode {
  const editor = useEditor();
  const [offset, setOffset] = useState<Point>();
  const carried = useRef<Carried>({ nodes: new Map(), bends: new Map() });
  const drag = useBoxDrag(
    canvas,
    (by) => {
      if (!offset) carried.current = inside(editor, frame);
      setOffset(by);
      editor.layout.move(shifted(carried.current, by));
    },
    (by) => {
      setOffset(undefined);
      if (!offset) return;
      if (!by) return editor.layout.move(carried.current);
      const frames = new Map([[index, { x: frame.x + by.x, y: frame.y + by.y }]]);
      editor.run(moveThings({ ...shifted(carried.current, by), frames }));
    },
  );
  const { x, y } = { x: frame.x + (offset?.x ?? 0), y: frame.y + (offset?.y ?? 0) };
  return (
    <section
      className="frame"
      aria-label={t("frame.label", { title: frame.title ?? "" })}
      style={{ left: x, top: y, width: frame.w, height: frame.h }}
    >
      <header className="frame-title" {...drag}>
        <input
          aria-label={t("frame.title")}
          value={frame.title ?? ""}
          placeholder={t("frame.title")}
          onChange={(event) =>
            editor.run(changeBox("frames", index, { title: event.target.value }), { merge: `frame.${index}` })
          }
          onBlur={() => editor.document.seal()}
        />
        <RemoveBox section="frames" index={index} />
      </header>
      <ResizeEdges canvas={canvas} box={frame} onEnd={(box) => editor.run(changeBox("frames", index, { ...box }))} />
    </section>
  );
}

/** The nodes that stand wholly in a frame. */
function inside({ layout }: ReturnType<typeof useEditor>, frame: Frame): Carried {
  const isInside = ({ x, y, w, h }: Box) =>
    x >= frame.x && y >= frame.y && x + w <= frame.x + frame.w && y + h <= frame.y + frame.h;
  return carry(
    layout,
    layout.within(frame).filter((id) => isInside(layout.box(id)!)),
  );
}

function NoteView({
  canvas,
  note,
  index,
}: {
  readonly canvas: Canvas;
  readonly note: Note;
  readonly index: number;
}): ReactNode {
  const editor = useEditor();
  const [offset, setOffset] = useState<Point>();
  const drag = useBoxDrag(canvas, setOffset, (by) => {
    setOffset(undefined);
    if (by && offset)
      editor.run(moveThings({ nodes: new Map(), notes: new Map([[index, { x: note.x + by.x, y: note.y + by.y }]]) }));
  });
  const { x, y } = { x: note.x + (offset?.x ?? 0), y: note.y + (offset?.y ?? 0) };
  return (
    <section
      className="note"
      aria-label={t("note.label")}
      tabIndex={0}
      data-note={index}
      style={{ left: x, top: y, width: note.w, height: note.h }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        editor.writingNote.set(index);
      }}
      onKeyDown={(event) => handleNoteKey(event, { editor, canvas, note, index })}
      {...drag}
    >
      <NoteBody note={note} index={index} />
      <RemoveBox section="notes" index={index} />
      <ResizeEdges canvas={canvas} box={note} onEnd={(box) => editor.run(changeBox("notes", index, { ...box }))} />
    </section>
  );
}

function RemoveBox({ section, index }: { readonly section: "frames" | "notes"; readonly index: number }): ReactNode {
  const editor = useEditor();
  return (
    <button
      type="button"
      className="icon-button box-remove"
      aria-label={t("action.remove")}
      onClick={() => editor.run(removeBox(section, index))}
    >
      <Icon name="close" />
    </button>
  );
}

interface ResizeProps {
  readonly canvas: Canvas;
  readonly box: Box;
  onEnd(box: Box): void;
}

/** A frame and a note are pulled by any edge or corner. */
function ResizeEdges(props: ResizeProps): ReactNode {
  return allEdges.map((edges) => <ResizeEdge key={Object.keys(edges).join("-")} {...props} edges={edges} />);
}

const least = { w: 80, h: 48 } as const;

function ResizeEdge({ canvas, box, edges, onEnd }: ResizeProps & { readonly edges: Edges }): ReactNode {
  const handle = useRef<HTMLSpanElement>(null);
  const after = (by: Point): Box => {
    const { x, y, w, h } = pulled(box, edges, by, least);
    return { x: Math.round(x), y: Math.round(y), w: Math.round(w), h: Math.round(h) };
  };
  const show = ({ x, y, w, h }: Box): void => {
    const style = handle.current?.parentElement?.style;
    if (style) Object.assign(style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
  };
  const drag = useBoxDrag(
    canvas,
    (by) => show(after(by)),
    (by) => (by ? onEnd(after(by)) : show(box)),
  );
  const sides = Object.keys(edges).map((edge) => `is-${edge}`);
  return <span ref={handle} className={`box-edge is-${directionOf(edges)} ${sides.join(" ")}`} {...drag} />;
}
