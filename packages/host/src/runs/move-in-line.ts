/** A run that waits, and what decides when it is taken: higher priorities first, then lower positions. */
export interface InLine {
  readonly run: string;
  readonly priority: number;
  readonly position: number;
}

/**
 * The line of one client after one of its runs has been given a priority, a place (1 is next), or both. The positions are
 * those that the client had already, so that nobody else's turn changes.
 */
export function moveInLine(
  line: readonly InLine[],
  run: string,
  { priority: wanted, place }: { readonly priority?: number; readonly place?: number },
): readonly InLine[] {
  const moving = line.find((entry) => entry.run === run);
  if (!moving) return line;
  const changed = { ...moving, priority: wanted ?? moving.priority };
  const others = line.filter((entry) => entry !== moving);
  if (place === undefined) return [...others, changed].toSorted(inTurn);
  const index = Math.min(place - 1, others.length);
  const least = others[index]?.priority ?? -Infinity;
  const most = others[index - 1]?.priority ?? Infinity;
  const priority = Math.max(least, Math.min(most, changed.priority));
  const positions = line.map(({ position }) => position).toSorted((a, b) => a - b);
  return others
    .toSpliced(index, 0, { ...changed, priority })
    .map((entry, at) => ({ ...entry, position: positions[at]! }));
}

function inTurn(a: InLine, b: InLine): number {
  return b.priority - a.priority || a.position - b.position;
}
