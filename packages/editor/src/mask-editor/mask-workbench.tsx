import type { MaskEdit } from "@inlay/raster";
import { type DragEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "../app/icon.tsx";
import { toast } from "../app/toasts.tsx";
import { counted } from "../messages/counted.ts";
import { t } from "../messages/translate.ts";
import { problemText } from "../server/api.ts";
import { useCell } from "../state/cell.ts";
import type { ViewPort } from "../viewer/view-port.ts";
import { importMask } from "./import-mask.ts";
import { keyAction } from "./mask-keys.ts";
import { keepSettings, readSettings } from "./kept-settings.ts";
import { MaskStage, type StageHandle } from "./mask-stage.tsx";
import type { MaskSession } from "./mask-session.ts";
import { OptionsPanel } from "./options-panel.tsx";
import { maskAsPng } from "./png.ts";
import { ToolBar } from "./tool-bar.tsx";
import type { ToolSettings } from "./tool-settings.ts";

interface MaskWorkbenchProps {
  readonly session: MaskSession;
  onDone(): void;
  /** Told what Escape is to end first; that says whether there was something. */
  onEscape(end: () => boolean): void;
}

/** How long after an edit it is written into the document, in milliseconds; a draft of that follows soon. */
const commitAfter = 250;

/** The tools, the stage and the options of an open mask. */
export function MaskWorkbench({ session, onDone, onEscape }: MaskWorkbenchProps): ReactNode {
  const { model } = session;
  const [settings, setSettings] = useState(() => readSettings(model.canvas));
  const [adjusted, setAdjusted] = useState<MaskEdit>();
  const [hasPanel, setPanel] = useState(() => window.innerWidth > 720);
  const [view, setView] = useState<ViewPort>();
  const stage = useRef<StageHandle>(null);
  const version = useCell(model.version);
  const progress = useCell(model.progress);
  const change = useCallback((changes: Partial<ToolSettings>) => setSettings((now) => ({ ...now, ...changes })), []);
  useEffect(() => keepSettings(settings, model.canvas), [settings, model]);
  useEffect(() => {
    if (version === 0) return;
    const timer = setTimeout(session.commit, commitAfter);
    return () => clearTimeout(timer);
  }, [session, version]);
  useEffect(() => {
    const commit = (): void => session.commit();
    window.addEventListener("pagehide", commit);
    return () => window.removeEventListener("pagehide", commit);
  }, [session]);

  const endPreview = useCallback((): boolean => {
    model.endPreview();
    setAdjusted(undefined);
    return adjusted !== undefined;
  }, [model, adjusted]);
  useEffect(() => onEscape(() => stage.current?.cancel() === true || endPreview()), [onEscape, endPreview]);

  const actions = useMemo(
    () => ({
      apply: (edit: MaskEdit) => {
        setAdjusted(undefined);
        void model.apply(edit);
      },
      undo: () => {
        setAdjusted(undefined);
        void model.undo();
      },
      redo: () => void model.redo(),
      preview: (edit: MaskEdit) => {
        setAdjusted(edit);
        void model.preview(edit);
      },
      keep: (edit: MaskEdit) => {
        setAdjusted(undefined);
        void model.keepPreview(edit);
      },
      zoom: (how: number | "fit" | "actual") => stage.current?.zoom(how),
    }),
    [model],
  );
  const takeIn = async (file: Blob): Promise<void> => {
    try {
      const { edit, isScaled } = await importMask(file, model.canvas, settings);
      actions.apply(edit);
      if (isScaled) toast(t("mask.scaled", { width: model.canvas.width, height: model.canvas.height }));
    } catch (error) {
      toast(t("mask.not-imported", { message: problemText(error) }), true);
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const [file] = event.dataTransfer.files;
    if (file) void takeIn(file);
  };
  return (
    <div
      className={`mask-workbench ${hasPanel ? "has-panel" : ""}`}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onKeyDown={(event) => {
        if (keyAction(event, { settings, change, actions })) event.preventDefault();
      }}
    >
      <div className="mask-head">
        <button
          type="button"
          className="icon-button"
          aria-label={t("action.undo")}
          title={`${t("action.undo")} (Ctrl+Z)`}
          disabled={!model.canUndo}
          onClick={actions.undo}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t("action.redo")}
          title={`${t("action.redo")} (Ctrl+Y)`}
          disabled={!model.canRedo}
          onClick={actions.redo}
        >
          <Icon name="redo" />
        </button>
        <output className="mask-count">{counted("stroke", model.edits.length)}</output>
        <span className="toolbar-space" />
        {progress !== undefined && <progress aria-label={t("mask.working")} value={progress} />}
        <ZoomButtons scale={view?.scale ?? 1} onZoom={actions.zoom} />
        <button type="button" className="button" aria-pressed={hasPanel} onClick={() => setPanel(!hasPanel)}>
          {t("mask.options")}
        </button>
        <button type="button" className="button is-main" onClick={onDone}>
          {t("shape.done")}
        </button>
      </div>
      <ToolBar tool={settings.tool} onChoose={(tool) => change({ tool })} />
      <MaskStage ref={stage} {...{ session, settings, change }} onView={setView} />
      {hasPanel && (
        <OptionsPanel
          {...{ settings, change, actions, adjusted }}
          isBaseUnknown={session.isBaseUnknown}
          onCancelPreview={endPreview}
          onImport={(file) => void takeIn(file)}
          onExport={() => void download(session)}
        />
      )}
    </div>
  );
}

function ZoomButtons({
  scale,
  onZoom,
}: {
  readonly scale: number;
  onZoom(how: number | "fit" | "actual"): void;
}): ReactNode {
  return (
    <>
      <button
        type="button"
        className="icon-button mask-step"
        aria-label={t("action.zoom-out")}
        onClick={() => onZoom(0.8)}
      >
        <Icon name="minus" />
      </button>
      <button type="button" className="button mask-scale" title={t("viewer.actual")} onClick={() => onZoom("actual")}>
        {Math.round(scale * 100)} %
      </button>
      <button
        type="button"
        className="icon-button mask-step"
        aria-label={t("action.zoom-in")}
        onClick={() => onZoom(1.25)}
      >
        <Icon name="plus" />
      </button>
      <button type="button" className="icon-button" aria-label={t("viewer.fit")} onClick={() => onZoom("fit")}>
        <Icon name="fit" />
      </button>
    </>
  );
}

async function download({ model }: MaskSession): Promise<void> {
  const url = URL.createObjectURL(await maskAsPng(model.canvas));
  const link = document.createElement("a");
  link.href = url;
  link.download = "mask.png";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
