import { applyRunEvent, createRunState, type NodeState, type RunEvent } from "@inlay/engine";

/** A node of a run: what the engine's fold says of it, and what `run.json` says beyond that. */
export interface NodeFacts extends NodeState {
  /** The node whose failure let it be skipped. */
  readonly because?: string;
  /** What its paid jobs have cost in this run, in US dollars, as far as the service said it. */
  readonly costUsd?: number;
}

/** A run as its events tell it so far; changed in place, as the engine's own fold is. */
export interface RunFacts {
  readonly state: ReturnType<typeof createRunState>;
  readonly nodes: Map<string, NodeFacts>;
  /** The ids that begin with `outer/`, by `outer`: nodes of sub-workflows, and what nodes have expanded to. */
  readonly within: Map<string, Set<string>>;
  /** Nodes that have executed, of those that will. */
  readonly executed: Set<string>;
  execute: number;
  targets: readonly string[];
  ms?: number;
  /** The jobs that the run itself has submitted, by the ids of their requests. */
  readonly submitted: Set<string>;
  /** What the run itself has paid. */
  costUsd?: number;
}

export function createRunFacts(): RunFacts {
  return {
    state: createRunState(),
    nodes: new Map(),
    within: new Map(),
    executed: new Set(),
    execute: 0,
    targets: [],
    submitted: new Set(),
  };
}

/** What stays true when another process goes on with a run: what was made, written and paid. The rest is told again. */
export function resumeRunFacts({ nodes, state, submitted, costUsd }: RunFacts): RunFacts {
  const facts = { ...createRunFacts(), submitted, ...(costUsd !== undefined && { costUsd }) };
  facts.state.files.push(...state.files);
  for (const [id, node] of nodes) {
    if (node.status !== "succeeded") continue;
    placeWithin(facts, id);
    facts.nodes.set(id, node);
  }
  return facts;
}

/** Takes one more event in. */
export function addToRunFacts(facts: RunFacts, event: RunEvent): void {
  if (event.type === "node.file" && isKnown(facts, event)) return;
  applyRunEvent(facts.state, event);
  if (event.type === "run.started") {
    facts.execute = event.execute;
    facts.targets = event.targets;
  } else if (event.type === "run.finished") facts.ms = event.ms;
  else if ("node" in event) addNode(facts, event);
}

type NodeEvent = Extract<RunEvent, { readonly node: string }>;

function isKnown({ state }: RunFacts, { node, path, sha256 }: Extract<RunEvent, { type: "node.file" }>): boolean {
  return state.files.some((file) => file.node === node && file.path === path && file.sha256 === sha256);
}

function addNode(facts: RunFacts, event: NodeEvent): void {
  const { node: id } = event;
  const before = facts.nodes.get(id);
  if (event.type === "node.finished" || event.type === "node.failed") facts.executed.add(id);
  if (event.type === "remote.state" && event.requestId !== undefined && !event.attached)
    facts.submitted.add(event.requestId);
  const paid = paidBy(facts, event);
  if (paid !== undefined) facts.costUsd = (facts.costUsd ?? 0) + paid;
  const state = facts.state.nodes.get(id);
  // What an attempt of this run made before is found in the cache, and is its own work all the same.
  if (!state || (event.type === "node.cached" && before?.status === "succeeded")) return;
  if (!before) placeWithin(facts, id);
  const costUsd = paid === undefined ? before?.costUsd : (before?.costUsd ?? 0) + paid;
  facts.nodes.set(id, {
    ...state,
    ...(costUsd !== undefined && { costUsd }),
    ...(event.type === "node.skipped" && { because: event.because }),
  });
}

/** What the run has paid by an event. A job that another run had submitted is paid by that one. */
function paidBy({ submitted }: RunFacts, event: NodeEvent): number | undefined {
  if (event.type !== "remote.ended") return undefined;
  const isOwn = event.requestId !== undefined && submitted.has(event.requestId);
  return event.attached && !isOwn ? undefined : event.costUsd;
}

function placeWithin({ within }: RunFacts, id: string): void {
  for (let at = id.lastIndexOf("/"); at > 0; at = id.lastIndexOf("/", at - 1)) {
    const outer = id.slice(0, at);
    const ids = within.get(outer);
    if (ids) ids.add(id);
    else within.set(outer, new Set([id]));
  }
}
