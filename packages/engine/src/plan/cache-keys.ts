import type { Plan } from "./plan.ts";

/**
 * Cache keys of a plan's nodes, by index; and what the open nodes' keys were made of, to see what has changed.
 * Immutable: a run with other inputs makes another.
 */
export interface PlanKeys {
  readonly keys: readonly string[];
  /** For each entry of `plan.open`, the text of its references and its service. */
  readonly openTexts: readonly string[];
}

/**
 * The cache key of every node: SHA-256 over type@version, the pack's `cacheEpoch`, and for each input its name with
 * the canonical value, or the source's key and output. So it costs O(1) a node, never O(pixels).
 *
 * With the keys of an earlier run of the same plan only the nodes behind a changed input are hashed again.
 * @param openTexts one text for each entry of `plan.open`; files stand for themselves by their content's hash.
 */
export function planKeys(
  plan: Plan,
  openTexts: readonly string[],
  sha256: (text: string) => string,
  before?: PlanKeys,
): PlanKeys {
  if (before === undefined) return { keys: hashAll(plan, openTexts, sha256), openTexts };
  const changed = plan.open.filter((_, place) => before.openTexts[place] !== openTexts[place]);
  if (changed.length === 0) return before;
  return { keys: hashBehind(plan, changed, openTexts, sha256, before.keys), openTexts };
}

function hashAll(plan: Plan, openTexts: readonly string[], sha256: (text: string) => string): string[] {
  const openTextOf = openTextLookup(plan, openTexts);
  const keys: string[] = [];
  for (let i = 0; i < plan.nodes.length; i++) keys.push(sha256(keyOf(plan, i, keys, openTextOf.get(i))));
  return keys;
}

/** Indices ascend along links, so one pass finds all that lies behind the changed nodes, sources first. */
function hashBehind(
  plan: Plan,
  changed: readonly number[],
  openTexts: readonly string[],
  sha256: (text: string) => string,
  before: readonly string[],
): string[] {
  const openTextOf = openTextLookup(plan, openTexts);
  const keys = before.slice();
  const isBehind = new Uint8Array(keys.length);
  for (const i of changed) isBehind[i] = 1;
  for (let i = changed[0]!; i < keys.length; i++) {
    if (isBehind[i] === 0) continue;
    keys[i] = sha256(keyOf(plan, i, keys, openTextOf.get(i)));
    for (let c = plan.consumerStart[i]!; c < plan.consumerStart[i + 1]!; c++) isBehind[plan.consumers[c]!] = 1;
  }
  return keys;
}

function openTextLookup(plan: Plan, openTexts: readonly string[]): ReadonlyMap<number, string> {
  return new Map(plan.open.map((node, place) => [node, openTexts[place]!]));
}

/**
 * The text that a node's key is the hash of: what never changes, a blank line, the sources' keys in the order of the links, and what the run brings.
 *
 * One text for one meaning: JSON escapes line breaks, the first part names every link, and keys have one length.
 */
export function keyOf(plan: Plan, i: number, keys: readonly string[], openText: string | undefined): string {
  let text = `${plan.nodes[i]!.keyText}\n\n`;
  for (let s = plan.sourceStart[i]!, end = plan.sourceStart[i + 1]!; s < end; s++) text += keys[plan.sources[s]!]!;
  return openText === undefined ? text : `${text}\n${openText}`;
}
