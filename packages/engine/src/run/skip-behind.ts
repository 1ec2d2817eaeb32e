import type { Frame } from "./frame.ts";
import { NodeState } from "./node-state.ts";

/** A node has nothing to give: skips what has not begun and needs it, however far behind. */
export function skipConsumers(frame: Frame, failed: number, because: string): void {
  const { plan, work } = frame.parts;
  const { consumerStart, consumers } = plan;
  const open = [failed];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const behind = consumers.subarray(consumerStart[node], consumerStart[node + 1]);
    for (const next of [...behind, ...(work.followers.get(node) ?? [])])
      if (skip(frame, next, because)) open.push(next);
  }
}

/** Some items have failed: what takes the list as a whole is skipped, what takes it item by item goes on. */
export function skipWhole(frame: Frame, node: number): void {
  const { nodes, consumerStart, consumers } = frame.parts.plan;
  const because = nodes[node]!.id;
  for (const next of consumers.subarray(consumerStart[node], consumerStart[node + 1])) {
    const takesWhole = nodes[next]!.links.some(({ source, as }) => source === node && as !== "each");
    if (takesWhole && skip(frame, next, because)) skipConsumers(frame, next, because);
  }
}

/** False when the node has begun or is skipped already. */
function skip(frame: Frame, node: number, because: string): boolean {
  const state = frame.state[node];
  if (state !== NodeState.Waiting && state !== NodeState.Following) return false;
  const isMember = state === NodeState.Waiting && (frame.parts.work.unitOf?.[node] ?? -1) >= 0;
  const still = isMember ? stillAwaited(frame, node) : 0;
  if (state === NodeState.Waiting) frame.letGo(node);
  frame.tellSkipped(node, because);
  frame.end(node, NodeState.Skipped);
  if (isMember) leaveGroup(frame, node, still);
  return true;
}

/** Values from outside of its group that a member still waits for. */
function stillAwaited({ parts, state }: Frame, node: number): number {
  const { sourceStart, sources } = parts.plan;
  const unitOf = parts.work.unitOf!;
  let count = 0;
  for (let s = sourceStart[node]!, end = sourceStart[node + 1]!; s < end; s++) {
    const source = sources[s]!;
    if (unitOf[source] !== unitOf[node] && state[source] !== NodeState.Done) count++;
  }
  return count;
}

/** The rest of a group does not wait for what only a skipped member needed. */
function leaveGroup(frame: Frame, node: number, still: number): void {
  const { awaited, unitOf: units } = frame.parts.work;
  const unitOf = units!;
  const unit = unitOf[node]!;
  awaited[unit]! -= still;
  const isWaiting = (at: number): boolean => frame.state[at] === NodeState.Waiting;
  const isLeft = awaited[unit] === 0 && unitOf.some((other, at) => other === unit && isWaiting(at));
  if (still > 0 && isLeft) frame.push(unit);
}
