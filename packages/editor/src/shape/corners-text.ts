import type { Corner } from "./shape-props.ts";

/** An outline as text: a corner a line, `x, y` in pixels of the picture. */
export function writeCorners(corners: readonly Corner[]): string {
  return corners.map(([x, y]) => `${x}, ${y}`).join("\n");
}

/**
 * Reads what `writeCorners` writes, and what people type or paste: two numbers a line, or all of them in a row, with whatever
 * stands between. Undefined when there is anything else, or a number has no partner.
 *
 * @example
 * readCorners("[[10, 20], [30.5, 40]]"); // [[10, 20], [30.5, 40]]
 */
export function readCorners(text: string): readonly Corner[] | undefined {
  const numbers = text.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? [];
  if (numbers.length % 2 !== 0 || /[^\d\s.,;:()[\]-]/.test(text)) return undefined;
  return numbers.flatMap((x, i) => (i % 2 === 0 ? [[Number(x), Number(numbers[i + 1])] as const] : []));
}
