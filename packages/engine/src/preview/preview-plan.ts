import type { ResultCache } from "../cache/result-cache.ts";
import { errorData, type ErrorData } from "../errors.ts";
import type { EngineHost, RemoteService } from "../host.ts";
import { modelOf } from "../money/estimate-cost.ts";
import { jobPrice, type PriceBook } from "../money/price-book.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { PictureCodec } from "../node/pack.ts";
import { settlePaid } from "../plan/paid-when.ts";
import type { Plan } from "../plan/plan.ts";
import { checkRules } from "../run/check-rules.ts";
import type { Slots } from "../run/slots.ts";
import { nodesAgain, orderedAgain } from "../run/ordered-again.ts";
import { resolveReferences } from "../run/resolve-references.ts";
import { referenceOf } from "../workflow/reference.ts";
import { countAllItems, type CountedItems } from "./count-items.ts";
import { decideChoices, type DecidedView } from "./decide-choices.ts";
import { lookAhead, type Outlook } from "./look-ahead.ts";
import type { Preview, PreviewNode, PreviewOptions } from "./preview.ts";
import { openWorkshop } from "./open-workshop.ts";

/** What a preview takes from its engine. */
export interface PreviewTools {
  readonly host: EngineHost;
  readonly cache: ResultCache;
  readonly slots: Slots;
  readonly prices: PriceBook;
  readonly definitions: readonly NodeDefinition[];
  pictures(): Promise<PictureCodec | undefined>;
}

/**
 * Finds out what a run of a plan would do: resolves references, computes keys and looks in the cache. Rejects with what
 * would end the run before anything starts, such as a named input without a value; a service that cannot be opened is a
 * problem in the answer, and its nodes count as not cached.
 */
export async function previewPlan(given: Plan, options: PreviewOptions, tools: PreviewTools): Promise<Preview> {
  const { host, cache, definitions } = tools;
  const { services, inputs = {} } = options;
  const plan = settlePaid(given, inputs);
  const signal = options.signal ?? host.createAbort().signal;
  const problems: ErrorData[] = [];
  const remotes = await openServices(plan, options, problems);

  // Resolve: a seed that is drawn when the run starts stands for itself, and no number is used up.
  const references = await resolveReferences(plan, inputs, { ...services, nextSeed: () => 0 }, signal);
  const openValues = new Map(plan.open.map((node, place) => [node, references.values[place]!]));
  await checkRules(plan, definitions, openValues);

  // Key: with what the lazy nodes ask for, as far as it can be known.
  if (options.again) orderedAgain(plan, options.again, "");
  const again = nodesAgain(plan, options);
  const shop = openWorkshop({ plan, signal, services, references, again, tools });
  const scopes = new Map([...remotes].map(([name, { scope }]) => [name, scope]));
  const id = host.newRunId();
  const marks = marksOf(plan, inputs, scopes);
  const asking = { id, signal, services, definitions, fingerprints: new Map<number, string>() };
  const view = await decideChoices({ ...asking, plan, openValues, scopes, marks, sha256: host.sha256 }, shop);

  // Look: what is cached, node by node and item by item.
  const outlook = await lookAhead(view, cache, again);
  const items = await countAllItems(view, outlook, shop, host.sha256);
  problems.push(...items.problems);

  const findings = { outlook, items, mayBeChosen: branches(plan, view, outlook) };
  const nodes = plan.nodes.map((_, node) => previewNode(view, node, findings));
  const estimateUsd = await estimate(plan, nodes, remotes, tools.prices);
  return {
    nodes,
    counts: sumUp(plan, nodes),
    isExact: nodes.every(({ depends }) => depends === undefined),
    ...(estimateUsd !== undefined && { estimateUsd }),
    problems,
  };
}

async function openServices(
  plan: Plan,
  { services }: PreviewOptions,
  problems: ErrorData[],
): Promise<Map<string, RemoteService>> {
  const remotes = new Map<string, RemoteService>();
  const names = new Set(plan.open.flatMap((node) => plan.nodes[node]!.description.service ?? []));
  for (const name of names) {
    try {
      remotes.set(name, await services.remote(name));
    } catch (error) {
      problems.push(errorData(error));
    }
  }
  return remotes;
}

