import type { NodeState, Workflow, WorkflowGraph } from "@inlay/engine";
import { allLinks } from "../document/links.ts";
import type { NodeFacts, RunFacts } from "./run-facts.ts";

/** What a card says about its node in the run that is shown. */
export interface ShownState extends Omit<NodeFacts, "status"> {
  readonly status: NodeState["status"] | "waiting" | "cancelled" | "detached" | "unknown" | "lost";
}

/** Where one is in the file: the graph that is shown, and the ids of the nodes through which it was entered. */
export interface ShownPlace {
  readonly workflow: Workflow;
  readonly graph: WorkflowGraph;
  readonly path: readonly string[];
}

const open = new Set(["idle", "running", "cancelling"]);

/** The state of every node of the shown graph that has one. A node that stands for others tells of them together. */
export function shownStates(facts: RunFacts, place: ShownPlace): ReadonlyMap<string, ShownState> {
  const prefix = place.path.map((id) => `${id}/`).join("");
  const isOpen = open.has(facts.state.status);
  const states = new Map<string, ShownState>();
  for (const [id, node] of Object.entries(place.graph.nodes)) {
    const own = facts.nodes.get(prefix + id);
    const inner = own || !node.type.startsWith("workflow/") ? undefined : facts.within.get(prefix + id);
    const state = own ? shownState(own, isOpen) : inner && together(facts, [...inner], isOpen);
    if (state) states.set(id, state);
  }
  const unfit = refusedNode(facts, prefix);
  if (unfit !== undefined && Object.hasOwn(place.graph.nodes, unfit) && !states.has(unfit)) {
    states.set(unfit, { status: "failed", error: facts.state.error! });
  }
  if (facts.state.status === "running") {
    for (const id of waiting(place.graph, startsOf(facts, place), states)) states.set(id, { status: "waiting" });
  }
  return states;
}

/** The node of the shown graph for which a run could not even begin, such as by a file that is not there. */
function refusedNode({ state }: RunFacts, prefix: string): string | undefined {
  const node = state.error?.node;
  return node?.startsWith(prefix) ? node.slice(prefix.length).split("/")[0] : undefined;
}

function shownState(facts: NodeFacts, isOpen: boolean): ShownState {
  // What was at work when the run ended was given up by it.
  if (facts.status === "running") return isOpen ? facts : { ...facts, status: "cancelled" };
  if (facts.status !== "failed") return facts;
  const ending = facts.error?.ending;
  const isOwn = ending === "detached" || ending === "unknown" || ending === "lost" || ending === "cancelled";
  return isOwn ? { ...facts, status: ending } : facts;
}

/** The worst of what is inside counts; while something is at work there, how much is done. */
const order: readonly ShownState["status"][] = ["unknown", "detached", "lost", "failed", "running", "cancelled"];

function together(facts: RunFacts, ids: readonly string[], isOpen: boolean): ShownState {
  const states = ids.map((id) => shownState(facts.nodes.get(id)!, isOpen));
  for (const status of order) {
    const found = states.find((state) => state.status === status);
    if (!found) continue;
    if (status !== "running") return found;
    const value = states.filter((state) => state.status !== "running").length;
    return { status, progress: { value, total: states.length } };
  }
  const ms = states.reduce((sum, state) => sum + (state.ms ?? 0), 0);
  if (states.some(({ status }) => status === "succeeded")) return { status: "succeeded", ms };
  return { status: states.every(({ status }) => status === "skipped") ? "skipped" : "cached" };
}

/** The nodes of the shown graph that the run is for: its targets, or inside of a sub-workflow what that gives. */
function startsOf({ targets }: RunFacts, { graph, path }: ShownPlace): readonly string[] {
  if (path.length === 0) return targets.map((target) => target.split("/")[0]!);
  return Object.values(graph.outputs).map(({ node }) => node);
}

/** Back from the targets over nodes whose turn has not come; what is cached hides what only it needs. */
function waiting(
  graph: WorkflowGraph,
  starts: readonly string[],
  states: ReadonlyMap<string, ShownState>,
): ReadonlySet<string> {
  const sources = new Map<string, string[]>();
  for (const { from, to } of allLinks(graph)) {
    const known = sources.get(to.node);
    if (known) known.push(from.node);
    else sources.set(to.node, [from.node]);
  }
  const found = new Set<string>();
  const next = [...starts];
  for (const id of next) {
    if (found.has(id) || states.has(id) || !Object.hasOwn(graph.nodes, id)) continue;
    found.add(id);
    next.push(...(sources.get(id) ?? []));
  }
  return found;
}
