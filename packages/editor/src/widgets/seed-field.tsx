import { isJsonObject, type JsonValue } from "@inlay/engine";
import type { ReactNode } from "react";
import { t } from "../messages/translate.ts";
import type { Editor } from "../app/editor.ts";
import { useEditor } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { namedInputOf } from "../document/commands/inputs.ts";
import type { InputPlace } from "../document/graph.ts";
import { useCell } from "../state/cell.ts";
import type { FieldProps } from "./field-props.ts";
import { addVariations, canVary } from "./add-variations.ts";
import { NumberField } from "./number-field.tsx";
import { numberSchema } from "./number-value.ts";

type Mode = "fixed" | "random" | "increment";

function modeOf(value: JsonValue | undefined): Mode {
  const mode = isJsonObject(value) ? value["$seed"] : undefined;
  return mode === "random" || mode === "increment" ? mode : "fixed";
}

/** What a run calls the place where a field's seed stands: the field, or the named input of the workflow that it follows. */
function seedPlace(editor: Editor, { node, input }: InputPlace): string {
  const named = namedInputOf(editor.graph.nodes[node]?.inputs[input]);
  const isWorkflows = named !== undefined && editor.document.scope === undefined;
  return isWorkflows ? `inputs.${named}` : `${editor.runId(node)}.${input}`;
}

/** A seed: a fixed number, or one that every run draws anew or counts up; the engine resolves it and the run tells it. */
export function SeedField(props: FieldProps): ReactNode {
  const { label, place, description, value, set, seal } = props;
  const editor = useEditor();
  const used = useCell(editor.seeds)[seedPlace(editor, place)];
  const mode = modeOf(value);
  const { min = 0, max = 4294967295 } = numberSchema(description.schema);
  const draw = (): void => {
    set(Math.floor(min + Math.random() * (Math.min(max, 4294967295) - min + 1)));
    seal();
  };
  const choose = (next: Mode | "variations"): void => {
    if (next === "variations") addVariations(editor, place);
    else if (next === "fixed") draw();
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
        title={used === undefined ? t("field.seed-mode") : t("field.seed-used", { seed: used })}
        onChange={(event) => choose(event.target.value as Mode | "variations")}
      >
        <option value="fixed">{t("field.seed-fixed")}</option>
        <option value="random">{t("field.seed-random")}</option>
        <option value="increment">{t("field.seed-increment")}</option>
        {canVary(editor, place) && <option value="variations">{t("field.seed-variations")}</option>}
      </select>
      {mode !== "fixed" && used !== undefined && (
        <button
          type="button"
          className="field-seed-used"
          title={t("field.seed-keep", { seed: used })}
          aria-label={t("field.seed-keep", { seed: used })}
          onClick={() => {
            set(used);
            seal();
          }}
        >
          {used}
        </button>
      )}
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
