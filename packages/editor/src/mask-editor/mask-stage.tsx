import type { EditMode } from "@inlay/raster";
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
} from "react";
import { toast } from "../app/toasts.tsx";
import { arrowKeys } from "../app/arrow-keys.ts";
import { t } from "../messages/translate.ts";
import { problemText } from "../server/api.ts";
import { centred, type ViewPort } from "../viewer/view-port.ts";
import { DraftLayer } from "./draft-layer.ts";
import type { GestureContext, Place } from "./gestures/gesture.ts";
import { PointerControl } from "./gestures/pointer-control.ts";
import { loadPicture } from "./load-picture.ts";
import { nextSize } from "./mask-keys.ts";
import { mostEdits } from "./mask-model.ts";
import type { MaskSession } from "./mask-session.ts";
import { StageCanvas } from "./stage-canvas.ts";
import type { ToolSettings } from "./tool-settings.ts";

/** What others do to the stage. */
export interface StageHandle {
  zoom(how: number | "fit" | "actual"): void;
  /** Gives up what is being drawn. Returns whether there was something. */
  cancel(): boolean;
}

interface MaskStageProps {
  readonly ref: Ref<StageHandle>;
  readonly session: MaskSession;
  readonly settings: ToolSettings;
  change(changes: Partial<ToolSettings>): void;
  onView(view: ViewPort): void;
}

interface Parts {
  readonly stage: StageCanvas;
  readonly control: PointerControl;
  readonly layer: DraftLayer;
}

