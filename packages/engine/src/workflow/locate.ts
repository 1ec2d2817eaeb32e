import type { Diagnostic, JsonPath } from "../diagnostics/diagnostic.ts";
import { withoutByteOrderMark } from "./read-json.ts";
import { type TextPlace, walkJson } from "./walk-json.ts";

/** One wanted path's step, with what lies below it and where it was found. */
interface Target {
  readonly below: Map<string | number, Target>;
  place?: TextPlace;
}

/**
 * The place in a JSON text where the value of a path begins, or for an object's member its key. Where the path leaves
 * the document, the deepest part of it that exists.
 *
 * @example
 * locate('{\n  "nodes": {}\n}', ["nodes", "load"]); // { line: 2, column: 3 }
 */
export function locate(text: string, path: JsonPath): TextPlace {
  return locateAll(text, [path])[0] ?? { line: 1, column: 1 };
}

/** Adds line and column to diagnostics that have none, with one walk over the text they are about. */
export function withPositions(text: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const lost = diagnostics.filter((diagnostic) => diagnostic.line === undefined);
  if (lost.length === 0) return [...diagnostics];
  const places = locateAll(
    text,
    lost.map((diagnostic) => diagnostic.path),
  );
  const found = new Map(lost.map((diagnostic, index) => [diagnostic, places[index]]));
  return diagnostics.map((diagnostic) => ({ ...diagnostic, ...found.get(diagnostic) }));
}

function locateAll(text: string, paths: readonly JsonPath[]): TextPlace[] {
  const root: Target = { below: new Map(), place: { line: 1, column: 1 } };
  for (const path of paths) plant(root, path);
  markPlaces(withoutByteOrderMark(text), root);
  return paths.map((path) => deepestPlace(root, path));
}

function plant(root: Target, path: JsonPath): void {
  let target = root;
  for (const step of path) {
    const next = target.below.get(step) ?? { below: new Map() };
    target.below.set(step, next);
    target = next;
  }
}

/** Walks the text once; `here` holds the target of each open container, undefined where nobody asks. */
function markPlaces(text: string, root: Target): void {
  const here: (Target | undefined)[] = [];
  let current: Target | undefined = root;
  const enter = (step: string | number, place: TextPlace) => {
    current = here.at(-1)?.below.get(step);
    if (current) current.place ??= place;
  };
  walkJson(text, {
    open(_container, depth, place) {
      if (depth === 1) root.place = place;
      here.push(current);
      return true;
    },
    close: () => void here.pop(),
    member: enter,
    item: enter,
  });
}

function deepestPlace(root: Target, path: JsonPath): TextPlace {
  let target: Target | undefined = root;
  let place: TextPlace = root.place ?? { line: 1, column: 1 };
  for (const step of path) {
    target = target?.below.get(step);
    place = target?.place ?? place;
  }
  return place;
}
