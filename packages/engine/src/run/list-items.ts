import type { NodeOutputs } from "../cache/result-cache.ts";
import { EngineError } from "../errors.ts";
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

/** One run of a mapped node. */
export interface ListItem {
  /** The values that the lists bring for it. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** For each link of the node what its value is: the item's identity, or the source's key. */
  readonly identities: readonly string[];
}

/**
 * The runs of a mapped node, in order; undefined in the place of one whose source has failed. Lists are taken in step,
 * or for `product` each with each, the last one fastest. Fails with `list.length` before any item runs.
 */
export function listItems(
  node: PlannedNode,
  values: readonly (NodeOutputs | undefined)[],
  keys: readonly string[],
): (ListItem | undefined)[] {
  const lists = node.links.filter(({ as }) => as === "each");
  const lengths = lists.map(({ source, output }) => (values[source]![output] as readonly unknown[]).length);
  const count = countItems(node, lists, lengths);
  const place = node.each === "product" ? productPlaces(lengths) : (item: number) => lists.map(() => item);
  return Array.from({ length: count }, (_, item) => {
    const places = new Map(place(item).map((at, i) => [lists[i]!, at]));
    return listItem(node, places, values, keys);
  });
}

function countItems({ id, each }: PlannedNode, lists: readonly PlannedLink[], lengths: readonly number[]): number {
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

/** Counts like an odometer: the place in each list for a number. */
function productPlaces(lengths: readonly number[]): (item: number) => number[] {
  return (item) => {
    const places: number[] = [];
    let rest = item;
    for (const length of lengths.toReversed()) {
      places.unshift(rest % length);
      rest = Math.floor(rest / length);
    }
    return places;
  };
}

function listItem(
  node: PlannedNode,
  places: ReadonlyMap<PlannedLink, number>,
  values: readonly (NodeOutputs | undefined)[],
  keys: readonly string[],
): ListItem | undefined {
  const inputs: Record<string, unknown> = {};
  const identities: string[] = [];
  for (const link of node.links) {
    const at = places.get(link);
    if (at === undefined) {
      identities.push(keys[link.source]!);
      continue;
    }
    const outputs = values[link.source]!;
    const key = itemKeysOf(outputs)?.[at];
    if (key === null) return undefined;
    const value = (outputs[link.output] as readonly unknown[])[at];
    inputs[link.input] = value;
    identities.push(key ?? identityOf(value, `${keys[link.source]} ${at}`));
  }
  return { inputs, identities };
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

/** The inputs of one run: what is the same for all items, and what the lists bring for this one. */
export function itemInputs(node: PlannedNode, same: Record<string, unknown>, item: ListItem): Record<string, unknown> {
  for (const link of node.links) {
    if (link.as !== "each") continue;
    for (const schema of link.checks) checkLinked(node, link, schema, item.inputs[link.input]);
  }
  return { ...same, ...item.inputs };
}
