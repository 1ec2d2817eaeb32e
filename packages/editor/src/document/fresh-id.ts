/** A node's id that is not taken: the last part of its type, with a number from 2 on. */
export function freshId(type: string, isTaken: (id: string) => boolean): string {
  const last = type.slice(type.lastIndexOf("/") + 1);
  return freshName(last, isTaken, "node");
}

/** A name for an id, a named input or output, or a sub-workflow that is not taken, as near to the wanted one as the format allows. */
export function freshName(wanted: string, isTaken: (name: string) => boolean, fallback: string): string {
  const stem =
    wanted
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]+/g, "-")
      .replace(/^[^a-z]+/, "")
      .replace(/-+$/, "")
      .slice(0, 56) || fallback;
  if (!isTaken(stem) && !reserved.has(stem)) return stem;
  for (let n = 2; ; n++) {
    const name = `${stem}-${n}`;
    if (!isTaken(name)) return name;
  }
}

/** Keys that the reader refuses. */
const reserved: ReadonlySet<string> = new Set(["constructor", "prototype"]);
