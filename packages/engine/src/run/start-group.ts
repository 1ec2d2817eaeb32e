import type { Plan, PlannedLink } from "../plan/plan.ts";
import { takesInStep } from "../plan/mapped-groups.ts";
import type { Frame } from "./frame.ts";
import type { Execution } from "./frame-parts.ts";
import { GroupRun } from "./group-run.ts";
import { countItems, listLength } from "./list-items.ts";

/**
 * Runs nodes of a frame item by item. A node whose lists do not fit fails before any of its items runs, and what takes
 * its items is skipped; the others go on. Members whose lists have different lengths run apart.
 */
export function runGroup(execution: Execution, frame: Frame, members: readonly number[]): void {
  const { plan, environment } = frame.parts;
  for (const member of members) environment.emit?.({ type: "node.started", node: plan.nodes[member]!.id });
  const all = new Set(members);
  const kept = new Set(members.filter((member) => frame.isTaken(member, all)));
  const wanted = new Set([...kept, ...plan.targets.filter((target) => all.has(target))]);
  runMembers({ execution, frame, wanted, kept }, members, new Map());
}

/** What the parts of a group share. */
export interface GroupParts {
  readonly execution: Execution;
  readonly frame: Frame;
  /** Members that must run: for the list that somebody outside takes, or for what they do. */
  readonly wanted: ReadonlySet<number>;
  /** Those whose lists are taken. */
  readonly kept: ReadonlySet<number>;
}

/** @param refused members that must not run, and why */
function runMembers(parts: GroupParts, members: readonly number[], refused: ReadonlyMap<number, unknown>): void {
  const { frame } = parts;
  const { counts, failed, lost } = countMembers(frame, members, refused);
  const needed = findNeeded(frame.parts.plan, members, counts, parts.wanted);
  const because = frame.parts.plan.nodes[[...failed.keys()][0] ?? members[0]!]!.id;

  const together = new Map<number, number[]>();
  const idle: number[] = [];
  for (const member of members) {
    const count = counts.get(member);
    if (count === undefined || !needed.has(member)) idle.push(member);
    else together.set(count, [...(together.get(count) ?? []), member]);
  }
  frame.letGoOf(idle);
  for (const [member, error] of failed) frame.fail(member, error);
  for (const member of idle) if (!failed.has(member)) frame.skipMember(member, lost.get(member) ?? because);
  for (const [count, same] of together)
    new GroupRun(parts, same, count).start((error, paid) =>
      runMembers(parts, same, new Map(paid.map((member) => [member, error]))),
    );
}

interface CountedMembers {
  /** How often each member runs, of those that can. */
  readonly counts: ReadonlyMap<number, number>;
  readonly failed: ReadonlyMap<number, unknown>;
  /** Members behind those, with the id of the one that failed. */
  readonly lost: ReadonlyMap<number, string>;
}

function countMembers(frame: Frame, members: readonly number[], refused: ReadonlyMap<number, unknown>): CountedMembers {
  const { nodes } = frame.parts.plan;
  const outer = listLength(frame.values);
  const counts = new Map<number, number>();
  const failed = new Map<number, unknown>(refused);
  const lost = new Map<number, string>();
  const inside = new Set(members);
  for (const member of members) {
    if (failed.has(member)) continue;
    const node = nodes[member]!;
    const before = (link: PlannedLink): boolean => inside.has(link.source) && takesInStep(node, link);
    const missing = node.links.find((link) => before(link) && !counts.has(link.source));
    if (missing) {
      lost.set(member, lost.get(missing.source) ?? nodes[missing.source]!.id);
      continue;
    }
    try {
      counts.set(
        member,
        countItems(node, (link) => (before(link) ? counts.get(link.source)! : outer(link))),
      );
    } catch (error) {
      failed.set(member, error);
    }
  }
  return { counts, failed, lost };
}

/** The wanted members, and those of these that they need. */
function findNeeded(
  { nodes }: Plan,
  members: readonly number[],
  counts: ReadonlyMap<number, number>,
  wanted: ReadonlySet<number>,
): ReadonlySet<number> {
  const needed = new Set<number>();
  for (const member of members.toReversed()) {
    if (!counts.has(member)) continue;
    if (wanted.has(member)) needed.add(member);
    if (!needed.has(member)) continue;
    for (const link of nodes[member]!.links) if (takesInStep(nodes[member]!, link)) needed.add(link.source);
  }
  return needed;
}
