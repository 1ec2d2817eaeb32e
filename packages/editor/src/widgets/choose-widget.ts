import type { InputDescription, NumberSchema, ValueSchema } from "@inlay/engine";

/** What an input is edited with; `socket` cannot be edited, only linked. */
export type WidgetKind =
  | "socket"
  | "number"
  | "slider"
  | "seed"
  | "text"
  | "textarea"
  | "choice"
  | "boolean"
  | "color"
  | "file"
  | "point"
  | "points"
  | "strokes"
  | "scalar"
  | "json";

/** Chooses the widget: by the hint of the description where it fits the schema, else by the schema alone. */
export function chooseWidget({ schema, widget }: InputDescription): WidgetKind {
  switch (schema.type) {
    case "socket":
      return schema.name === "file" ? "file" : "socket";
    case "boolean":
      return "boolean";
    case "enum":
      return "choice";
    case "integer":
    case "number":
      return numberWidget(schema, widget);
    case "string":
      return widget === "color" || widget === "textarea" ? widget : "text";
    case "tuple":
      return widget === "point" && schema.items.length === 2 ? "point" : "json";
    case "list":
      return listWidget(schema.items, widget);
    case "union":
      return unionWidget(schema.options, widget);
    default:
      return "json";
  }
}

function numberWidget(schema: NumberSchema, hint: string | undefined): WidgetKind {
  if (hint === "seed") return "seed";
  return hint === "slider" && schema.min !== undefined && schema.max !== undefined ? "slider" : "number";
}

function listWidget(items: ValueSchema, hint: string | undefined): WidgetKind {
  if (hint === "points" || hint === "strokes") return hint;
  return isSocket(items) ? "socket" : "json";
}

function unionWidget(options: readonly ValueSchema[], hint: string | undefined): WidgetKind {
  // Strokes that are too many for the workflow lie in an asset.
  if (hint === "strokes" && options.some(({ type }) => type === "list")) return hint;
  if (options.some((option) => option.type === "socket" && option.name === "file")) return "file";
  if (options.every(isSocket)) return "socket";
  return options.every(isScalar) ? "scalar" : "json";
}

function isSocket(schema: ValueSchema): boolean {
  return schema.type === "socket";
}

function isScalar({ type }: ValueSchema): boolean {
  return ["string", "integer", "number", "boolean", "const", "enum"].includes(type);
}

/** What a socket carries, for its colour. */
export type SocketKind = "image" | "mask" | "file" | "number" | "text" | "boolean" | "json";

export function socketKind(schema: ValueSchema | undefined): SocketKind {
  switch (schema?.type) {
    case "socket":
      return schema.name;
    case "integer":
    case "number":
      return "number";
    case "string":
    case "enum":
      return "text";
    case "boolean":
      return "boolean";
    case "list":
      return socketKind(schema.items);
    case "union":
      return unionKind(schema.options);
    default:
      return "json";
  }
}

/** Pixels before files, and what has a kind of its own before what has none. */
function unionKind(options: readonly ValueSchema[]): SocketKind {
  const kinds = options.map(socketKind);
  return kinds.find((kind) => kind === "image" || kind === "mask") ?? kinds.find((kind) => kind !== "json") ?? "json";
}
