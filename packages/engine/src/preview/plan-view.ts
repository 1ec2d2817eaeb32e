import { planKeys } from "../plan/cache-keys.ts";
import { indexLinks } from "../plan/index-links.ts";
import { mappedGroups } from "../plan/mapped-groups.ts";
import { narrowNode } from "../plan/narrow-node.ts";
import type { Plan, PlannedNode } from "../plan/plan.ts";
import { addFingerprints, type FingerprintRun } from "../run/ask-fingerprints.ts";
import { type CallerValue, openTexts } from "../run/resolve-references.ts";

/** A plan as far as it is known before the run: lazy nodes that are decided have the inputs that they ask for. */
export interface PlanView {
  readonly plan: Plan;
  readonly keys: readonly string[];
  readonly openTexts: ReadonlyMap<number, string>;
  readonly openValues: ReadonlyMap<number, readonly CallerValue[]>;
  /** By node, 1 for those whose key is not known yet: undecided lazy nodes and all behind them. */
  readonly isUnknown: Uint8Array;
  /** Lazy nodes without all their inputs. */
  readonly undecided: ReadonlySet<number>;
}

/** What a view is made from, besides what the lazy nodes have asked for. */
export interface ViewParts extends Omit<FingerprintRun, "openValues" | "plan"> {
  readonly plan: Plan;
  readonly openValues: ReadonlyMap<number, readonly CallerValue[]>;
  readonly scopes: ReadonlyMap<string, string>;
  /** What makes the key of a node one that no cache has: a seed that is drawn when the run starts, an unknown account. */
  readonly marks: ReadonlyMap<number, string>;
  sha256(text: string): string;
}

/** @param asked by lazy node that is decided, the inputs that it asks for */
export async function viewPlan(parts: ViewParts, asked: ReadonlyMap<number, readonly string[]>): Promise<PlanView> {
  const { plan: whole, marks, scopes, sha256 } = parts;
  const undecided = new Set(whole.lazy.filter((node) => !asked.has(node)));
  const nodes = [...whole.nodes];
  const openValues = new Map(parts.openValues);
  for (const node of whole.lazy) {
    nodes[node] = narrowNode(whole.nodes[node]!, asked.get(node) ?? []);
    const values = parts.openValues.get(node);
    if (values) openValues.set(node, valuesLeft(whole.nodes[node]!, nodes[node], values));
  }
  const groups = whole.groups && mappedGroups(nodes);
  const plan: Plan = { ...whole, ...indexLinks(nodes), nodes, groups };
  const texts = openTexts(
    plan,
    (node) => openValues.get(node)!,
    (service) => scopes.get(service),
  );
  const marked = texts.map((text, place) => `${text}${marks.get(plan.open[place]!) ?? ""}`);
  const all = await addFingerprints(marked, { ...parts, plan, openValues });
  return {
    plan,
    keys: planKeys(plan, all, sha256).keys,
    openTexts: new Map(plan.open.map((node, place) => [node, all[place]!])),
    openValues,
    isUnknown: behind(plan, undecided),
    undecided,
  };
}

function valuesLeft(whole: PlannedNode, narrow: PlannedNode, values: readonly CallerValue[]): CallerValue[] {
  return values.filter((_, i) => narrow.references.includes(whole.references[i]!));
}

/** 1 for each of some nodes and all behind them: indices ascend along links. */
function behind({ nodes }: Plan, first: ReadonlySet<number>): Uint8Array {
  const isBehind = new Uint8Array(nodes.length);
  if (first.size === 0) return isBehind;
  nodes.forEach(({ links }, node) => {
    if (first.has(node) || links.some(({ source }) => isBehind[source] === 1)) isBehind[node] = 1;
  });
  return isBehind;
}
