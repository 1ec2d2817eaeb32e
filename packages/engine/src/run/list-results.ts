import type { CachedResult, NodeOutputs, ResultCache, ResultInfo } from "../cache/result-cache.ts";
import type { NodeDescription } from "../node/description.ts";
import { holdsPixels } from "../schema/holds-pixels.ts";
import { isThenable } from "./is-thenable.ts";
import { keepResult } from "./keep-result.ts";
import { itemKeys, itemKeysOf } from "./list-items.ts";

/**
 * Keeps the lists that a mapped node has made. Lists of pixels as their items' keys alone: the items are kept already,
 * and a list of a hundred photographs is more than one entry should hold.
 */
export function keepList(
  cache: ResultCache,
  key: string,
  outputs: NodeOutputs,
  { outputs: described }: NodeDescription,
  info: ResultInfo,
): void {
  const isHeavy = Object.values(described).some(({ schema }) => holdsPixels(schema));
  keepResult(cache, key, isHeavy ? { [itemKeys]: outputs[itemKeys] } : outputs, info);
}

/** Outputs as they were before `keepList`; undefined when an item is gone. Answers at once when the cache does. */
export function readList(
  cache: ResultCache,
  found: CachedResult,
  names: readonly string[],
): CachedResult | undefined | Promise<CachedResult | undefined> {
  const keys = itemKeysOf(found.outputs);
  if (keys === undefined || names.every((name) => name in found.outputs)) return found;
  const results = keys.map((key) => (key === null ? undefined : cache.get(key)));
  if (results.some((result) => isThenable(result)))
    return Promise.all(results.map((result) => Promise.resolve(result))).then((read) => assemble(found, read, names));
  return assemble(found, results as (CachedResult | undefined)[], names);
}

function assemble(
  { outputs, from }: CachedResult,
  results: readonly (CachedResult | undefined)[],
  names: readonly string[],
): CachedResult | undefined {
  if (results.includes(undefined)) return undefined;
  const lists = names.map((name) => [name, results.map((result) => result!.outputs[name])] as const);
  return { from, outputs: { [itemKeys]: outputs[itemKeys], ...Object.fromEntries(lists) } };
}
