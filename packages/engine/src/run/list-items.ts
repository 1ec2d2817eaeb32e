import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError, type ErrorData } from "../errors.ts";
import { canonicalJson, type JsonValue } from "../json.ts";
import type { PlannedLink, PlannedNode } from "../plan/plan.ts";
import { checkValue, isHandle } from "../schema/check-value.ts";
import type { FileRef } from "../values/image.ts";
import { checkLinked } from "./gather-inputs.ts";

/**
 * Beside the outputs of a node that ran once for each item: for each item the key under which its result is kept, and
 * `null` for one that failed. No output can have this name.
 */
export const itemKeys = "#items";

/** The most items that one node runs for. */
const mostItems = 100_000;

/** The keys of a mapped node's items; undefined for every other node. */
export function itemKeysOf(outputs: NodeOutputs): readonly (string | null)[] | undefined {
  return outputs[itemKeys] as readonly (string | null)[] | undefined;
}

/** Whether some items of a mapped node have no result. */
export function isPartial(outputs: NodeOutputs): boolean {
  return itemKeysOf(outputs)?.includes(null) ?? false;
}

/** Whether all items of a mapped node failed; an empty list has none. */
export function isEmptyHanded(outputs: NodeOutputs): boolean {
  const keys = itemKeysOf(outputs) ?? [];
  return keys.length > 0 && keys.every((key) => key === null);
}

/** The number of the item that each list brings in one run of a node. */
export type PlacesOf = (item: number) => ReadonlyMap<PlannedLink, number>;

/**
 * How often a mapped node runs. Lists are taken in step, or for `product` each with each, the last one fastest.
 * Fails with `list.length`.
 */
export function countItems(node: PlannedNode, lengthOf: (link: PlannedLink) => number): number {
  const { id, each } = node;
  const lists = listsOf(node);
  const lengths = lists.map(lengthOf);
  if (each === "product") {
    const count = lengths.reduce((product, length) => product * length, 1);
    return count <= mostItems ? count : refuseLength(id, `at most ${mostItems} items`, `${count} items`);
  }
  const [first = 1] = lengths;
  const other = lengths.findIndex((length) => length !== first);
  if (other < 0) return first;
  const [a, b] = [lists[0]!.input, lists[other]!.input];
  return refuseLength(id, "lists of one length", `${first} items for \`${a}\` and ${lengths[other]} for \`${b}\``);
}

function listsOf({ links }: PlannedNode): readonly PlannedLink[] {
  return links.filter(({ as }) => as === "each");
}

function refuseLength(id: string, expected: string, received: string): never {
  throw new EngineError({
    code: "list.length",
    message: `The lists that \`${id}\` takes do not fit: expected ${expected}, received ${received}.`,
    node: id,
    expected,
    received,
    suggestion: 'Give lists of one length, or cross them with `"each": "product"` on the node.',
  });
}

/** Which items go together in which run of a node. */
export function itemPlaces(node: PlannedNode, lengthOf: (link: PlannedLink) => number): PlacesOf {
  const lists = listsOf(node);
  if (node.each !== "product") return (item) => new Map(lists.map((link) => [link, item]));
  const lengths = lists.map(lengthOf);
  // Counts like an odometer.
  return (item) => {
    const places = new Map<PlannedLink, number>();
    let rest = item;
    for (let i = lists.length - 1; i >= 0; i--) {
      places.set(lists[i]!, rest % lengths[i]!);
      rest = Math.floor(rest / lengths[i]!);
    }
    return places;
  };
}

/** The length of the list that a link brings. */
export function listLength(values: readonly (NodeOutputs | undefined)[]): (link: PlannedLink) => number {
  return ({ source, output }) => (values[source]![output] as readonly unknown[]).length;
}

/** An item's value, and its identity as 64 hex digits; undefined when it failed where it was made. */
export function itemOf(
  { output }: PlannedLink,
  at: number,
  outputs: NodeOutputs,
  sourceKey: string,
  sha256: (text: string) => string,
): { readonly value: unknown; readonly key: string } | undefined {
  const key = itemKeysOf(outputs)?.[at];
  if (key === null) return undefined;
  const value = (outputs[output] as readonly unknown[])[at];
  return { value, key: key ?? sha256(identityOf(value, `${sourceKey} ${at}`)) };
}

/**
 * What an item is, whatever list it stands in: a JSON value or a file is itself. Pixels, which are never read for a
 * key, are the ones that their source made in that place.
 */
function identityOf(value: unknown, place: string): string {
  if (isHandle(value, "file")) return `file ${(value as FileRef).sha256}`;
  const [problem] = checkValue({ type: "json" }, value, "value");
  return problem ? `pixels ${place}` : `value ${canonicalJson(value as JsonValue)}`;
}

/** For each run of a mapped node the values that the lists bring for it, without those that have failed. */
export function itemInputs(
  node: PlannedNode,
  values: readonly (NodeOutputs | undefined)[],
): Readonly<Record<string, unknown>>[] {
  const lengthOf = listLength(values);
  const placesOf = itemPlaces(node, lengthOf);
  return Array.from({ length: countItems(node, lengthOf) }, (_, item) => item).flatMap((item) => {
    const inputs: Record<string, unknown> = {};
    for (const [link, at] of placesOf(item)) {
      const outputs = values[link.source]!;
      if (itemKeysOf(outputs)?.[at] === null) return [];
      const value = (outputs[link.output] as readonly unknown[])[at];
      for (const schema of link.checks) checkLinked(node, link, schema, value);
      inputs[link.input] = value;
    }
    return [inputs];
  });
}

/** One error for all items that failed: the first, and how many there are. */
export function failedItems(errors: readonly ErrorData[], items: number): ErrorData {
  const [first] = errors;
  return { ...first!, message: `${errors.length} of ${items} items failed. ${first!.message}` };
}
