import type { CachedResult, ResultCache } from "../cache/result-cache.ts";
import type { Plan } from "../plan/plan.ts";
import { itemKeysOf } from "../run/list-items.ts";
import { findInside } from "../run/look-for-results.ts";
import type { DecidedView } from "./decide-choices.ts";
import { noStage } from "./decide-choices.ts";

/** What a run would find and make, by node. */
export interface Outlook {
  readonly action: ("execute" | "cached" | "pinned" | "unknown" | undefined)[];
  readonly from: ("memory" | "disk" | "run" | undefined)[];
}

/**
 * Looks from the targets back, as a run does: a node whose result is cached hides all that only it needs. Behind what is
 * not known yet it looks too, because a run makes what is surely needed before it asks.
 */
export async function lookAhead(
  view: DecidedView,
  cache: ResultCache,
  again: Uint8Array | undefined,
): Promise<Outlook> {
  const { keys, isUnknown } = view;
  const plan: Plan = { ...view.plan, targets: rootsOf(view) };
  const { nodes } = plan;
  const isInside = findInside(plan);
  const action: Outlook["action"] = Array.from({ length: nodes.length });
  const from: Outlook["from"] = Array.from({ length: nodes.length });
  const open = [...plan.targets];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (action[node] !== undefined) continue;
    const { description, each, pinned, links } = nodes[node]!;
    if (pinned) {
      action[node] = "pinned";
      continue;
    }
    const isMade =
      isUnknown[node] === 1 || again?.[node] === 1 || isInside?.[node] === 1 || description.cache === "never";
    const found = isMade ? undefined : await (each ? whereList(cache, keys[node]!) : whereIs(cache, keys[node]!));
    action[node] = found ? "cached" : isUnknown[node] === 1 ? "unknown" : "execute";
    from[node] = found;
    if (!found) for (const { source } of links) open.push(source);
  }
  follow(view, { action, from });
  return { action, from };
}

/** The targets, and what a stage of the run makes for a later one. */
function rootsOf({ plan, stage }: DecidedView): number[] {
  const { nodes, targets } = plan;
  const roots = new Set(targets);
  const needed = new Uint8Array(nodes.length);
  for (const target of targets) needed[target] = 1;
  for (let node = nodes.length - 1; node >= 0; node--) {
    if (needed[node] === 1) for (const { source } of nodes[node]!.links) needed[source] = 1;
  }
  const last = nodes.reduce((latest, _, node) => (needed[node] === 1 ? Math.max(latest, stage[node]!) : latest), 0);
  if (last === 0) return [...roots];
  nodes.forEach(({ links }, node) => {
    // What is not needed now may be asked for later, as far as the run knows.
    const turn = needed[node] === 1 ? stage[node]! : last;
    for (const { source } of links) if (needed[source] === 1 && stage[source]! < turn) roots.add(source);
  });
  return [...roots].filter((node) => stage[node] !== noStage || targets.includes(node));
}

/** Of nodes of one key the first runs, and the others take its result. */
function follow({ plan, keys }: DecidedView, { action, from }: Outlook): void {
  const leaders = new Set<string>();
  plan.nodes.forEach(({ each, description }, node) => {
    if (action[node] !== "execute" || plan.hasLikeness[node] === 0) return;
    if (each !== undefined || description.cache === "never") return;
    if (leaders.has(keys[node]!)) {
      action[node] = "cached";
      from[node] = "run";
    }
    leaders.add(keys[node]!);
  });
}

/** Where a result is; undefined when it must be made. */
export async function whereIs(cache: ResultCache, key: string): Promise<CachedResult["from"] | undefined> {
  try {
    return cache.where ? await cache.where(key) : (await cache.get(key))?.from;
  } catch {
    return undefined;
  }
}

/** A list of pixels is there when all its items are. */
async function whereList(cache: ResultCache, key: string): Promise<CachedResult["from"] | undefined> {
  const found = await readEntry(cache, key);
  for (const item of (found && itemKeysOf(found.outputs)) ?? [])
    if (item !== null && (await whereIs(cache, item)) === undefined) return undefined;
  return found?.from;
}

export async function readEntry(cache: ResultCache, key: string): Promise<CachedResult | undefined> {
  try {
    return await cache.get(key);
  } catch {
    return undefined;
  }
}
