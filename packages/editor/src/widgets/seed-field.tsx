import { isJsonObject, type JsonValue } from "@inlay/engine";
import type { ReactNode } from "react";
import { t } from "../messages/translate.ts";
import { Icon } from "../app/icon.tsx";
import type { FieldProps } from "./field-props.ts";
import { NumberField } from "./number-field.tsx";
import { numberSchema } from "./number-value.ts";

type Mode = "fixed" | "random" | "increment";

function modeOf(value: JsonValue | undefined): Mode {
  const mode = isJsonObject(value) ? value["$seed"] : undefined;
  return mode === "random" || mode === "increment" ? mode : "fixed";
}

/** A seed: a fixed number, or one that every run draws anew or counts up; the engine resolves it and the run tells it. */
export function SeedField(props: FieldProps): ReactNode {
  const { label, description, value, set, seal } = props;
  const mode = modeOf(value);
  const { min = 0, max = 4294967295 } = numberSchema(description.schema);
  const draw = (): void => {
    set(Math.floor(min + Math.random() * (Math.min(max, 4294967295) - min + 1)));
    seal();
  };
  const choose = (next: Mode): void => {
    if (next === "fixed") draw();
    else {
      set({ $seed: next });
      seal();
    }
  };
  return (
    <div className="field-seed">
      {mode === "fixed" && <NumberField {...props} />}
      <select
        className="field-input field-choice"
        aria-label={`${label}: ${t("field.seed-mode")}`}
        value={mode}
        onChange={(event) => choose(event.target.value as Mode)}
      >
        <option value="fixed">{t("field.seed-fixed")}</option>
        <option value="random">{t("field.seed-random")}</option>
        <option value="increment">{t("field.seed-increment")}</option>
      </select>
      {mode === "fixed" && (
        <button
          type="button"
          className="icon-button"
          title={t("field.seed-new")}
          aria-label={t("field.seed-new")}
          onClick={draw}
        >
          <Icon name="dice" />
        </button>
      )}
    </div>
  );
}
