import { applyRunEvent, createRunState, type NodeState, type RunEvent } from "@inlay/engine";
import type { ServerEvent } from "../server/events.ts";

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
  };
}

/** Takes one more event in. A run that goes on in another process begins anew, and tells again what is done. */
export function addToRunFacts(
  facts: RunFacts,
  event: Exclude<ServerEvent, { type: `run.${"queued" | "moved" | "resumed"}` }>,
): void {
  applyRunEvent(facts.state, event);
  if (event.type === "run.started") {
    facts.execute = event.execute;
    facts.targets = event.targets;
  } else if (event.type === "run.finished") facts.ms = event.ms;
  else if ("node" in event) addNode(facts, event);
}

function addNode(facts: RunFacts, event: Extract<RunEvent, { readonly node: string }>): void {
  const { node: id } = event;
  if (event.type === "node.finished" || event.type === "node.failed") facts.executed.add(id);
  if (event.type === "remote.ended" && event.costUsd !== undefined && !event.attached)
    facts.costUsd = (facts.costUsd ?? 0) + event.costUsd;
  const state = facts.state.nodes.get(id);
  if (!state) return;
  if (!facts.nodes.has(id)) placeWithin(facts, id);
  const costUsd = costOf(facts.nodes.get(id), event);
  facts.nodes.set(id, {
    ...state,
    ...(costUsd !== undefined && { costUsd }),
    ...(event.type === "node.skipped" && { because: event.because }),
  });
}

function costOf(
  before: NodeFacts | undefined,
  event: Extract<RunEvent, { readonly node: string }>,
): number | undefined {
  if (event.type !== "remote.ended" || event.costUsd === undefined || event.attached) return before?.costUsd;
  return (before?.costUsd ?? 0) + event.costUsd;
}

function placeWithin({ within }: RunFacts, id: string): void {
  for (let at = id.lastIndexOf("/"); at > 0; at = id.lastIndexOf("/", at - 1)) {
    const outer = id.slice(0, at);
    const ids = within.get(outer);
    if (ids) ids.add(id);
    else within.set(outer, new Set([id]));
  }
}
