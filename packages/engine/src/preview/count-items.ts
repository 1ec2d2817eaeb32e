import type { NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import { errorData, type ErrorData } from "../errors.ts";
import { takesInStep } from "../plan/mapped-groups.ts";
import type { PlannedLink } from "../plan/plan.ts";
import { type ItemPlan, itemPlan, takeItem } from "../run/item-plan.ts";
import { countItems, itemKeys, itemKeysOf } from "../run/list-items.ts";
import { type Outlook, readEntry, whereIs } from "./look-ahead.ts";
import type { PlanView } from "./plan-view.ts";
import { workOut, type Workshop } from "./work-out.ts";

/** What the items of a node come to; undefined while the length of a list is not known. */
interface ItemCounts {
  execute: number;
  cached: number;
  /** Where those are that are cached, when they are all in one place. */
  from: "memory" | "disk" | "run" | undefined;
}

export interface CountedItems {
  /** By node that runs item by item and whose items are known. */
  readonly counts: ReadonlyMap<number, ItemCounts>;
  /** Nodes whose lists do not fit. */
  readonly problems: readonly ErrorData[];
}

/** Counts the items of the nodes that run for each, as far as the lists that they take are known before the run. */
export async function countAllItems(
  view: PlanView,
  { action }: Outlook,
  shop: Workshop,
  sha256: (text: string) => string,
): Promise<CountedItems> {
  const counter = new ItemCounter(view, shop, sha256);
  const { nodes, groups } = view.plan;
  const pending = new Map<number, number[]>();
  nodes.forEach(({ each }, node) => {
    if (each === undefined || action[node] !== "execute") return;
    const group = groups?.[node] ?? node;
    pending.set(group, [...(pending.get(group) ?? []), node]);
  });
  // A group may take the lists of another one; none waits for itself.
  for (let size = -1; pending.size > 0 && size !== pending.size;) {
    size = pending.size;
    for (const [group, members] of pending) if (await counter.count(members)) pending.delete(group);
  }
  return counter;
}

class ItemCounter implements CountedItems {
  readonly counts = new Map<number, ItemCounts>();
  readonly problems: ErrorData[] = [];
  readonly #view: PlanView;
  readonly #shop: Workshop;
  readonly #cache: ResultCache;
  readonly #sha256: (text: string) => string;
  /** Lists by node: their lengths and what tells their items apart; the values may be missing. */
  readonly #lists = new Map<number, NodeOutputs>();
  /** Items that are made elsewhere in the run. */
  readonly #made = new Set<string>();

  constructor(view: PlanView, shop: Workshop, sha256: (text: string) => string) {
    this.#view = view;
    this.#shop = shop;
    this.#cache = shop.cache;
    this.#sha256 = sha256;
  }

  /** @returns false when a list is not known (yet) */
  async count(members: readonly number[]): Promise<boolean> {
    const { nodes } = this.#view.plan;
    const all = new Set(members);
    const isOuter = (node: number, link: PlannedLink): boolean =>
      link.as === "each" && !(all.has(link.source) && takesInStep(nodes[node]!, link));
    const outer = new Set(
      members.flatMap((node) => nodes[node]!.links.filter((link) => isOuter(node, link)).map(({ source }) => source)),
    );
    for (const source of outer) await this.#findList(source);
    if (![...outer].every((source) => this.#lists.has(source))) return false;
    for (const [count, together] of this.#byCount(members, isOuter)) await this.#countTogether(together, count);
    return true;
  }

  async #findList(node: number): Promise<void> {
    if (this.#lists.has(node)) return;
    const { each, description } = this.#view.plan.nodes[node]!;
    if (each === undefined) {
      await workOut(this.#view, [node], this.#shop);
      const known = this.#shop.known.get(node);
      if (known) this.#lists.set(node, known);
      return;
    }
    // A list that is cached is not made again, so its items were not counted.
    const keys = itemKeysOf((await readEntry(this.#cache, this.#view.keys[node]!))?.outputs ?? {});
    if (keys && this.#view.isUnknown[node] === 0 && this.#shop.again?.[node] !== 1)
      this.#lists.set(node, listOf(keys, Object.keys(description.outputs)));
  }

  /** Members by how often they run; those that cannot are left out, with all behind them. */
  #byCount(members: readonly number[], isOuter: (node: number, link: PlannedLink) => boolean): Map<number, number[]> {
    const { nodes } = this.#view.plan;
    const counts = new Map<number, number>();
    const together = new Map<number, number[]>();
    for (const member of members) {
      const node = nodes[member]!;
      const lists = node.links.filter(({ as }) => as === "each");
      if (lists.some((link) => !isOuter(member, link) && !counts.has(link.source))) continue;
      try {
        const count = countItems(node, (link) =>
          isOuter(member, link) ? lengthOf(this.#lists.get(link.source)!, link.output) : counts.get(link.source)!,
        );
        counts.set(member, count);
        together.set(count, [...(together.get(count) ?? []), member]);
      } catch (error) {
        this.problems.push({ ...errorData(error), node: node.id, nodeType: node.description.type });
      }
    }
    return together;
  }

  async #countTogether(members: readonly number[], count: number): Promise<void> {
    const { plan, keys, openTexts, openValues } = this.#view;
    const values: NodeOutputs[] = [];
    for (const [node, list] of this.#lists) values[node] = list;
    const all = new Set(members);
    const isWanted = (member: number): boolean =>
      plan.targets.includes(member) ||
      [...plan.consumers.subarray(plan.consumerStart[member], plan.consumerStart[member + 1])].some(
        (node) => !all.has(node),
      );
    const { again } = this.#shop;
    const parts = { plan, definitions: this.#shop.definitions, openValues, openTexts, ...(again && { again }) };
    const wanted = new Set(members.filter(isWanted));
    const lengths = ({ source, output }: PlannedLink): number => lengthOf(values[source]!, output);
    const items = itemPlan(parts, members, lengths, { wanted, kept: wanted });
    const made = members.map((): string[] => []);
    const total = members.map((): ItemCounts => ({ execute: 0, cached: 0, from: undefined }));
    for (let at = 0; at < count; at++) {
      const item = takeItem(items, at, { values, keys }, this.#sha256);
      members.forEach((_, i) => made[i]!.push(item.keys[items.first + i]!));
      await this.#lookAtItem(items, item.keys, total);
    }
    members.forEach((member, i) => {
      this.counts.set(member, total[i]!);
      this.#lists.set(member, listOf(made[i]!, Object.keys(plan.nodes[member]!.description.outputs)));
    });
  }

  async #lookAtItem(
    { plan, first, again }: ItemPlan,
    keys: readonly string[],
    total: readonly ItemCounts[],
  ): Promise<void> {
    const open = [...plan.targets];
    const seen = new Set<number>();
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node < first || seen.has(node)) continue;
      seen.add(node);
      const { description, links } = plan.nodes[node]!;
      const counts = total[node - first]!;
      const isFresh = again?.[node] === 1 || description.cache === "never";
      const found = isFresh ? undefined : await whereIs(this.#cache, keys[node]!);
      if (found || (description.cache !== "never" && this.#made.has(keys[node]!))) {
        counts.cached++;
        counts.from = found ?? "run";
        continue;
      }
      counts.execute++;
      this.#made.add(keys[node]!);
      for (const { source } of links) open.push(source);
    }
  }
}

function lengthOf(outputs: NodeOutputs, output: string): number {
  const list = outputs[output];
  return Array.isArray(list) ? list.length : 0;
}

/** A list of which only the items' keys are known. */
function listOf(keys: readonly (string | null)[], names: readonly string[]): NodeOutputs {
  const outputs: Record<string, unknown> = { [itemKeys]: keys };
  for (const name of names) outputs[name] = keys.map(() => undefined);
  return outputs;
}
