import type { CatalogNode, JsonValue } from "@inlay/engine";
import { chooseWidget } from "../widgets/choose-widget.ts";

/** What can be drawn on the picture of a node, and the input that begins it: of a rectangle its `x`. */
export interface Drawable {
  readonly kind: "points" | "point" | "rectangle";
  readonly input: string;
}

const sides = ["x", "y", "width", "height"] as const;

/** An upright rectangle, in pixels of the picture. */
export type Rectangle = { readonly [side in (typeof sides)[number]]: number };

/** What can be drawn for a node: an outline or a point that has an input, or the rectangle that four numbers make. */
export function drawableOf(description: CatalogNode | undefined): Drawable | undefined {
  if (!description) return undefined;
  for (const [input, given] of Object.entries(description.inputs)) {
    const kind = chooseWidget(given);
    if (kind === "points" || kind === "point") return { kind, input };
  }
  const isRectangle = sides.every((side) => {
    const type = description.inputs[side]?.schema.type;
    return type === "number" || type === "integer";
  });
  return isRectangle && imageInput(description) !== undefined ? { kind: "rectangle", input: "x" } : undefined;
}

/** The rectangle that a node's numbers make; undefined while one of them is missing or linked. */
export function rectangleOf(valueOf: (input: string) => JsonValue | undefined): Rectangle | undefined {
  const [x, y, width, height] = sides.map(valueOf);
  const isWhole = [x, y, width, height].every((value) => typeof value === "number");
  return isWhole ? ({ x, y, width, height } as Rectangle) : undefined;
}

/** The inputs of a rectangle. */
export function rectangleInputs(rectangle: Rectangle): readonly (readonly [string, JsonValue])[] {
  return sides.map((side) => [side, rectangle[side]]);
}

/** The input whose picture is drawn on. */
export function imageInput(description: CatalogNode | undefined): string | undefined {
  const inputs = Object.entries(description?.inputs ?? {});
  return inputs.find(([, { schema }]) => schema.type === "socket" && schema.name === "image")?.[0];
}
