import { type ReactNode, useCallback, useId, useMemo, useRef, useState } from "react";
import { Icon } from "../app/icon.tsx";
import { Modal } from "../app/modal.tsx";
import { toast } from "../app/toasts.tsx";
import type { Point } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import { ItemStrip } from "./item-strip.tsx";
import { PixelProbe } from "./pixel-probe.tsx";
import { type Pixels, type Preview, tintMask } from "./pixels.ts";
import { Stage, type Zoom } from "./stage.tsx";
import { usePixels } from "./use-pixels.ts";
import type { ViewedPicture } from "./viewed-pictures.ts";
import "./viewer.css";

interface ViewerProps {
  /** What can be shown; at least one. */
  readonly pictures: readonly ViewedPicture[];
  /** Shown first. */
  readonly first: string;
  /** Compared with at first. */
  readonly before?: string | undefined;
  /** Keeps an item of what a node gave for a list as the node's result. */
  onKeep?(node: string, index: number): void;
  onClose(): void;
}

/** Looks at pictures closely: zoom, value of a pixel, transparency, a mask above, two pictures beside a slider. */
export default function Viewer({ pictures, first, before: firstBefore, onKeep, onClose }: ViewerProps): ReactNode {
  const [shownKey, setShownKey] = useState(first);
  const [beforeKey, setBeforeKey] = useState(firstBefore ?? "");
  const [maskKey, setMaskKey] = useState("");
  const [item, setItem] = useState(0);
  const [isSplit, setSplit] = useState(false);
  const [probe, setProbe] = useState<Point>();
  const [scale, setScale] = useState(1);
  const zoom = useRef<(how: Zoom) => void>(() => undefined);
  const picture = pictures.find(({ key }) => key === shownKey);
  const urlOf = (key: string): string | undefined => {
    const found = pictures.find((one) => one.key === key);
    return found && (found.items ? `${found.url}?index=${item}` : found.url);
  };
  const previewOf = (key: string): Preview | undefined => {
    const found = pictures.find((one) => one.key === key);
    return found?.items && found.preview ? { url: `${found.preview.url}?index=${item}` } : found?.preview;
  };
  const shown = usePixels(urlOf(shownKey), previewOf(shownKey));
  const before = usePixels(beforeKey === "" ? undefined : urlOf(beforeKey), previewOf(beforeKey));
  const mask = usePixels(maskKey === "" ? undefined : urlOf(maskKey));
  const overlay = useMemo(() => mask.pixels && tintMask(mask.pixels), [mask.pixels]);
  /** Values are told, and copies made, of the pictures themselves and of no small copy. */
  const [whole, wholeBefore] = [shown, before].map(({ pixels }) => (pixels?.isPreview === true ? undefined : pixels));
  const isLoading = [shown, before, mask].some((one) => one.isLoading === true);
  const problem = shown.problem ?? before.problem ?? mask.problem;
  const onReady = useCallback((tell: (how: Zoom) => void) => void (zoom.current = tell), []);
  if (!picture) {
    return (
      <Modal title={t("action.view")} onClose={onClose}>
        <p>{t("viewer.nothing-yet")}</p>
      </Modal>
    );
  }
  const masks = pictures.filter(({ kind }) => kind === "mask");
  return (
    <Modal title={picture.label} onClose={onClose} isLarge>
      <div className="viewer-bar">
        <Choice label={t("viewer.show")} value={shownKey} onChange={setShownKey} pictures={pictures} />
        <Choice label={t("viewer.compare")} value={beforeKey} onChange={setBeforeKey} pictures={pictures} none />
        {masks.length > 0 && (
          <Choice label={t("viewer.overlay")} value={maskKey} onChange={setMaskKey} pictures={masks} none />
        )}
        {beforeKey !== "" && (
          <button type="button" className="button" aria-pressed={isSplit} onClick={() => setSplit((now) => !now)}>
            {t("viewer.beside")}
          </button>
        )}
        <span className="toolbar-space" />
        <ZoomButtons scale={scale} onZoom={(how) => zoom.current(how)} />
        {onKeep && picture.items?.canKeep && (
          <button type="button" className="button is-main" onClick={() => onKeep(picture.items!.node, item)}>
            {t("viewer.keep")}
          </button>
        )}
        {whole && <TakeButtons {...{ picture, pixels: whole }} />}
      </div>
      {picture.items && (
        <ItemStrip
          key={picture.key}
          preview={(index) => `${picture.url}/preview?index=${index}`}
          chosen={item}
          onChoose={setItem}
        />
      )}
      {problem !== undefined && (
        <p role="alert" className="problem-text">
          {problem}
        </p>
      )}
      {shown.pixels ? (
        <Stage
          shown={shown.pixels}
          before={before.pixels}
          {...{ overlay, probe, isSplit, setProbe, onReady }}
          onScale={setScale}
        />
      ) : (
        <div className="viewer-frame" aria-busy={shown.problem === undefined} />
      )}
      {isLoading && (
        <p role="status" className="viewer-loading">
          <span className="spinner" />
          {t("viewer.loading")}
        </p>
      )}
      <PixelProbe shown={whole} before={wholeBefore} probe={probe} isMask={picture.kind === "mask"} />
    </Modal>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly pictures: readonly ViewedPicture[];
  /** Nothing may be chosen. */
  readonly none?: boolean;
  onChange(key: string): void;
}

function Choice({ label, value, pictures, none = false, onChange }: ChoiceProps): ReactNode {
  const id = useId();
  return (
    <span className="viewer-choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {none && <option value="">{t("viewer.nothing")}</option>}
        {pictures.map(({ key, label: name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

function ZoomButtons({ scale, onZoom }: { readonly scale: number; onZoom(how: Zoom): void }): ReactNode {
  return (
    <>
      <button type="button" className="icon-button" aria-label={t("action.zoom-out")} onClick={() => onZoom(0.8)}>
        <Icon name="minus" />
      </button>
      <button type="button" className="button viewer-scale" title={t("viewer.actual")} onClick={() => onZoom("actual")}>
        {Math.round(scale * 100)} %
      </button>
      <button type="button" className="icon-button" aria-label={t("action.zoom-in")} onClick={() => onZoom(1.25)}>
        <Icon name="plus" />
      </button>
      <button type="button" className="icon-button" aria-label={t("viewer.fit")} onClick={() => onZoom("fit")}>
        <Icon name="fit" />
      </button>
    </>
  );
}

function TakeButtons({ picture, pixels }: { readonly picture: ViewedPicture; readonly pixels: Pixels }): ReactNode {
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() =>
          void copyPicture(pixels).then(
            () => toast(t("viewer.copied")),
            () => toast(t("viewer.not-copied"), true),
          )
        }
      >
        {t("action.copy")}
      </button>
      <a
        className="button"
        href={picture.url}
        download={picture.key.includes(".") ? `${picture.key.replace(".", "-")}.png` : ""}
      >
        {t("viewer.download")}
      </a>
    </>
  );
}

/** Puts a picture as PNG on the clipboard. */
async function copyPicture({ bitmap, width, height }: Pixels): Promise<void> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
}
