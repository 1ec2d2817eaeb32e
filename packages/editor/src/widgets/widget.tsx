import type { ComponentType, ReactNode } from "react";
import type { WidgetKind } from "./choose-widget.ts";
import { BooleanField, ChoiceField } from "./choice-field.tsx";
import { ColorField } from "./color-field.tsx";
import type { FieldProps } from "./field-props.ts";
import { FileField } from "./file-field.tsx";
import { JsonField, ScalarField } from "./json-field.tsx";
import { NumberField } from "./number-field.tsx";
import { PointField } from "./point-field.tsx";
import { SeedField } from "./seed-field.tsx";
import { ShapeField } from "./shape-field.tsx";
import { SliderField } from "./slider-field.tsx";
import { TextAreaField, TextField } from "./text-field.tsx";

/** The component of each kind of widget. A new kind is a line here, a line in `choose-widget.ts` and a file. */
const widgets: { readonly [kind in Exclude<WidgetKind, "socket">]: ComponentType<FieldProps> } = {
  number: NumberField,
  slider: SliderField,
  seed: SeedField,
  text: TextField,
  textarea: TextAreaField,
  choice: ChoiceField,
  boolean: BooleanField,
  color: ColorField,
  file: FileField,
  point: PointField,
  points: ShapeField,
  strokes: ShapeField,
  scalar: ScalarField,
  json: JsonField,
};

/** The control of an input. */
export function Widget({ kind, ...props }: FieldProps & { readonly kind: WidgetKind }): ReactNode {
  if (kind === "socket") return null;
  const Control = widgets[kind];
  return <Control {...props} />;
}
