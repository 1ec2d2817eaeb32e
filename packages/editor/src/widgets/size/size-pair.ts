import type { InputDescription } from "@inlay/engine";

type Inputs = { readonly [name: string]: InputDescription };

/** The two inputs of a size. */
export interface SizePair {
  readonly width: string;
  readonly height: string;
}

/**
 * The size that begins with an input: two numbers, one behind the other, called `width` and `height` (or `…_width` and
 * `…_height`), or any two of which the first has the hint `size`. Another hint keeps them apart.
 */
export function sizeFrom(inputs: Inputs, width: string): SizePair | undefined {
  const names = Object.keys(inputs);
  const height = names[names.indexOf(width) + 1];
  const [first, second] = [inputs[width], height === undefined ? undefined : inputs[height]];
  if (height === undefined || !isNumber(first) || !isNumber(second)) return undefined;
  const isNamed = /(^|_)width$/.test(width) && height === width.replace(/width$/, "height");
  const isPair = first.widget === "size" || (isNamed && first.widget === undefined && second.widget === undefined);
  return isPair ? { width, height } : undefined;
}

/** The size that an input is a side of. */
export function sizeWith(inputs: Inputs, input: string): SizePair | undefined {
  const names = Object.keys(inputs);
  const before = names[names.indexOf(input) - 1];
  const asHeight = before === undefined ? undefined : sizeFrom(inputs, before);
  return asHeight ?? sizeFrom(inputs, input);
}

function isNumber(input: InputDescription | undefined): input is InputDescription {
  return input?.schema.type === "integer" || input?.schema.type === "number";
}
