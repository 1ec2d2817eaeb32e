import type { NodeOutputs } from "../cache/result-cache.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import { keyOf } from "../plan/cache-keys.ts";
import { indexLinks } from "../plan/index-links.ts";
import { takesInStep } from "../plan/mapped-groups.ts";
import type { Plan, PlannedLink, PlannedNode } from "../plan/plan.ts";
import type { FrameParts } from "./frame-parts.ts";
import { itemOf, itemPlaces, type PlacesOf } from "./list-items.ts";

/**
 * What is the same for all items of a group: a plan of its own, in which the values from outside stand as nodes that
 * have ended, before the group's own nodes. An item is that plan with its values and keys.
 */
export interface ItemPlan {
  readonly plan: Plan;
  readonly definitions: readonly NodeDefinition[];
  readonly openValues: FrameParts["openValues"];
  readonly openTexts: FrameParts["openTexts"];
  readonly again: FrameParts["again"];
  /** Where the group's own nodes begin. */
  readonly first: number;
  /** What stands before them. */
  readonly sources: readonly Source[];
}

/** A value from outside of the group. */
interface Source {
  readonly node: number;
  /** Set when items are taken one by one: the link, and which item in that run of its node. */
  readonly each: { readonly link: PlannedLink; readonly placeOf: (item: number) => number } | undefined;
}

/** One item: what is at hand for it, and the keys of all nodes. */
export interface Item {
  readonly held: readonly (NodeOutputs | undefined)[];
  readonly keys: readonly string[];
  /** Nodes that cannot run, because an item that they take has no value. */
  readonly lost: ReadonlySet<number>;
}

/**
 * @param wanted members that must run: for the list that somebody outside takes, or for what they do
 * @param kept those whose lists are taken
 */
export function itemPlan(
  parts: Pick<FrameParts, "plan" | "definitions" | "openValues" | "openTexts" | "again">,
  members: readonly number[],
  lengthOf: (link: PlannedLink) => number,
  { wanted, kept }: { readonly wanted: ReadonlySet<number>; readonly kept: ReadonlySet<number> },
): ItemPlan {
  const { plan } = parts;
  const sources: Source[] = [];
  const wholes = new Map<number, number>();
  const inside = new Map(members.map((member, i) => [member, i]));

  // First who comes from outside, to know where the members begin.
  const placed = members.map((member) => {
    const node = plan.nodes[member]!;
    const placesOf = itemPlaces(node, lengthOf);
    return node.links.map((link) => placeLink(node, link, placesOf));
  });
  function placeLink(node: PlannedNode, link: PlannedLink, placesOf: PlacesOf): { outside?: number; inside?: number } {
    const member = takesInStep(node, link) ? inside.get(link.source) : undefined;
    if (member !== undefined) return { inside: member };
    if (link.as === "each") {
      const each = { link, placeOf: (item: number) => placesOf(item).get(link)! };
      return { outside: sources.push({ node: link.source, each }) - 1 };
    }
    const known = wholes.get(link.source) ?? sources.push({ node: link.source, each: undefined }) - 1;
    wholes.set(link.source, known);
    return { outside: known };
  }

  const first = sources.length;
  const own = members.map((member, i): PlannedNode => {
    const node = plan.nodes[member]!;
    const links = node.links.map((link, l): PlannedLink => {
      const place = placed[i]![l]!;
      const source = place.outside ?? first + place.inside!;
      return { ...link, source, as: link.as === "each" ? "value" : link.as };
    });
    return { ...node, links, each: undefined };
  });
  const among = (some: ReadonlySet<number>): number[] =>
    members.flatMap((member, i) => (some.has(member) ? [first + i] : []));
  const outside = sources.map(({ node }): PlannedNode => ({ ...plan.nodes[node]!, links: [], references: [] }));
  const nodes = [...outside, ...own];
  const indices = [...sources.map(({ node }) => node), ...members];
  const open = plan.open.flatMap((node) => (inside.has(node) ? [first + inside.get(node)!] : []));
  return {
    plan: {
      ...plan,
      ...indexLinks(nodes),
      nodes,
      targets: among(wanted),
      kept: new Set(among(kept)),
      outputs: [],
      open,
      lazy: [],
      hasLikeness: new Uint8Array(nodes.length).fill(1),
      isHeavy: Uint8Array.from(indices, (node) => plan.isHeavy[node]!),
      groups: undefined,
    },
    definitions: indices.map((node) => parts.definitions[node]!),
    openValues: new Map(open.map((node) => [node, parts.openValues.get(indices[node]!)!])),
    openTexts: new Map(open.map((node) => [node, parts.openTexts.get(indices[node]!)!])),
    again: parts.again && Uint8Array.from(indices, (node) => parts.again![node]!),
    first,
    sources,
  };
}

/** Takes one item of each list. */
export function takeItem(
  { plan, sources, first, openTexts }: ItemPlan,
  at: number,
  outer: { readonly values: readonly (NodeOutputs | undefined)[]; readonly keys: readonly string[] },
  sha256: (text: string) => string,
): Item {
  const held: (NodeOutputs | undefined)[] = [];
  const keys: string[] = [];
  const lost = new Set<number>();
  sources.forEach(({ node, each }, i) => {
    if (each === undefined) {
      held.push(outer.values[node]);
      keys.push(outer.keys[node]!);
      return;
    }
    const item = itemOf(each.link, each.placeOf(at), outer.values[node]!, outer.keys[node]!, sha256);
    if (item === undefined) lost.add(i);
    held.push(item && { [each.link.output]: item.value });
    keys.push(item?.key ?? "");
  });
  for (let node = first; node < plan.nodes.length; node++) {
    if (plan.nodes[node]!.links.some(({ source }) => lost.has(source))) lost.add(node);
    keys.push(lost.has(node) ? "" : sha256(keyOf(plan, node, keys, openTexts.get(node))));
  }
  return { held, keys, lost };
}

/** The plan of an item without the targets that it cannot reach. */
export function withoutLost(plan: Plan, lost: ReadonlySet<number>): Plan {
  return lost.size === 0 ? plan : { ...plan, targets: plan.targets.filter((target) => !lost.has(target)) };
}
