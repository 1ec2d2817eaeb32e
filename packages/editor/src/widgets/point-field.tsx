import type { JsonValue } from "@inlay/engine";
import type { ReactNode } from "react";
import { useServices } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { t } from "../messages/translate.ts";
import type { FieldProps } from "./field-props.ts";
import { NumberField } from "./number-field.tsx";

/** A point of a picture, as two numbers. */
export function PointField(props: FieldProps): ReactNode {
  const { id, draftKey, label, description, value, set } = props;
  const services = useServices();
  const point: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  const items = description.schema.type === "tuple" ? description.schema.items : [];
  const part = (index: number, name: string): ReactNode => (
    <NumberField
      {...props}
      id={index === 0 ? id : `${id}-${index}`}
      draftKey={`${draftKey}.${index}`}
      label={`${label} ${name}`}
      description={{ ...description, schema: items[index] ?? { type: "number" } }}
      value={point[index]}
      set={(number) => set([0, 1].map((i) => (i === index ? (number ?? 0) : (point[i] ?? 0))))}
    />
  );
  return (
    <div className="field-pair">
      {part(0, t("field.x"))}
      {part(1, t("field.y"))}
      <button
        type="button"
        className="icon-button"
        aria-label={`${label}: ${t("field.draw")}`}
        title={t("field.draw")}
        onClick={() => services.editShape(props.place)}
      >
        <Icon name="pencil" />
      </button>
    </div>
  );
}