/** No key of a run has these lines, so no cache has a result under such a key. */
function marksOf(
  plan: Plan,
  given: NonNullable<PreviewOptions["inputs"]>,
  scopes: ReadonlyMap<string, string>,
): Map<number, string> {
  const isSeed = (name: string): boolean => {
    const value = plan.workflow.inputs[name]?.default;
    return !Object.hasOwn(given, name) && value !== undefined && referenceOf(value)?.kind === "seed";
  };
  const marks = new Map<number, string>();
  for (const node of plan.open) {
    const { references, description } = plan.nodes[node]!;
    const { service } = description;
    const isDrawn = references.some(
      ({ reference }) => reference.kind === "seed" || (reference.kind === "input" && isSeed(reference.name)),
    );
    if (isDrawn) marks.set(node, `\na seed of ${plan.nodes[node]!.id} that is not drawn yet`);
    else if (service !== undefined && !scopes.has(service)) marks.set(node, `\nan unknown account of ${service}`);
  }
  return marks;
}

function previewNode(
  { plan, isUnknown }: DecidedView,
  node: number,
  { outlook, items, mayBeChosen }: Findings,
): PreviewNode {
  const { id, description, each } = plan.nodes[node]!;
  const { type, paid, inputs } = description;
  const action = outlook.action[node];
  const base = { node: id, type, execute: 0, cached: 0, paid: 0 };
  if (action === "unknown" || isUnknown[node] === 1) return { ...base, action: "unknown", depends: "choice" };
  if (action === undefined)
    return mayBeChosen.has(node) ? { ...base, action: "unknown", depends: "choice" } : { ...base, action: "idle" };
  if (action === "pinned") return { ...base, action };
  const from = outlook.from[node];
  if (action === "cached") return { ...base, action, cached: 1, ...(from && { from }) };
  if (each === undefined) {
    // Each of the nodes that it expands to is counted when it is there.
    const expands = Object.values(inputs).some(({ subWorkflow }) => subWorkflow);
    return { ...base, action, execute: 1, paid: paid ? 1 : 0, ...(expands && { depends: "expansion" }) };
  }
  const counts = items.counts.get(node);
  if (!counts) return { ...base, action, depends: "list" };
  const { execute, cached } = counts;
  const isCached = execute === 0 && cached > 0;
  const found = isCached && counts.from ? { from: counts.from } : {};
  return { ...base, action: isCached ? "cached" : "execute", execute, cached, paid: paid ? execute : 0, ...found };
}

/** What the nodes of a preview are told from. */
interface Findings {
  readonly outlook: Outlook;
  readonly items: CountedItems;
  readonly mayBeChosen: ReadonlySet<number>;
}

/** The nodes in the branches of lazy nodes that are needed and have not chosen yet. */
function branches({ nodes }: Plan, { undecided }: DecidedView, { action }: Outlook): ReadonlySet<number> {
  const open = [...undecided].filter((node) => action[node] !== undefined);
  const met = new Set<number>();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (met.has(node)) continue;
    met.add(node);
    for (const { source } of nodes[node]!.links) open.push(source);
  }
  return met;
}

function sumUp({ nodes: planned }: Plan, nodes: readonly PreviewNode[]): Preview["counts"] {
  const counts = { nodes: nodes.length, execute: 0, cached: 0, paid: 0, paidCached: 0, pinned: 0 };
  nodes.forEach(({ action, execute, cached, paid }, node) => {
    counts.execute += execute;
    counts.cached += cached;
    counts.paid += paid;
    if (planned[node]!.description.paid) counts.paidCached += cached;
    if (action === "pinned") counts.pinned++;
  });
  return counts;
}

/** Undefined when a price is not known. */
async function estimate(
  plan: Plan,
  nodes: readonly PreviewNode[],
  remotes: ReadonlyMap<string, RemoteService>,
  prices: PriceBook,
): Promise<number | undefined> {
  let sum = 0;
  for (const [node, { paid }] of nodes.entries()) {
    if (paid === 0) continue;
    const planned = plan.nodes[node]!;
    const [service, model] = [remotes.get(planned.description.service ?? ""), modelOf(planned)];
    const price = service && model !== undefined ? jobPrice(await prices.ask(service, model)) : undefined;
    if (price === undefined) return undefined;
    sum += paid * price;
  }
  return sum;
}