/** The picture with its mask, on which everything is drawn: by mouse, pen, finger, or the arrow keys and Enter. */
export function MaskStage({ ref, session, settings, change, onView }: MaskStageProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const parts = useRef<Parts>(undefined);
  const latest = useRef({ settings, change });
  latest.current = { settings, change };
  /** Where the cursor of the keys is, in pixels of the picture. */
  const cursor = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const { model } = session;

  useEffect(() => {
    const stage = new StageCanvas({
      picture: picture.current!,
      overlay: overlay.current!,
      model,
      look: latest.current.settings,
      onView: (view) => {
        onView(view);
        layer.update();
      },
    });
    const layer = new DraftLayer(svg.current!, () => stage.view);
    const pick = (tool: "wand" | "color-range", pixel: readonly [number, number], mode: EditMode): void => {
      const { tolerance, contiguous } = latest.current.settings;
      session
        .pick(tool, pixel, { mode, tolerance, contiguous })
        .catch((error: unknown) => toast(problemText(error), true));
    };
    const context: GestureContext = {
      model,
      settings: () => latest.current.settings,
      scale: () => stage.view.scale,
      show: (draft) => layer.show(draft),
      apply: (edit) => {
        if (model.edits.length >= mostEdits) toast(t("mask.full"), true);
        else void model.apply(edit);
      },
      pick,
    };
    parts.current = { stage, layer, control: new PointerControl(context, stage, frame.current!) };
    const observer = new ResizeObserver(([entry]) => entry && stage.resize(entry.contentRect));
    observer.observe(frame.current!);
    loadPicture(session.source, model.canvas).then(
      (bitmap) => (parts.current?.stage === stage ? stage.show(bitmap) : bitmap.close()),
      (error: unknown) => toast(problemText(error), true),
    );
    const element = frame.current!;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { settings: now, change: set } = latest.current;
      // With Shift browsers turn the wheel sideways.
      const delta = event.deltaY || event.deltaX;
      if (event.shiftKey) return set({ size: nextSize(now.size, -delta) });
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      parts.current?.control.zoom(Math.exp(-delta * 0.002), at);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    // The dialog opens before the mask is there; keys are the stage's from the beginning.
    element.focus({ preventScroll: true });
    return () => {
      element.removeEventListener("wheel", wheel);
      observer.disconnect();
      stage.close();
      svg.current?.replaceChildren();
      parts.current = undefined;
    };
  }, [session, model, onView]);

  const { view, overlay: opacity, color, tool, size } = settings;
  useEffect(() => parts.current?.stage.setLook({ view, overlay: opacity, color }), [view, opacity, color]);
  useEffect(() => {
    if (tool !== "polygon") parts.current?.control.polygon.cancel();
    showCursor(cursor.current);
  }, [tool, size]);

  useImperativeHandle(ref, () => ({
    zoom(how) {
      const { stage, control } = parts.current ?? {};
      if (how === "fit") stage?.fit();
      else if (how === "actual") stage?.setView(centred(model.canvas, stage.size, 1));
      else if (stage) control?.zoom(how, { x: stage.size.width / 2, y: stage.size.height / 2 });
    },
    cancel: () => parts.current?.control.cancel() ?? false,
  }));

  const showCursor = (at: { readonly x: number; readonly y: number } | undefined): void => {
    const { tool: now, size: diameter } = latest.current.settings;
    const isBrush = now === "brush" || now === "eraser";
    parts.current?.layer.setCursor(at && { ...at, size: isBrush ? diameter : undefined });
  };
  const onPointerMove = (event: PointerEvent): void => {
    const control = parts.current?.control;
    if (!control) return;
    const { nativeEvent } = event;
    control.move(nativeEvent, nativeEvent.getCoalescedEvents?.() ?? []);
    cursor.current = control.place(nativeEvent);
    showCursor(event.pointerType === "touch" ? undefined : cursor.current);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const control = parts.current?.control;
    if (!control) return;
    if (event.key === " ") {
      control.isPanning = true;
      frame.current!.classList.add("is-panning");
    } else if (!stageKey(event, control)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** The keys of drawing: arrows move a cursor, Enter presses and releases, Backspace takes a corner back. */
  const stageKey = (event: KeyboardEvent, control: PointerControl): boolean => {
    const arrow = arrowKeys[event.key];
    const at = cursor.current ?? { x: model.canvas.width / 2, y: model.canvas.height / 2 };
    const place = (now: { readonly x: number; readonly y: number }): Place => ({
      ...now,
      isStraight: false,
      isOther: event.altKey,
    });
    if (arrow && !event.ctrlKey && !event.metaKey) {
      const step = event.shiftKey ? 10 : 1;
      cursor.current = { x: at.x + arrow[0] * step, y: at.y + arrow[1] * step };
      control.moveTo(place(cursor.current));
    } else if (event.key === "Enter" && control.polygon.isOpen && event.ctrlKey) control.polygon.close();
    else if (event.key === "Enter") {
      cursor.current = at;
      if (control.isDrawing) control.release();
      else control.press(place(at));
    } else if (event.key === "Backspace" && control.polygon.isOpen) control.polygon.removeLast();
    else return false;
    showCursor(cursor.current);
    return true;
  };
  return (
    <div
      ref={frame}
      className="mask-stage"
      role="application"
      aria-label={t("mask.stage", { width: model.canvas.width, height: model.canvas.height })}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.focus({ preventScroll: true });
        event.currentTarget.setPointerCapture(event.pointerId);
        if (event.button === 1) event.preventDefault();
        parts.current?.control.down(event.nativeEvent, event.detail > 1);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => parts.current?.control.up(event.nativeEvent)}
      onPointerCancel={(event) => parts.current?.control.lost(event.nativeEvent)}
      onPointerLeave={() => showCursor(undefined)}
      onDoubleClick={() => parts.current?.control.polygon.close()}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => {
        if (event.key !== " " || !parts.current) return;
        parts.current.control.isPanning = false;
        frame.current!.classList.remove("is-panning");
      }}
      onBlur={() => {
        if (parts.current) parts.current.control.isPanning = false;
      }}
    >
      <canvas ref={picture} />
      <canvas ref={overlay} />
      <svg ref={svg} aria-hidden="true" />
    </div>
  );
}
