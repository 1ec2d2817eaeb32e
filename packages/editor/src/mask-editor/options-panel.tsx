import type { MaskEdit } from "@inlay/raster";
import { type ReactNode, useRef } from "react";
import { t } from "../messages/translate.ts";
import { Choice } from "./choice.tsx";
import type { MaskActions } from "./mask-keys.ts";
import { NumberSlider } from "./number-slider.tsx";
import { adjustments, ranges, type ToolSettings, views } from "./tool-settings.ts";

interface SettingsProps {
  readonly settings: ToolSettings;
  change(changes: Partial<ToolSettings>): void;
}

interface OptionsPanelProps extends SettingsProps {
  readonly actions: MaskActions;
  /** The adjustment that is shown and not done yet. */
  readonly adjusted: MaskEdit | undefined;
  readonly isBaseUnknown: boolean;
  onCancelPreview(): void;
  onImport(file: File): void;
  onExport(): void;
}

/** What the chosen tool can be set to, what can be done to the whole mask, and how it is seen. */
export function OptionsPanel(props: OptionsPanelProps): ReactNode {
  const { settings, change } = props;
  return (
    <div className="mask-options">
      <section aria-label={t(`mask.${settings.tool}`)}>
        <h3>{t(`mask.${settings.tool}`)}</h3>
        <ToolOptions {...{ settings, change }} />
        <p className="mask-hint">{t(`mask.hint-${settings.tool}`)}</p>
      </section>
      <WholeMask {...props} />
      <section aria-label={t("mask.view")}>
        <h3>{t("mask.view")}</h3>
        <Choice
          label={t("mask.view")}
          options={views.map((view) => [view, t(`mask.view-${view}`)] as const)}
          value={settings.view}
          onChange={(view) => change({ view })}
        />
        <Slider name="overlay" label={t("mask.overlay")} step={0.05} {...{ settings, change }} />
        <label className="mask-line">
          {t("mask.color")}
          <input type="color" value={settings.color} onChange={(event) => change({ color: event.target.value })} />
        </label>
        {props.isBaseUnknown && <p className="mask-hint">{t("mask.base-unknown")}</p>}
      </section>
      <FileOptions {...props} />
    </div>
  );
}

function ToolOptions({ settings, change }: SettingsProps): ReactNode {
  const mode = (
    <Choice
      label={t("mask.mode")}
      options={(["add", "subtract", "intersect"] as const)
        .filter((name) => name !== "intersect" || settings.tool !== "fill")
        .map((name) => [name, t(`mask.${name}`)] as const)}
      value={settings.mode}
      onChange={(next) => change({ mode: next })}
    />
  );
  switch (settings.tool) {
    case "brush":
    case "eraser":
      return (
        <>
          <Slider name="size" label={t("shape.size")} step={1} unit="px" isCurved {...{ settings, change }} />
          <Slider name="hardness" label={t("shape.hardness")} step={0.01} {...{ settings, change }} />
          <Slider name="opacity" label={t("shape.opacity")} step={0.01} {...{ settings, change }} />
          <Check
            label={t("mask.pressure")}
            isOn={settings.usesPressure}
            onChange={(usesPressure) => change({ usesPressure })}
          />
        </>
      );
    case "wand":
    case "color-range":
      return (
        <>
          {mode}
          <Slider name="tolerance" label={t("mask.tolerance")} step={1} {...{ settings, change }} />
          {settings.tool === "wand" && (
            <Check
              label={t("mask.contiguous")}
              isOn={settings.contiguous}
              onChange={(contiguous) => change({ contiguous })}
            />
          )}
        </>
      );
    case "gradient":
      return (
        <>
          {mode}
          <Choice
            label={t("mask.gradient")}
            options={(["linear", "radial"] as const).map((name) => [name, t(`mask.${name}`)] as const)}
            value={settings.gradient}
            onChange={(gradient) => change({ gradient })}
          />
        </>
      );
    default:
      return mode;
  }
}

function WholeMask({ settings, change, actions, adjusted, onCancelPreview }: OptionsPanelProps): ReactNode {
  const { adjustment, radius, level } = settings;
  const editOf = (changes: Partial<ToolSettings>): MaskEdit => {
    const next = { ...settings, ...changes };
    return next.adjustment === "threshold"
      ? { tool: "threshold", level: next.level }
      : { tool: next.adjustment, radius: next.radius };
  };
  const show = (changes: Partial<ToolSettings>): void => {
    change(changes);
    actions.preview(editOf(changes));
  };
  return (
    <section aria-label={t("mask.whole")}>
      <h3>{t("mask.whole")}</h3>
      <div className="mask-buttons">
        <Button label={t("mask.all")} onClick={() => actions.apply({ tool: "fill", mode: "add" })} />
        <Button label={t("mask.invert")} onClick={() => actions.apply({ tool: "invert" })} />
        <Button label={t("mask.clear")} onClick={() => actions.apply({ tool: "clear" })} />
        <Button label={t("mask.fill-holes")} onClick={() => actions.apply({ tool: "fill-holes" })} />
      </div>
      <Choice
        label={t("mask.adjust")}
        options={adjustments.map((name) => [name, t(`mask.${name}`)] as const)}
        value={adjustment}
        onChange={(next) => show({ adjustment: next })}
      />
      {adjustment === "threshold" ? (
        <NumberSlider
          label={t("mask.level")}
          value={level}
          min={1}
          max={255}
          step={1}
          onChange={(next) => show({ level: next })}
        />
      ) : (
        <NumberSlider
          label={t("mask.radius")}
          value={radius}
          min={0}
          max={512}
          step={1}
          unit="px"
          isCurved
          onChange={(next) => show({ radius: next })}
        />
      )}
      <div className="mask-buttons">
        <Button label={t("mask.apply")} onClick={() => actions.keep(adjusted ?? editOf({}))} />
        <Button label={t("action.cancel")} isDisabled={adjusted === undefined} onClick={onCancelPreview} />
      </div>
    </section>
  );
}

function FileOptions({ settings, change, onImport, onExport }: OptionsPanelProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <section aria-label={t("mask.file")}>
      <h3>{t("mask.file")}</h3>
      <Choice
        label={t("mask.import-from")}
        options={(["auto", "alpha", "luminance"] as const).map((name) => [name, t(`mask.from-${name}`)] as const)}
        value={settings.importFrom}
        onChange={(importFrom) => change({ importFrom })}
      />
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onImport(file);
          event.target.value = "";
        }}
      />
      <div className="mask-buttons">
        <Button label={t("mask.import")} onClick={() => input.current?.click()} />
        <Button label={t("mask.export")} onClick={onExport} />
      </div>
    </section>
  );
}

interface SliderProps extends SettingsProps {
  readonly name: keyof typeof ranges;
  readonly label: string;
  readonly step: number;
  readonly unit?: string;
  readonly isCurved?: boolean;
}

function Slider({ name, settings, change, ...look }: SliderProps): ReactNode {
  const [min, max] = ranges[name];
  return (
    <NumberSlider {...look} {...{ min, max }} value={settings[name]} onChange={(value) => change({ [name]: value })} />
  );
}

function Check({
  label,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  onChange(isOn: boolean): void;
}): ReactNode {
  return (
    <label className="mask-line">
      {label}
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
    </label>
  );
}

function Button({
  label,
  isDisabled = false,
  onClick,
}: {
  readonly label: string;
  readonly isDisabled?: boolean;
  onClick(): void;
}): ReactNode {
  return (
    <button type="button" className="button is-small" disabled={isDisabled} onClick={onClick}>
      {label}
    </button>
  );
}
